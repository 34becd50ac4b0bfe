"""Documents that can't rot: what they name exists, and what exists is named in them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import duckdb
import pytest
import typer
import yaml

from connections.settings.read import LenkeSettings, system_module, systems
from lenke.cli import app
from lenke.run import report
from lenke.seeds.filled import seed_rows
from lenke.showing import findings
from lenke.showing.filters import FINDING_KINDS
from simulators.faults.plan import KINDS

PROJECT = Path(__file__).parents[1]
DOCS = PROJECT / "docs"
README = PROJECT / "README.md"
SEEDS = sorted(path.name for path in (PROJECT / "seeds").glob("*.csv"))
EXIT_CODES = {
    name: value
    for name, value in vars(report).items()
    if name.isupper() and not name.startswith("_") and isinstance(value, int)
}


def commands() -> dict[str, Any]:
    """Give the commands of `lenke` by their names."""
    group: Any = typer.main.get_command(app)
    inner = {
        f"{name} {word}": each
        for name, command in group.commands.items()
        for word, each in getattr(command, "commands", {}).items()
    }
    return {**group.commands, **inner}


def options(command: Any) -> set[str]:
    """Give the options of a command, as they are typed."""
    return {
        typed
        for parameter in command.params
        for typed in (*parameter.opts, *parameter.secondary_opts)
        if typed.startswith("--")
    }


def sections(page: Path) -> dict[str, str]:
    """Give the text below each heading of a page, by the heading without its marks."""
    parts = re.split(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    headings = [heading.replace("`", "") for heading in parts[1::2]]
    return dict(zip(headings, parts[2::2], strict=True))


def in_first_column(text: str) -> set[str]:
    """Give the words in backticks in the first column of a section's table."""
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("|")]
    return {word for cell in rows for word in re.findall(r"`([^`]+)`", cell)}


