"""A record as it may reach disk: verbatim JSON, national identity numbers hashed.

Whoever keeps a record (a listing, a single read) goes through here, so that equal
records have equal texts and hashes.
"""

import hashlib
import hmac
import os
import secrets
import threading
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from connections.http.errors import ConfigurationError
from connections.http.exact_json import written
from connections.private.files import write_private
from connections.private.national_ids import RULES_VERSION, digits_of, is_possible

HASH_KEY_FILE = "hash.key"
_HASH_KEY_VARIABLE = "LENKE_HASH_KEY"
_HASH_CHARACTERS = 32
# What stands in raw for an identity number that can't be one. It is not null: whoever
# asks why two records were linked sees that it was there, and that it says nothing.
IMPOSSIBLE = "hmac:impossible"
# Writers to one system ask for the key side by side: all must get the same one.
_one_makes_it = threading.Lock()


def hash_key(home: Path) -> bytes:
    """Give the key for national identity numbers.

    It is the environment's LENKE_HASH_KEY, else the one kept in `home` (mode 0600),
    which is made at first use. A changed key forces full listings.
    """
    configured = os.environ.get(_HASH_KEY_VARIABLE, "").strip()
    if configured:
        return configured.encode()
    path = home / HASH_KEY_FILE
    with _one_makes_it:
        try:
            kept = path.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            kept = secrets.token_hex(32)
            write_private(path, kept + "\n")
    if not kept:
        raise ConfigurationError(
            f"{path} is empty. Restore it, or remove it: a new key is made then, and "
            "everything is read in full once."
        )
    return kept.encode()


def key_fingerprint(key: bytes) -> str:
    """Give what shows that a key, or what is hashed by it, has changed.

    It shows nothing of the key.
    """
    shown = f"lenke {RULES_VERSION}".encode()
    return hmac.new(key, shown, hashlib.sha256).hexdigest()[:16]


def hashed_national_id(value: Any, key: bytes) -> str | None:
    """Hash an identity number by its digits.

    None when it has none (`hidden`, ''), and when they can be nobody's number. Raises
    Unreadable for what is no number although it stands where one belongs (NaN).
    """
    digits = digits_of(value)
    if not is_possible(digits):
        return None
    return "hmac:" + hmac.digest(key, digits.encode(), "sha256").hex()


def record_text(
    record: Mapping[str, Any], *, national_ids: Iterable[str], key: bytes
) -> str:
    """Give a record's JSON, with the named members hashed; absent ones stay absent.

    Digits that can be nobody's number say that, and not which they are. A name counts
    in any case: what a system respells tomorrow is no less private.
    """
    private = _private_ones(tuple(record), tuple(national_ids))
    hashed = {name: _kept_national_id(record[name], key) for name in private}
    return written({**record, **hashed} if hashed else record)


@lru_cache(maxsize=32)
def _private_ones(
    members: tuple[str, ...], national_ids: tuple[str, ...]
) -> tuple[str, ...]:
    """Give the private ones of a record's members; those of a list are all the same."""
    private = {name.lower() for name in national_ids}
    return tuple(name for name in members if name.lower() in private)


def _kept_national_id(value: Any, key: bytes) -> str | None:
    return hashed_national_id(value, key) or (IMPOSSIBLE if digits_of(value) else None)


def content_hash(text: str) -> str:
    """Give what tells two texts of a record apart: 32 hexadecimal characters."""
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_CHARACTERS]
