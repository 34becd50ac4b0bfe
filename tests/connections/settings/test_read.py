"""Where settings come from, and what is said when they are wrong."""

from pathlib import Path

import pytest

from connections.crmoffice import Settings as CrmSettings
from connections.customwebshop import Settings as ShopSettings
from connections.http.errors import ConfigurationError
from connections.settings import providers
from connections.settings.read import (
    LenkeSettings,
    configured,
    lenke_settings,
    settings_warnings,
    system_module,
    systems,
)
from tests.connections.settings.written import write


def test_a_system_takes_part_when_its_base_url_is_set(home: Path) -> None:
    write(home, "config.toml", '[sources.customwebshop]\nbase_url = "https://s/api/v1"')
    write(home, "secrets.toml", '[sources.customwebshop]\ntoken = "t0ken"')

    assert configured(home) == {
        "customwebshop": ShopSettings(base_url="https://s/api/v1", token="t0ken")
    }


def test_the_environment_outranks_the_files(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, "secrets.toml", '[sources.customwebshop]\ntoken = "from_file"')
    monkeypatch.setenv("SOURCES__CUSTOMWEBSHOP__BASE_URL", "https://s/api/v1")
    monkeypatch.setenv("SOURCES__CUSTOMWEBSHOP__TOKEN", "from_env")
    monkeypatch.setenv("SOURCES__CUSTOMWEBSHOP__REQUESTS_PER_SECOND", "2.5")

    (settings,) = configured(home).values()

    assert settings.token == "from_env"
    assert settings.requests_per_second == 2.5


def test_every_missing_setting_is_named_at_once_with_where_to_put_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCES__CRMOFFICE__BASE_URL", "https://api")
    monkeypatch.setenv("SOURCES__MEMBERCARE__BASE_URL", "https://api")

    with pytest.raises(ConfigurationError) as caught:
        configured(home)

    text = str(caught.value)
    assert "client_id is missing: set it in config.toml" in text
    assert "SOURCES__CRMOFFICE__REFRESH_TOKEN" in text
    assert "SOURCES__MEMBERCARE__CLIENT_API_KEY" in text
    assert str(home / ".dlt") in text


def test_a_secret_in_config_toml_is_not_read_and_said_to_be_there(home: Path) -> None:
    write(
        home,
        "config.toml",
        '[sources.customwebshop]\nbase_url = "https://s"\ntoken = "t0ken"',
    )

    with pytest.raises(ConfigurationError, match="is a secret: move it") as caught:
        configured(home)

    assert "t0ken" not in str(caught.value)


def test_a_misspelt_setting_is_found(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, "config.toml", "[lenke]\nsetle_seconds = 1")

    with pytest.raises(ConfigurationError, match="setle_seconds is not a setting"):
        lenke_settings(home)

    write(home, "config.toml", "")
    monkeypatch.setenv("LENKE__FULL_HOURS", "1")
    with pytest.raises(ConfigurationError, match="LENKE__FULL_LISTING_HOURS meant"):
        lenke_settings(home)


def test_the_run_has_settings_with_defaults(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lenke_settings(home) == LenkeSettings(
        settle_seconds=60.0, full_listing_hours=24.0, request_timeout_seconds=30.0
    )

    monkeypatch.setenv("LENKE__SETTLE_SECONDS", "0.5")
    monkeypatch.setenv("LENKE__MASS_CHANGE_COUNT", "7")

    assert lenke_settings(home) == LenkeSettings(
        settle_seconds=0.5, full_listing_hours=24.0, mass_change_count=7
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SETTLE_SECONDS", "soon", "must be a number"),
        ("SETTLE_SECONDS", "-1", "0 or more"),
        ("MASS_CHANGE_SHARE", "20", "0 to 1"),
        ("MASS_CHANGE_COUNT", "1.5", "whole number"),
        ("REQUEST_TIMEOUT_SECONDS", "0", "more than 0"),
        ("FULL_LISTING_HOURS", "inf", "finite"),
    ],
)
def test_a_wrong_value_is_explained(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(f"LENKE__{name}", value)

    with pytest.raises(ConfigurationError, match=words):
        lenke_settings(home)


def test_a_file_that_is_no_toml_is_named(home: Path) -> None:
    write(home, "secrets.toml", "[sources")

    with pytest.raises(ConfigurationError, match=r"secrets\.toml cannot be read"):
        configured(home)


def test_only_the_home_has_settings_and_what_is_not_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = home, here, project = [
        tmp_path / name for name in ("home", "here", "project")
    ]
    for folder in folders:
        folder.mkdir()
    for folder in (here, project):
        (folder / ".dlt").mkdir()
        write(folder, "config.toml", "[lenke]\nsettle_seconds = 1")
    monkeypatch.chdir(here)
    monkeypatch.setattr(providers, "_PROJECT", project)
    monkeypatch.setenv("DLT_CONFIG_FOLDER", str(here / ".dlt"))

    assert lenke_settings(home) == LenkeSettings()

    unread = settings_warnings(home)
    assert [words.split(" is not read")[0] for words in unread] == [
        str(here / ".dlt"),
        str(project / ".dlt"),
    ]
    (home / ".dlt").mkdir()
    assert settings_warnings(home) == []


@pytest.mark.parametrize("base_url", ["", 'base_url = ""'])
def test_a_system_with_settings_and_no_address_is_told(
    home: Path, base_url: str
) -> None:
    write(home, "config.toml", f"[sources.custompms]\n{base_url}")
    write(home, "secrets.toml", '[sources.custompms]\ntoken = "x"')
    (home / ".dlt" / "secrets.toml").chmod(0o600)

    assert configured(home) == {}
    assert settings_warnings(home) == [
        "[sources.custompms] has settings, but no base_url: it takes no part."
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('settle_seconds = "soon"', "settle_seconds must be a number"),
        ("settle_seconds = true", "settle_seconds must be a number"),
        ("settle_seconds = [1]", "settle_seconds must be a number"),
        ("settle_seconds = {a = 1}", "settle_seconds must be a number"),
        ("mass_change_count = 1.5", "mass_change_count must be a whole number"),
        ("settle_seconds = nan", "settle_seconds must be a finite number"),
    ],
)
def test_a_value_of_another_kind_is_explained(
    home: Path, text: str, words: str
) -> None:
    write(home, "config.toml", f"[lenke]\n{text}")

    with pytest.raises(ConfigurationError, match=words):
        lenke_settings(home)


def test_a_file_may_begin_with_a_byte_order_mark(home: Path) -> None:
    path = home / ".dlt" / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf[lenke]\nsettle_seconds = 5")

    assert lenke_settings(home).settle_seconds == 5


def test_every_system_offers_settings_connect_and_check() -> None:
    assert len(systems()) == 6
    for system in systems():
        module = system_module(system)

        assert {"base_url", "requests_per_second"} <= set(
            module.Settings.__dataclass_fields__
        )
        assert callable(module.connect)
        assert callable(module.check)


def test_a_secret_shows_in_no_repr() -> None:
    settings = CrmSettings("https://a", "https://b", "id", "s3cret", "r3fresh")

    assert "s3cret" not in repr(settings)
    assert "r3fresh" not in repr(settings)
