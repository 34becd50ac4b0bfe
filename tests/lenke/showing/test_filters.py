"""What nobody knows is refused by name: a slip of the fingers never reads as well."""

import csv
import json
import re
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from lenke.cli import app
from lenke.home.places import PROJECT, Home
from lenke.showing import filters
from lenke.showing.look import JSON_COLUMNS
from lenke.showing.meant import records_meant
from tests.lenke.published import (
    FLOW,
    KARI,
    KARI_THERE,
    OLA,
    OTHER_FLOW,
    OTHER_PERSON,
    PERSON,
    columns_of,
)

DESCRIBED = columns_of("description")

pytestmark = pytest.mark.usefixtures("in_home")


def lenke(*words: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, words)


@pytest.mark.parametrize(
    ("command", "nearest"),
    [
        ("conflicts --rule frist_meeting", "first_meeting"),
        ("conflicts --rule newst", "newest"),
        ("conflicts --past --rule pingpong", "ping_pong"),
        ("findings --kind ambigous", "ambiguous_match"),
        ("findings --kind held_refsued", "held_refused"),
        ("findings --kind recovery_differ", "recovery_differs"),
        ("findings --kind held_pingpong", "held_ping_pong"),
        ("decisions --kind unlnk", "unlink"),
        ("links --flow tidsbanken_ansat__crmoffice_contact", FLOW),
        ("links 411 --flow tidsbanken_ansatt__crmofice_contacts", FLOW),
        ("links tidsbankn:ansatt:411", "tidsbanken:ansatt"),
        ("links tidsbanken:ansat:411", "tidsbanken:ansatt"),
        ("conflicts --record tidsbanken:ansattt:411", "tidsbanken:ansatt"),
        ("links tidsbanken:ansatt:4116", f"{OLA} (Ola Li)"),
        ("conflicts --record 3009", KARI_THERE),
    ],
)
def test_what_nobody_knows_is_refused_with_the_nearest(
    command: str, nearest: str
) -> None:
    found = lenke(*command.split())

    assert found.exit_code == 2, found.output
    assert nearest in found.stderr.split("The nearest: ")[1].split(". ")[0]
    assert "well" not in found.output
    assert not found.stdout


@pytest.mark.parametrize(
    ("command", "known"),
    [
        ("conflicts --rule typo", filters.CONFLICT_RULES),
        ("findings --kind typo", filters.FINDING_KINDS),
        ("findings --kind=", filters.FINDING_KINDS),
        ("decisions --kind= --waiting", filters.DECISION_KINDS),
        ("links --flow xyz", (FLOW, OTHER_FLOW)),
    ],
)
def test_what_is_known_is_named(command: str, known: tuple[str, ...]) -> None:
    found = lenke(*command.split())

    assert found.exit_code == 2
    for each in known:
        assert each in found.stderr


@pytest.mark.parametrize("command", ["links", "conflicts --record"])
@pytest.mark.parametrize("typed", ["99999", "", " ", "412x/7", "nobody"])
def test_a_record_that_nobody_knows_is_refused(command: str, typed: str) -> None:
    found = lenke(*command.split(), typed)

    assert found.exit_code == 2
    assert "record" in found.stderr
    assert not found.stdout


@pytest.mark.parametrize("most", ["0", "-1", "many", ""])
@pytest.mark.parametrize(
    "command", ["links", "findings", "conflicts", "decisions", "status", "plan"]
)
def test_fewer_rows_than_one_are_wrong_usage(command: str, most: str) -> None:
    found = lenke(command, "--most", most)

    assert found.exit_code == 2
    assert "--most" in found.stderr


@pytest.mark.parametrize(
    "typed",
    ["411", KARI, "ansatt:411", " 411 ", "TIDSBANKEN:ANSATT:411", "30019", KARI_THERE],
)
@pytest.mark.parametrize(
    ("command", "number"), [("links", 1), ("conflicts --record", 3)]
)
def test_an_id_is_found_as_elsewhere(typed: str, command: str, number: int) -> None:
    found = lenke(*command.split(), typed, "--json")

    assert found.exit_code == 0, found.output
    assert len(json.loads(found.stdout)) == number


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7700123", [PERSON]),
        ("51200785", [OTHER_PERSON]),
        ("51200771/7700123", [PERSON]),
        ("k1", ["tidsbanken:kunde:K1"]),
        ("crmoffice:contacts:1", ["crmoffice:contacts:1"]),
    ],
)
def test_one_number_of_two_or_a_record_of_the_ledger_is_enough(
    in_home: Path, typed: str, meant: list[str]
) -> None:
    home = Home(in_home)

    found = records_meant(home, typed)

    assert [each.key for each in found or []] == meant


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("links 7700123", f"No links of {PERSON} (Ola Lie)."),
        (
            "links 416",
            f"No links of {OLA} (Ola Li). In all flows, ended ones included: 1",
        ),
        (
            f"links 411 --flow {OTHER_FLOW}",
            f"No links of {KARI} (Kari Ås) in {OTHER_FLOW}",
        ),
        ("conflicts --record 416", f"No conflicts of {OLA} (Ola Li)."),
        (
            "conflicts --rule newest",
            "No conflicts by the rule newest. By any rule, acknowledged and restored "
            "ones included: 4 (`lenke conflicts --past`)",
        ),
        (
            "findings --kind rekeyed",
            "No findings of kind rekeyed. Of other kinds: 5 (`lenke findings`)",
        ),
        (
            "decisions --waiting",
            "No decisions that wait. In all: 1 (`lenke decisions`)",
        ),
        ("decisions --kind restore", "No decisions of kind restore. In all: 1"),
    ],
)
def test_a_filter_that_leaves_nothing_says_so_by_name(command: str, words: str) -> None:
    found = lenke(*command.split())

    assert found.exit_code == 0, found.output
    assert words in found.stdout
    assert "all is well" not in found.stdout
    assert "nothing was lost" not in found.stdout


