"""A new hash key is long enough; a short one that is in use goes on, as a finding.

Whoever has a hash and can guess the key can find out the identity number behind it:
there are few of them. A key that is in use can't be refused, because another one lets
systems rest and forces full listings, so a person chooses when.
"""

import duckdb

from connections.http.errors import ConfigurationError
from connections.machine.database import connect
from connections.private.records import key_fingerprint
from connections.settings.tenant import tenant_key_fingerprint
from ledger.file import LedgerInUse
from ledger.ledger import open_ledger
from lenke.home.places import Home

FEWEST_BYTES = 32

_IN_THE_LEDGER = """
select key_fingerprint from ledger.tenants where key_fingerprint is not null
"""
_IN_THE_WAREHOUSE = "select key_fingerprint from raw.listings"
_RUNS = "select run_id from ledger.runs limit 1"


def is_short(key: bytes) -> bool:
    """Tell whether a key is shorter than a new one may be."""
    return len(key) < FEWEST_BYTES


def refuse_short(home: Home, key: bytes) -> None:
    """Return unless a key is short and new; ConfigurationError then.

    It is new when the ledger and the listings know another one, or none and there was
    no run. A ledger of an older Lenke knows none, and its key is believed.
    """
    if not is_short(key):
        return
    try:
        noted, had_runs = _in_the_ledger(home)
    except LedgerInUse:  # by a run, which was asked the same
        return
    known = noted | _in_the_warehouse(home)
    if known & {tenant_key_fingerprint(key), key_fingerprint(key)}:
        return
    if known or not had_runs:
        raise ConfigurationError(
            f"The hash key has {len(key)} bytes, and a new one needs {FEWEST_BYTES}: "
            "a key that can be guessed gives identity numbers away. Nothing was read. "
            "Set LENKE_HASH_KEY to what `openssl rand -hex 32` prints, or unset it and "
            "remove hash.key: a key is made then."
        )


def _in_the_ledger(home: Home) -> tuple[set[str], bool]:
    """Give the keys that the ledger knows, and whether there was a run."""
    if not home.ledger.exists():
        return set(), False
    with open_ledger(home.ledger) as ledger:
        noted = {value for (value,) in ledger.fetch(_IN_THE_LEDGER)}
        return noted, bool(ledger.fetch(_RUNS))


def _in_the_warehouse(home: Home) -> set[str]:
    """Give the keys that listings were hashed with; none where nothing was read."""
    if not home.warehouse.exists():
        return set()
    try:
        with connect(home.warehouse) as warehouse:
            rows = warehouse.execute(_IN_THE_WAREHOUSE).fetchall()
    except (duckdb.CatalogException, duckdb.IOException):  # no listing, or in use
        return set()
    return {value for (value,) in rows}
