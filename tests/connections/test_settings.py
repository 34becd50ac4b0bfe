"""Where settings come from, and what is said when they are wrong."""

from pathlib import Path

import pytest

from connections import _providers
from connections._errors import ConfigurationError
from connections._settings import (
    LenkeSettings,
    configured,
    lenke_settings,
    system_module,
    systems,
)
from connections.crmoffice import Settings as CrmSettings
from connections.customwebshop import Settings as ShopSettings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A LENKE_HOME with an empty `.dlt`, and a working directory without one."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setattr(_providers, "_PROJECT", tmp_path / "project")
    home = tmp_path / "home"
    (home / ".dlt").mkdir(parents=True)
    return home


def write(home: Path, file: str, text: str) -> None:
    (home / ".dlt" / file).write_text(text, encoding="utf-8")


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
    with pytest.raises(ConfigurationError, match="full_hours is not a setting"):
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


def test_the_dlt_folder_is_looked_for_at_home_then_here_then_in_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, here, project = (tmp_path / name for name in ("home", "here", "project"))
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(_providers, "_PROJECT", project)

    found = [_providers.settings_home(home)]
    for folder in (project, here, home):
        (folder / ".dlt").mkdir(parents=True)
        found.append(_providers.settings_home(home))

    assert found == [home, project, here, home]


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
