"""Whose data settings choose: told apart without keeping a secret."""

import dataclasses
from typing import Any

import pytest

from connections.settings.read import system_module, systems
from connections.settings.tenant import in_one, tenant_of, told_apart
from connections.tidsbanken import Settings

KEY = b"a key for tests"
BANK = Settings("https://api.tidsbanken.net", "test-customer", "a subscription")


def changed(**settings: Any) -> Any:
    """Give the settings with some of them changed."""
    return dataclasses.replace(BANK, **settings)


def told(settings: Settings, key: bytes = KEY) -> str | None:
    """Say what tells these settings from the ones above."""
    known = tenant_of("tidsbanken", BANK, KEY)
    return told_apart(known, tenant_of("tidsbanken", settings, key))


@pytest.mark.parametrize("system", systems())
def test_every_system_names_the_settings_that_choose_its_tenant(system: str) -> None:
    module = system_module(system)
    known = {field.name for field in dataclasses.fields(module.Settings)}

    assert module.TENANT[0] == "base_url"
    assert len(module.TENANT) > 1
    assert set(module.TENANT) <= known - {"requests_per_second", "refresh_token"}


def test_what_chooses_no_tenant_tells_nothing_apart() -> None:
    assert told(changed(subscription_key="a new one", requests_per_second=1.0)) is None
    assert told(changed(base_url="HTTPS://API.tidsbanken.net/")) is None


def test_an_address_is_named_and_a_secret_is_not() -> None:
    assert told(changed(base_url="https://test.tidsbanken.net")) == (
        "base_url is https://test.tidsbanken.net, it was https://api.tidsbanken.net"
    )
    assert told(changed(tb_key="production")) == "tb_key is another one"


def test_with_another_hash_key_nobody_can_tell_a_secret() -> None:
    words = told(BANK, b"another key")

    assert words is not None
    assert words.startswith("the hash key is another one")
    assert "tb_key" in words


def test_a_setting_that_nobody_knew_yet_tells_nothing_apart() -> None:
    now = tenant_of("tidsbanken", BANK, KEY)

    assert told_apart([], now) is None
    assert told_apart(now[:1], now) is None


def test_no_secret_is_kept() -> None:
    tenant = tenant_of("tidsbanken", BANK, KEY)

    assert "test-customer" not in str(tenant) + in_one(tenant)
    assert in_one(tenant) != in_one(tenant_of("tidsbanken", changed(tb_key="b"), KEY))
