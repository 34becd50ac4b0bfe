"""Where settings come from, and what is said when they are wrong."""

import grp
import os
from pathlib import Path

import pytest
from dlt.common.configuration import known_sections

from connections.crmoffice import Settings as CrmSettings
from connections.customwebshop import Settings as ShopSettings
from connections.http.errors import ConfigurationError
from connections.settings import files, providers
from connections.settings.names import DLTS
from connections.settings.read import (
    LenkeSettings,
    configured,
    lenke_settings,
    settings_warnings,
    system_module,
    systems,
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A LENKE_HOME with an empty `.dlt`, and a working directory without one."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setattr(providers, "_PROJECT", tmp_path / "project")
    home = tmp_path / "home"
    (home / ".dlt").mkdir(parents=True)
    return home


def _a_shared_group(group_id: int) -> grp.struct_group:
    return grp.struct_group(("staff", "x", group_id, []))


def _as_if_owned(monkeypatch: pytest.MonkeyPatch, path: Path, user_id: int) -> None:
    """Let a path belong to a user; only root could really give it away."""
    number = path.stat().st_ino

    def seen(status: os.stat_result) -> os.stat_result:
        if status.st_ino != number:
            return status
        return os.stat_result((*status[:4], user_id, *status[5:]))

    judged = files._written_by_others
    monkeypatch.setattr(
        files,
        "_written_by_others",
        lambda path, status: judged(path, seen(status)),
    )


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


NEAR_MISSES = [
    ('[sources.customwebshp]\nbase_url = "x"', "[sources.customwebshop]"),
    ('[source.crmoffice]\nbase_url = "x"', "[sources.crmoffice]"),
    ('[sources.CRMOffice]\nbase_url = "x"', "[sources.crmoffice]"),
    ('[sources.power_office]\nbase_url = "x"', "[sources.powerofficego]"),
    ('[sources.webshop]\ntoken = "x"', "[sources.customwebshop]"),
    ('[customwebshop]\ntoken = "x"', "[sources.customwebshop]"),
    ('[lenke.sources.crmoffice]\nbase_url = "x"', "[sources.crmoffice]"),
    ('[sources.crmoffice.api]\nbase_url = "x"', "[sources.crmoffice]"),
    ("[sources.tidsbakken]", "[sources.tidsbanken]"),
    ('[[sources.crmoffice]]\nbase_url = "x"', "[sources.crmoffice]"),
    ('[sources.crmoffice]\nbas_url = "x"', "base_url"),
    ('[sources.tidsbanken]\ntbKey = "x"', "tb_key"),
    ("[lenke]\nsetle_seconds = 1", "settle_seconds"),
    ("[lenke]\nSettle_Seconds = 1", "settle_seconds"),
    ("[Lenke]\nsettle_seconds = 1", "[lenke]"),
    ("[lenke]\nnonsense = 1", "settle_seconds, full_listing_hours"),
    ("settle_seconds = 1", "[lenke]"),
    ('[sources]\nbase_url = "x"', "[sources.tidsbanken]"),
]


@pytest.mark.parametrize("file", ["config.toml", "secrets.toml"])
@pytest.mark.parametrize(("text", "meant"), NEAR_MISSES)
def test_a_near_miss_in_a_file_is_refused_with_the_known_name(
    home: Path, file: str, text: str, meant: str
) -> None:
    write(home, file, text)

    for reads in (lenke_settings, configured):
        with pytest.raises(ConfigurationError, match="nobody would read") as caught:
            reads(home)

        assert f"  - {file}" in str(caught.value)
        assert meant in str(caught.value)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SOURCES__CUSTOMWEBSHP__BASE_URL", "SOURCES__CUSTOMWEBSHOP__BASE_URL"),
        ("SOURCE__CRMOFFICE__BASE_URL", "SOURCES__CRMOFFICE__BASE_URL"),
        ("SOURCES_CRMOFFICE_BASE_URL", "SOURCES__CRMOFFICE__BASE_URL"),
        ("Sources__CrmOffice__Base_Url", "SOURCES__CRMOFFICE__BASE_URL"),
        ("CRMOFFICE__BASE_URL", "SOURCES__CRMOFFICE__BASE_URL"),
        ("SOURCES__CRM__BASE_URL", "SOURCES__CRMOFFICE__BASE_URL"),
        ("SOURCES__CRMOFFICE__BAS_URL", "SOURCES__CRMOFFICE__BASE_URL"),
        ("LENKE__SETLE_SECONDS", "LENKE__SETTLE_SECONDS"),
        ("LENKE_SETTLE_SECONDS", "LENKE__SETTLE_SECONDS"),
        ("lenke__settle_seconds", "LENKE__SETTLE_SECONDS"),
        ("LENK__SETTLE_SECONDS", "LENKE__SETTLE_SECONDS"),
        ("LENKE__NONSENSE", "LENKE__SETTLE_SECONDS, "),
        ("LENKE_HOM", "LENKE_HOME"),
        ("LENKE_HASHKEY", "LENKE_HASH_KEY"),
    ],
)
def test_a_near_miss_in_the_environment_is_refused_with_the_known_name(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str, meant: str
) -> None:
    monkeypatch.setenv(name, "a value that is not shown")

    with pytest.raises(ConfigurationError) as caught:
        lenke_settings(home)

    assert f"  - {name} is not a setting." in str(caught.value)
    assert meant in str(caught.value)
    assert "not shown" not in str(caught.value)


