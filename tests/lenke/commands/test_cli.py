"""The command: exit codes, one JSON object, and words that help."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pytest

from ledger.ledger import ensure_ledger
from lenke.home.places import PROJECT
from simulators.kit.stage import open_simulators, serve, without_rate_limits
from simulators.kit.store import Store

LENKE = Path(sys.executable).with_name("lenke")


def lenke(
    *words: str, home: Path, settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process of its own."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SOURCES__")
    }
    return subprocess.run(
        [str(LENKE), *words],
        env={**environment, "LENKE_HOME": str(home), **(settings or {})},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture
def settings() -> Iterator[dict[str, str]]:
    """Six served systems with one employee, and the settings to reach them."""
    store = Store(None)
    simulators = open_simulators(store, knobs=without_rate_limits())
    simulators["tidsbanken"].insert(
        "ansatt", {"Id": 411, "Fornavn": "Kari", "Etternavn": "Ås"}
    )
    with serve(simulators, requests_per_second=1000) as stage:
        yield dict(stage.environment)
    store.close()


def test_without_any_system_it_says_what_to_set(tmp_path: Path) -> None:
    found = lenke("sync", home=tmp_path)

    assert found.returncode == 2
    assert "SOURCES__CRMOFFICE__BASE_URL" in found.stderr


def test_a_half_configured_system_names_what_is_missing(tmp_path: Path) -> None:
    half = {"SOURCES__CUSTOMWEBSHOP__BASE_URL": "http://127.0.0.1:1/api/v1"}

    found = lenke("sync", home=tmp_path, settings=half)

    assert found.returncode == 2
    assert "token is missing" in found.stderr


def test_an_unknown_option_is_wrong_usage(tmp_path: Path) -> None:
    found = lenke("sync", "--fast", home=tmp_path)

    assert found.returncode == 2


@pytest.mark.parametrize("command", ["links", "findings"])
def test_before_the_first_run_it_says_what_to_run(tmp_path: Path, command: str) -> None:
    found = lenke(command, home=tmp_path)

    assert found.returncode == 2
    assert "lenke sync" in found.stderr


def test_sync_prints_one_object_and_then_there_is_something_to_look_at(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    synced = lenke("sync", "--json", home=tmp_path, settings=settings)
    links = lenke("links", "411", "--json", home=tmp_path)
    status = lenke("status", "--json", home=tmp_path)
    unlinked = lenke(
        "unlink",
        "tidsbanken_ansatt__crmoffice_contacts",
        "411",
        json.loads(links.stdout)[0]["target_id"],
        "--json",
        home=tmp_path,
    )
    again = lenke("sync", "--json", home=tmp_path, settings=settings)

    report = json.loads(synced.stdout)
    assert synced.returncode == 0, synced.stderr
    assert set(report) >= {
        "run_id",
        "outcome",
        "loaded",
        "links",
        "writes",
        "conflicts",
        "held",
        "seconds",
    }
    assert report["loaded"]["tidsbanken"]["ansatt"] == 1
    assert report["links"] == {"tidsbanken_ansatt__crmoffice_contacts": 1}
    assert report["writes"]["crmoffice"]["create"] == 1
    assert set(report["seconds"]) == {"load", "build", "push"}
    assert json.loads(links.stdout)[0]["matched_by"] == "created"
    assert json.loads(status.stdout)["runs"][0]["exit_code"] == 0
    assert unlinked.returncode == 0, unlinked.stderr
    assert again.returncode == 0, again.stderr
    assert all(
        number == 0
        for counts in json.loads(again.stdout)["writes"].values()
        for number in counts.values()
    )
    assert json.loads(lenke("links", "--json", home=tmp_path).stdout) == []


def test_a_wrong_credential_stops_its_system_only(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    wrong = {**settings, "SOURCES__CUSTOMWEBSHOP__TOKEN": "another-token"}

    found = lenke("load", "--json", home=tmp_path, settings=wrong)

    report = json.loads(found.stdout)
    assert found.returncode == 3
    assert report["loaded"]["tidsbanken"]["ansatt"] == 1
    assert any("customwebshop" in words for words in report["warnings"])
    assert "another-token" not in found.stdout + found.stderr


def test_doctor_says_which_system_cannot_be_reached(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    gone = {**settings, "SOURCES__CUSTOMPMS__BASE_URL": "http://127.0.0.1:9/api/v1"}

    found = lenke("doctor", "--json", home=tmp_path, settings=gone)

    diagnoses = {each["system"]: each for each in json.loads(found.stdout)}
    assert found.returncode == 1
    assert not diagnoses["custompms"]["works"]
    assert diagnoses["crmoffice"]["works"]
    assert diagnoses["crmoffice"]["level"] == "C"


def test_a_ledger_of_a_newer_version_is_refused(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    ensure_ledger(tmp_path / "ledger.duckdb")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{tmp_path / 'ledger.duckdb'}' as newer")
        connection.execute("update newer.ledger.identity set schema_version = 999")

    found = lenke("sync", home=tmp_path, settings=settings)

    assert found.returncode == 1
    assert "999" in found.stderr
    assert "update Lenke" in found.stderr


def test_while_a_person_has_the_warehouse_open_no_run_begins(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")):
        found = lenke("sync", home=tmp_path, settings=settings)

    assert found.returncode == 5
    assert "inspection.duckdb" in found.stderr


def test_a_push_without_a_plan_is_refused(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    lenke("load", home=tmp_path, settings=settings)

    found = lenke("push", home=tmp_path, settings=settings)

    assert found.returncode == 1
    assert "lenke plan" in found.stderr
