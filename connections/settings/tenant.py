"""Whose data a system's settings choose: told apart later, without keeping a secret.

Each system names the settings that choose its tenant (`TENANT`): the address, and keys
that pick a customer's database. A secret is known by its HMAC only.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from connections.settings.read import system_module


@dataclass(frozen=True)
class Choice:
    """One setting that chooses a tenant; `key_fingerprint` is null when it is plain.

    `value` is what is set, or its HMAC when it is a secret.
    """

    setting: str
    value: str
    key_fingerprint: str | None = None


Tenant = tuple[Choice, ...]


def tenant_of(system: str, settings: Any, key: bytes) -> Tenant:
    """Give whose data a system's settings choose."""
    secret = {each.name: not each.repr for each in fields(settings)}
    return tuple(
        _choice(system, name, str(getattr(settings, name)), secret[name], key)
        for name in system_module(system).TENANT
    )


def in_one(tenant: Tenant) -> str:
    """Give a tenant as one short text: another tenant has another one."""
    told = "\n".join(f"{each.setting} {each.value}" for each in tenant)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def told_apart(known: Iterable[Choice], now: Tenant) -> str | None:
    """Say which settings are not what they were; None when all are, or none is known.

    A secret of another hash key can't be compared, so it counts as another one: whoever
    exchanges a whole environment exchanges both.
    """
    before = {each.setting: each for each in known}
    pairs = [(before[each.setting], each) for each in now if each.setting in before]
    others = [
        f"{new.setting} is {new.value}, it was {old.value}"
        if new.key_fingerprint is None
        else f"{new.setting} is another one"
        for old, new in pairs
        if old.key_fingerprint == new.key_fingerprint and old.value != new.value
    ]
    unknown = [
        new.setting for old, new in pairs if old.key_fingerprint != new.key_fingerprint
    ]
    if unknown:
        others.append(
            "the hash key is another one, so nobody can tell whether "
            f"{' and '.join(unknown)} is as it was"
        )
    return ", ".join(others) or None


def tenant_key_fingerprint(key: bytes) -> str:
    """Give what shows that a hash key has changed, and nothing of the key."""
    return hmac.new(key, b"lenke", hashlib.sha256).hexdigest()[:16]


def _choice(
    system: str, setting: str, value: str, is_secret: bool, key: bytes
) -> Choice:
    if not is_secret:
        return Choice(setting, _plain(value))
    message = f"tenant\n{system}\n{setting}\n{value}".encode()
    digest = hmac.new(key, message, hashlib.sha256).hexdigest()[:32]
    return Choice(setting, f"hmac:{digest}", tenant_key_fingerprint(key))


def _plain(value: str) -> str:
    """Spell an address in one way: neither case nor a last slash chooses a tenant."""
    scheme, mark, rest = value.strip().partition("://")
    if not mark:
        return value.strip()
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{mark}{host.lower()}{slash}{path}".rstrip("/")