def pages() -> list[Path]:
    """Give every document that people read."""
    return [README, PROJECT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def tables_for_people() -> list[dict[str, Any]]:
    """Give the published tables, as their YAML describes them."""
    path = PROJECT / "models/inspection/_inspection__models.yml"
    models = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    return [model for model in models if not model["name"].startswith("inspect_")]


def rows_of(text: str) -> list[list[str]]:
    """Give the cells of each row of the tables in a text."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]


SETTINGS = sections(DOCS / "settings.md")


def test_every_command_has_its_section_and_every_section_its_command() -> None:
    documented = {
        heading.removeprefix("lenke ")
        for heading in SETTINGS
        if heading.startswith("lenke ")
    }

    assert documented == set(commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_option_of_a_command_is_documented_and_no_other(name: str) -> None:
    command = commands()[name]
    section = SETTINGS[f"lenke {name}"]

    assert in_first_column(section) == options(command)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_argument_of_a_command_is_named_in_its_section(name: str) -> None:
    section = SETTINGS[f"lenke {name}"]

    for parameter in commands()[name].params:
        if parameter.param_type_name == "argument":
            assert f"`{parameter.name.upper()}`" in section


def test_a_default_number_of_rows_is_the_documented_one() -> None:
    for name, command in commands().items():
        for parameter in command.params:
            if "--most" in parameter.opts:
                assert f"default {parameter.default}" in SETTINGS[f"lenke {name}"]


@pytest.mark.parametrize("system", systems())
def test_every_setting_of_a_system_is_documented_and_no_other(system: str) -> None:
    settings = fields(system_module(system).Settings)
    section = SETTINGS[f"[sources.{system}]"]

    assert in_first_column(section) == {setting.name for setting in settings}
    secrets = {
        name.strip("`") for name, secret, *_ in rows_of(section)[2:] if secret == "yes"
    }
    assert secrets == {setting.name for setting in settings if not setting.repr}


def test_every_setting_of_the_run_is_documented_with_its_default() -> None:
    documented = {
        name.strip("`"): default.strip("`")
        for name, default, _ in rows_of(SETTINGS["[lenke]"])[2:]
    }

    assert documented == {
        setting.name: "the seed"
        if setting.default is None
        else f"{setting.default:g}"
        if isinstance(setting.default, float)
        else str(setting.default) or "none"
        for setting in fields(LenkeSettings)
    }


def test_every_exit_code_is_documented_and_no_other() -> None:
    documented = {
        name.strip("`"): int(code)
        for code, name, _ in rows_of(SETTINGS["Exit codes"])[2:]
    }

    assert documented == EXIT_CODES


def test_every_environment_variable_that_is_read_is_documented_and_no_other() -> None:
    code = [
        *(PROJECT / "connections").rglob("*.py"),
        *(PROJECT / "lenke").rglob("*.py"),
        *(PROJECT / "ledger").rglob("*.py"),
        *(PROJECT / "loaders").rglob("*.py"),
        *(PROJECT / "reverse_etl").rglob("*.py"),
        PROJECT / "profiles.yml",
    ]

    found = {
        name
        for path in code
        for name in re.findall(
            r"\b((?:LENKE_|DLT_|SSL_|SSLKEY)[A-Z]+(?:_[A-Z]+)*)\b",
            path.read_text(encoding="utf-8"),
        )
    }

    documented = in_first_column(SETTINGS["Environment"])
    assert found == documented - {"SOURCES__...", "LENKE__..."}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_column_of_a_seed_is_documented_and_no_other(seed: str) -> None:
    with (PROJECT / "seeds" / seed).open(encoding="utf-8") as file:
        columns = set(next(csv.reader(file)))

    assert in_first_column(sections(DOCS / "seeds.md")[seed]) == columns


def test_every_table_for_people_is_in_the_words() -> None:
    public = {model["name"] for model in tables_for_people()}

    documented = in_first_column(sections(DOCS / "words.md")["Tables for people"])

    assert documented == {f"inspection.{name}" for name in public | {"published"}}


def test_every_kind_of_findings_is_explained_where_lenke_says_so_and_no_other() -> None:
    page = PROJECT / findings.EXPLAINED
    text = page.read_text(encoding="utf-8")
    held = {f"held_{row['reason']}" for row in seed_rows("reasons.csv")}
    rows = [row for row in rows_of(text) if row[0].startswith("<a id=")]

    explained = [re.findall(r'^<a id="(\w+)"></a>`(\w+)`$', row[0]) for row in rows]

    assert all(len(row) == 4 and all(row) for row in rows)
    assert {kind for [(_, kind)] in explained} == {*FINDING_KINDS, *held}
    assert all(anchor == kind for [(anchor, kind)] in explained)
    assert len(rows) == len(FINDING_KINDS) + len(held), "each of them once"


def test_every_status_is_in_the_words_and_no_other() -> None:
    given = {
        f"inspection.{model['name']}": set(
            re.findall(r"`([^`]+)`", column["description"])
        )
        for model in tables_for_people()
        for column in model["columns"]
        if column["name"] == "status"
    }

    documented: dict[str, set[str]] = {}
    table = ""
    for named, status, _ in rows_of(sections(DOCS / "words.md")["Statuses"])[2:]:
        table = named.strip("`") or table
        documented.setdefault(table, set()).add(status.strip("`"))

    assert documented == given


def test_every_query_in_a_document_can_be_asked() -> None:
    database = duckdb.connect()
    database.execute("attach ':memory:' as inspection")
    for table in tables_for_people():
        columns = ", ".join(
            f'"{column["name"]}" {column["data_type"]}' for column in table["columns"]
        )
        database.execute(f"create table inspection.{table['name']} ({columns})")
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages())
    blocks = re.findall(r"```sql\n(.*?)```", text, flags=re.S)
    queries = [query for block in blocks for query in block.split(";") if query.strip()]
    queries += re.findall(r'lenke sql "([^"]+)"', text)

    for query in queries:
        database.execute(query)

    assert len(queries) > 2


def test_the_readme_lists_the_folders_that_there_are() -> None:
    listed = set(
        re.findall(r"^- `(\w+)/`:", README.read_text(encoding="utf-8"), flags=re.M)
    )

    there = {
        path.parent.name
        for path in PROJECT.glob("*/*")
        if path.suffix in {".py", ".sql", ".csv", ".md"}
        and not path.parent.name.startswith(".")
    } | {"models"}
    assert listed == there


def test_every_promise_names_tests_that_exist_or_says_that_there_is_none() -> None:
    known = set(names_of_tests())
    promises = {
        row[0]: row[2]
        for row in rows_of(sections(DOCS / "promises.md")["The promises"])
        if re.fullmatch(r"P\d+", row[0])
    }

    assert list(promises) == [f"P{number}" for number in range(1, 15)]
    for promise, held_by in promises.items():
        named = set(re.findall(r"`(\w+)`", held_by))
        assert named <= known, f"{promise}: {named - known}"
        assert named or held_by.startswith("No test yet."), promise


def test_every_command_and_option_in_a_document_exists() -> None:
    for page in pages():
        for line in page.read_text(encoding="utf-8").splitlines():
            for name, rest in re.findall(
                r"`(?:\.venv/bin/)?lenke ([a-z]+)([^`]*)`", line
            ):
                assert name in commands(), f"{page.name}: lenke {name}"
                unknown = set(re.findall(r"--[a-z-]+", rest)) - options(
                    commands()[name]
                )
                assert not unknown, f"{page.name}: lenke {name} {unknown}"


def test_every_make_target_in_a_document_exists() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.M))

    for page in pages():
        named = re.findall(r"(?:`|\$ )make (\w+)", page.read_text(encoding="utf-8"))
        assert set(named) <= targets, page.name


def test_every_file_that_a_document_links_to_exists() -> None:
    for page in pages():
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_model_that_a_document_names_exists() -> None:
    models = {path.stem for path in (PROJECT / "models").rglob("*.sql")}

    for page in pages():
        text = page.read_text(encoding="utf-8")
        named = set(re.findall(r"`((?:match|merge|outbound|inspect)_\w+)`", text))
        assert named <= models, f"{page.name}: {named - models}"


def test_decisions_are_numbered_without_gaps_and_have_three_parts() -> None:
    decisions = sorted((DOCS / "decisions").glob("*.md"))

    numbers = [int(path.name[:4]) for path in decisions]

    assert numbers == list(range(1, len(decisions) + 1))
    for number, path in zip(numbers, decisions, strict=True):
        title, *parts = sections(path)
        assert title.startswith(f"{number}. "), path.name
        assert parts == ["Context", "Choice", "Consequence"], path.name


def test_every_fault_has_its_row_with_tests_that_exist_and_know_it() -> None:
    rows = rows_of(sections(DOCS / "faults.md")["The faults"])[2:]
    sources = [
        path.read_text(encoding="utf-8")
        for path in (PROJECT / "tests").rglob("test_faults.py")
        if path.parent.name != "simulators"
    ]
    known = set(names_of_tests())

    assert [row[0].strip("`") for row in rows] == list(KINDS)
    for fault, _, behaviour, tests in rows:
        named = set(re.findall(r"`(\w+)`", tests))
        assert behaviour, fault
        assert named, fault
        assert named <= known, f"{fault}: {named - known}"
        kind = fault.strip("`")
        assert any(f'"{kind}"' in source for source in sources), f"{fault}: no test"


def names_of_tests() -> Iterator[str]:
    """Name every test: functions of pytest, and unit tests and data tests of dbt."""
    for path in (PROJECT / "tests").rglob("test_*.py"):
        yield from re.findall(r"^def (test_\w+)", path.read_text("utf-8"), flags=re.M)
    for path in (PROJECT / "models").rglob("*__unit_tests.yml"):
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield from (test["name"] for test in found["unit_tests"])
    for path in (PROJECT / "tests" / "dbt").rglob("*.sql"):
        yield path.stem