@pytest.mark.parametrize(
    "kind", ["held_refused", "HELD_REFUSED", "held-refused", "Held refused"]
)
def test_case_and_hyphens_of_a_kind_do_not_matter(kind: str) -> None:
    found = lenke("findings", "--kind", kind, "--json")

    assert len(json.loads(found.stdout)) == 4


def test_an_unknown_kind_is_one_object_for_a_machine() -> None:
    found = lenke("findings", "--kind", "typo", "--json")

    assert found.exit_code == 2
    assert json.loads(found.stdout)["exit_code"] == 2
    assert "ambiguous_match" in json.loads(found.stdout)["error"]


def test_without_any_finding_all_is_well_whatever_kind_was_asked_for(
    tmp_path: Path, in_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "inspection.duckdb"
    copy.write_bytes((in_home / "inspection.duckdb").read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute("delete from findings")
    monkeypatch.setenv("LENKE_HOME", str(tmp_path))

    assert lenke("findings").stdout == "No findings: all is well.\n"
    assert "all is well" in lenke("findings", "--kind", "rekeyed").stdout
    assert lenke("findings", "--kind", "typo").exit_code == 2


def test_tables_of_an_older_version_ask_for_a_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with duckdb.connect(str(tmp_path / "inspection.duckdb")) as connection:
        connection.execute("create table findings (kind varchar, record_key varchar)")
    monkeypatch.setenv("LENKE_HOME", str(tmp_path))

    found = lenke("findings")

    assert found.exit_code == 2
    assert "older Lenke" in found.stderr
    assert "lenke plan" in found.stderr


def test_the_known_kinds_of_findings_are_those_that_the_models_give() -> None:
    folder = PROJECT / "models" / "inspection"
    given = set[str]().union(
        *(_named(path, "kind") for path in folder.rglob("inspect_*.sql"))
    )
    described = DESCRIBED["findings"]["kind"]

    assert set(filters.FINDING_KINDS) == given
    assert set(re.findall(r"`([a-z_]+)`", described)) == given


def test_every_reason_is_a_known_kind_of_findings(in_home: Path) -> None:
    with (PROJECT / "seeds/reasons.csv").open(encoding="utf-8", newline="") as file:
        reasons = [row["reason"] for row in csv.DictReader(file)]

    for reason in reasons:
        kind = filters.finding_kind(Home(in_home), f"held_{reason}")
        assert kind == f"held_{reason}"


def test_the_known_rules_of_conflicts_are_those_that_the_models_give() -> None:
    folder = PROJECT / "models" / "merging"
    files = [*folder.rglob("merge_winners.sql"), *folder.rglob("merge_*conflicts.sql")]
    [chosen] = folder.rglob("merge_contestant_values.sql")
    given = _named(chosen, "wins_by").union(*(_named(path, "rule") for path in files))
    described = DESCRIBED["conflicts"]["rule"]

    assert set(filters.CONFLICT_RULES) == given
    assert set(re.findall(r"`([a-z_]+)`", described)) == given


def test_the_known_kinds_of_decisions_are_those_that_are_written_down() -> None:
    sources = [path.read_text("utf-8") for path in (PROJECT / "lenke").rglob("*.py")]
    given = {
        kind
        for source in sources
        for kind in re.findall(r"_?[dD]ecision\(\s*\"([a-z_]+)\"", source)
    }
    copied = (PROJECT / "models/inspection/copied").glob("*.sql")
    put_back = set[str]().union(*(_named(path, "decided_kind") for path in copied))

    assert set(filters.DECISION_KINDS) == given | put_back


def test_every_column_that_holds_json_is_known_as_one() -> None:
    named = {
        name
        for table, columns in DESCRIBED.items()
        if not table.startswith("inspect_")
        for name, words in columns.items()
        if "a JSON object" in words or "a JSON list" in words
    }

    assert named == JSON_COLUMNS


def _named(path: Path, column: str) -> set[str]:
    """Name the texts that a model gives in a column, alone or as the ends of a case."""
    sql = path.read_text("utf-8")
    cases = re.findall(rf"\bcase\b((?:(?!\bcase\b)[\s\S])*?)\bend as {column}\b", sql)
    return set(re.findall(rf"'(\w+)'\)? as {column}\b", sql)) | {
        text for case in cases for text in re.findall(r"(?:then|else)\s+'(\w+)'", case)
    }