def test_every_near_miss_is_named_at_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, "config.toml", "[lenk]\na = 1\nb = 2\n[sources.crm_ofice]\nc = 3")
    monkeypatch.setenv("LENKE__SETLE_SECONDS", "1")

    with pytest.raises(ConfigurationError) as caught:
        lenke_settings(home)

    assert str(caught.value).count("\n  - ") == 3


def test_what_dlt_or_other_programs_read_makes_no_noise(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        home,
        "config.toml",
        """
        pipeline_name = "x"
        [runtime]
        log_level = "INFO"
        request_timeout = 30
        [load]
        workers = 1
        [normalize.data_writer]
        disable_compression = true
        [destination.duckdb.credentials]
        database = "x"
        [sources.data_writer]
        file_max_items = 1
        """,
    )
    for name in ("AIRFLOW__CORE__DAGS", "RESOURCES__CPU__LIMIT", "LOAD__WORKERS"):
        monkeypatch.setenv(name, "1")

    assert lenke_settings(home) == LenkeSettings()
    assert settings_warnings(home) == []


def test_the_sections_of_dlt_are_those_that_it_names() -> None:
    named = {
        value
        for name, value in vars(known_sections).items()
        if name.isupper() and isinstance(value, str)
    }

    assert named - DLTS == {"sources"}


def test_other_unknown_names_are_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, "config.toml", "[sources.github]\na = 1\nb = 1\n[elsewhere]\nc = 1")
    monkeypatch.setenv("SOURCES__GITHUB__API", "x")
    monkeypatch.setenv("LENKE_COLOUR", "x")

    told = settings_warnings(home)

    assert [words.split(" is nothing")[0] for words in told] == [
        "config.toml: [sources.github]",
        "config.toml: [elsewhere]",
        "LENKE_COLOUR",
        "SOURCES__GITHUB__API",
    ]


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


def _writable(home: Path, what: str) -> Path:
    return {
        "file": home / ".dlt" / "config.toml",
        "secrets": home / ".dlt" / "secrets.toml",
        "folder": home / ".dlt",
        "home": home,
    }[what]


@pytest.fixture
def private(home: Path) -> Path:
    """A home with two settings files that are nobody else's."""
    write(home, "config.toml", "[lenke]\nsettle_seconds = 5")
    write(home, "secrets.toml", "")
    for path in (home, home / ".dlt"):
        path.chmod(0o700)
    for path in (home / ".dlt").iterdir():
        path.chmod(0o600)
    return home


@pytest.mark.parametrize("what", ["file", "secrets", "folder", "home"])
@pytest.mark.parametrize("bits", [0o002, 0o022])
def test_settings_that_others_can_write_are_not_read(
    private: Path, what: str, bits: int
) -> None:
    path = _writable(private, what)
    path.chmod(path.stat().st_mode | bits)

    with pytest.raises(ConfigurationError, match="others can change") as caught:
        lenke_settings(private)

    assert f"{path}: everybody can write to it" in str(caught.value)
    assert f"chmod go-w '{path}'" in str(caught.value)


@pytest.mark.parametrize("what", ["file", "folder", "home"])
def test_settings_of_another_user_are_not_read(
    private: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    ours, theirs = _writable(private, what), 12345
    _as_if_owned(monkeypatch, ours, theirs)

    with pytest.raises(ConfigurationError, match="it belongs to 12345"):
        lenke_settings(private)


def test_a_group_may_write_when_it_is_the_users_own(
    private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (private / ".dlt" / "config.toml").chmod(0o660)
    assert lenke_settings(private).settle_seconds == 5

    monkeypatch.setattr(grp, "getgrgid", _a_shared_group)

    with pytest.raises(ConfigurationError, match="its group can write to it"):
        lenke_settings(private)


def test_in_a_sticky_folder_nobody_replaces_what_is_not_theirs(private: Path) -> None:
    private.chmod(0o1777)

    assert lenke_settings(private).settle_seconds == 5


@pytest.mark.parametrize("mode", [0o644, 0o604])
def test_secrets_that_others_can_read_are_told(private: Path, mode: int) -> None:
    path = private / ".dlt" / "secrets.toml"
    path.chmod(mode)
    (private / ".dlt" / "config.toml").chmod(0o644)

    assert settings_warnings(private) == [
        f"{path}: everybody can read these keys: chmod 600 '{path}'"
    ]


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
