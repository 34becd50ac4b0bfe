"""A system of an installation's own is read, decided about and written like Lenke's."""

import csv
import importlib
import json
import sys
from pathlib import Path
from unittest import mock

import pytest

from lenke.home.places import PROJECT
from lenke.installation.own_systems import ASKED, faults_in
from simulators.kit.stage import open_world, serve, without_rate_limits
from simulators.kit.store import Store
from simulators.world.size import SMALL
from tests.lenke.installation.told import lenke

MODEL, OURS = "custompms", "acmeplans"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder `systems` with a system that is like one of Lenke's."""
    return with_system(tmp_path)


def with_system(installation: Path) -> Path:
    """Give a system of its own to an installation: Lenke's, by another name."""
    systems = installation / "systems"
    for package in ASKED:
        copy(PROJECT / package / f"{MODEL}.py", systems / package / f"{OURS}.py")
    for room in ("staging", "outbound"):
        for path in (PROJECT / "models" / room / MODEL).iterdir():
            if "unit_tests" not in path.name:
                name = path.name.replace(MODEL, OURS)
                copy(path, systems / "models" / room / OURS / name)
    return systems


def copy(path: Path, to: Path) -> None:
    """Copy a file, in which the system goes by its new name."""
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(path.read_text("utf-8").replace(MODEL, OURS), encoding="utf-8")


@pytest.fixture
def found(folder: Path) -> list[str]:
    """Give the faults of the folder, as an installation finds them."""
    return faults(folder)


def faults(folder: Path) -> list[str]:
    """Look at the folder with its packages in their places, as when Lenke starts."""
    packages = [importlib.import_module(name) for name in ASKED]
    known = set(sys.modules)
    with pytest.MonkeyPatch.context() as patched:
        for package in packages:
            inner = str(folder / package.__name__)
            patched.setattr(package, "__path__", [*package.__path__, inner])
        try:
            return list(faults_in(folder))
        finally:
            for name in set(sys.modules) - known:
                if name.endswith(f".{OURS}"):
                    del sys.modules[name]


def test_a_whole_system_has_no_fault(found: list[str]) -> None:
    assert found == []


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("reverse_etl/acmeplans.py", None, "is not there: a system has a file in each"),
        ("loaders/acmeplans.py", "raise OSError('x')", "can't be imported: OSError: x"),
        ("connections/acmeplans.py", "import nothing_", "ModuleNotFoundError"),
        ("loaders/acmeplans.py", "", "lacks SOURCE; docs/installation.md"),
        (
            "models/staging/acmeplans/stg_acmeplans__records.sql",
            None,
            "stg_acmeplans__records.sql is not there: it is the union",
        ),
        ("connections/crmoffice.py", "", "Lenke has a system crmoffice itself"),
        ("loaders/Acme-2.py", "", "'Acme-2' is no name of a system"),
        ("models/inspection/links.sql", "", "Lenke has a model of that name"),
    ],
)
def test_what_is_missing_or_broken_is_said_with_its_file(
    folder: Path, path: str, text: str | None, said: str
) -> None:
    file = folder / path
    if text is None:
        file.unlink()
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    found = faults(folder)

    assert all(words.startswith("systems/") for words in found)
    assert any(said in words for words in found)


def test_a_file_that_calls_its_system_otherwise_is_named(folder: Path) -> None:
    file = folder / "connections" / f"{OURS}.py"
    file.write_text(file.read_text("utf-8").replace(f'"{OURS}"', '"another"'), "utf-8")

    assert any("calls its system 'another'" in words for words in faults(folder))


def test_a_run_says_whose_code_it_can_not_use(tmp_path: Path) -> None:
    made = tmp_path / "acme"
    assert lenke("init", str(made), home=tmp_path).returncode == 0
    systems = with_system(made)
    (systems / "connections" / f"{OURS}.py").write_text("1 / 0", encoding="utf-8")

    checked = lenke("check", home=made)
    ran = lenke("sync", home=made)

    assert (checked.returncode, ran.returncode) == (2, 2)
    words = "connections/acmeplans.py can't be imported: ZeroDivisionError"
    assert words in " ".join(checked.stderr.split())
    assert "The system acmeplans can't be used" in " ".join(ran.stderr.split())


@pytest.mark.long  # it compiles and syncs in an installation, as a person does
def test_a_seventh_system_is_kept_in_step_and_the_models_of_dbt_know_it(
    tmp_path: Path,
) -> None:
    made = tmp_path / "acme"
    assert lenke("init", str(made), home=tmp_path).returncode == 0
    with_system(made)
    for path in (made / "seeds").glob("*.csv"):
        add_rows(path)
    simulated = open_world(
        Store(None), seed=7, size=SMALL, knobs=without_rate_limits()
    ).simulators
    with serve(simulated, requests_per_second=1000) as stage:
        settings = {
            name.replace(MODEL.upper(), OURS.upper()): value
            for name, value in stage.environment.items()
            if "TIDSBANKEN" in name or MODEL.upper() in name or "HASH" in name
        }
        with mock.patch.dict("os.environ", settings):
            for command in (("check",), ("sync",), ("sync", "--json")):
                done = lenke(*command, home=made, settings=settings)
                assert done.returncode == 0, done.stdout + done.stderr
            linked = lenke(
                "sql",
                "select target_system, target_entity, count(*) from inspection.links "
                "group by all order by all",
                home=made,
                settings=settings,
            ).stdout
    assert f"{OURS}\tcustomer" in linked
    assert f"{OURS}\tproject" in linked
    assert simulated[MODEL].records("project")
    writes = json.loads(done.stdout)["writes"]
    assert sum(sum(counts.values()) for counts in writes.values()) == 0, writes


def add_rows(path: Path) -> None:
    """Add to each row about the one system another about ours."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    added = [
        {name: value.replace(MODEL, OURS) for name, value in row.items()}
        for row in rows
        if MODEL in str(row) and path.stem != "document_sections"
    ]
    for number, row in enumerate(added, start=100):
        if "seed_order" in row:
            row["seed_order"] = str(number)
    if added:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows([*rows, *added])
