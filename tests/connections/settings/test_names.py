"""Names of settings: a near miss is refused, and what is nobody's is told."""

from pathlib import Path

import pytest
from dlt.common.configuration import known_sections

from connections.http.errors import ConfigurationError
from connections.settings.names import DLTS
from connections.settings.read import (
    LenkeSettings,
    configured,
    lenke_settings,
    settings_warnings,
)
from tests.connections.settings.written import write

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
