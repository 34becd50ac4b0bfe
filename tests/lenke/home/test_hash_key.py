"""A new hash key is long enough, and one that is in use goes on."""

from pathlib import Path

import duckdb
import pytest

from connections.http.errors import ConfigurationError
from connections.private.records import key_fingerprint
from connections.settings.tenant import Choice, tenant_key_fingerprint
from ledger.ledger import open_ledger
from lenke.home.hash_key import FEWEST_BYTES, is_short, refuse_short
from lenke.home.places import Home
from lenke.run import tenants
from lenke.run.surroundings import Surroundings, sessions, settings_of

LONG = b"k" * FEWEST_BYTES
SHORT = LONG[:-1]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which nothing has happened."""
    return Home(tmp_path)


def after_a_run(home: Home, fingerprint: str | None = None) -> None:
    """Let a run have ended, which noted a tenant by a key when there is one."""
    with open_ledger(home.ledger) as ledger:
        ledger.start_run("sync", False)
        if fingerprint:
            tenant = (Choice("token", "hmac:x", fingerprint),)
            tenants.accept(ledger, "custompms", tenant)


def after_a_listing(home: Home, fingerprint: str) -> None:
    """Let an entity have been listed, with what says which key hashed it."""
    with duckdb.connect(str(home.warehouse)) as warehouse:
        warehouse.execute("create schema raw")
        warehouse.execute(
            "create table raw.listings as select ?::text as key_fingerprint",
            [fingerprint],
        )


def test_a_new_key_that_is_short_is_refused(home: Home) -> None:
    with pytest.raises(ConfigurationError, match=r"has 31 bytes.*openssl") as caught:
        refuse_short(home, SHORT)

    assert SHORT.decode() not in str(caught.value)
    refuse_short(home, LONG)
    assert is_short(SHORT)
    assert not is_short(LONG)


def test_a_short_key_that_hashed_what_is_known_goes_on(home: Home) -> None:
    after_a_listing(home, key_fingerprint(SHORT))

    refuse_short(home, SHORT)


def test_a_short_key_that_the_ledger_knows_goes_on(home: Home) -> None:
    after_a_run(home, tenant_key_fingerprint(SHORT))

    refuse_short(home, SHORT)
    with pytest.raises(ConfigurationError):
        refuse_short(home, b"another")


def test_a_key_that_is_exchanged_for_a_short_one_is_refused(home: Home) -> None:
    after_a_run(home)
    after_a_listing(home, key_fingerprint(LONG))

    with pytest.raises(ConfigurationError):
        refuse_short(home, SHORT)


def test_a_ledger_from_before_keys_were_noted_believes_its_key(home: Home) -> None:
    after_a_run(home)

    refuse_short(home, SHORT)


def test_a_short_key_is_refused_before_anything_is_asked(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCES__CUSTOMPMS__BASE_URL", "https://pms.example/api/v1")
    monkeypatch.setenv("SOURCES__CUSTOMPMS__TOKEN", "t0ken")
    monkeypatch.setenv("LENKE_HASH_KEY", "a")

    with (
        pytest.raises(ConfigurationError, match="has 1 bytes"),
        sessions(home, settings_of(home), Surroundings()),
    ):
        pass
