"""Each room holds what its name says: the same systems, short files, no back doors."""

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PACKAGES = ("connections", "lenke", "loaders", "reverse_etl", "simulators")
OF_SYSTEMS = ("connections", "loaders", "reverse_etl", "simulators")

# Our packages that each package may import, besides itself. They meet in tables.
MAY_IMPORT = {
    "connections": set[str](),
    "simulators": set[str](),
    "loaders": {"connections"},
    "reverse_etl": {"connections"},
    "lenke": {"connections", "loaders", "reverse_etl", "simulators"},
}

# Folders of staging that hold what a run says about itself, and no system.
OWN_STAGING = {"ledger", "run"}

LONGEST_MODULE = 250
LONGER_MODULES = {
    "lenke/cli.py": "one function per command; typer reads options from signatures",
}

# Lines that hold SQL: a model's blank lines and comments are for its reader.
LONGEST_MODEL = 100
LONGER_MODELS = {
    "inspect_held_properties": "a union of all that can hold a property back",
    "match_unlinked_sources": "all that holds a create back, in the order that counts",
    "inspect_records": "a union, in which each kind of finding is a short select",
    "inspect_gone": "a union, in which each kind of finding is a short select",
    "match_absent": "what is missing, less what has a reason to be, in imported parts",
    "match_systems": "what was read and what was believed, and what follows from both",
    "match_parted_links": "a union of three ways to part in the same eight columns",
    "match_parted_values": "what is mapped, told and edited, in steps for one purpose",
    "match_back_again": "two likenesses of one pair, over the same people",
    "match_possible_doubles": "what was sent beside what is there, value by value",
    "match_key_parts": "both sides of each rule, down to the single value",
    "match_doubtful_links": "what was agreed then, beside what is held now",
    "inspect_ambiguous": "crowds and single records: the second is what is left",
    "stg_ledger__moved_records": "all keys that are known, beside where records are",
    "match_rekeyed": "who vanished, who is new, what they share: of no use elsewhere",
    "match_new_links": "people, proofs and rules in one order, one-to-one over all",
    "merge_agreed": "first meetings beside edits, because one outranks the other",
    "merge_outcomes": "all that can become of a value, in the order that counts",
    "merge_conflicts": "a union, in which each way to lose is a short select",
    "merge_contestants": "who agrees with whom, in steps that are of no use elsewhere",
    "merge_ledger_record_states": "seven columns that each need a case of their own",
    "merge_parting_conflicts": "edits beside values never delivered, in seven columns",
    "outbound_candidates": "a union of updates and creates in the same twenty columns",
    "outbound_creates": "what a new record gets, beside all that leaves a value out",
    "outbound_requests": "what waits for its back-off, whole or in part, and what goes",
    "outbound_partings": "a union of three kinds of writes in the same twelve columns",
    "merge_natives": "what is shown, remembered and proven of a member, in one look",
    "merge_resting_properties": "what turns, among what is held, and since when",
    "inspect_systems": "a union, in which each kind of finding is a short select",
    "inspect_sight": "a union, in which each kind of finding is a short select",
    "merge_values": "shown, believed and compared, each built on the one before",
    "outbound_values": "a union of linked and new records in the same twelve columns",
}


def systems_in(folder: Path) -> set[str]:
    """Name the systems of a package: its files without a leading underscore."""
    return {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}


SYSTEMS = systems_in(PROJECT / "connections")


def modules() -> list[Path]:
    """Give every module that ships."""
    return [path for name in PACKAGES for path in sorted((PROJECT / name).glob("*.py"))]


def imported_packages(path: Path) -> set[str]:
    """Name our packages that a module imports, wherever in it."""
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imported.add(node.module)
    return {name.split(".")[0] for name in imported} & set(PACKAGES)


@pytest.mark.parametrize("package", OF_SYSTEMS)
def test_every_package_of_systems_holds_the_same_ones(package: str) -> None:
    assert systems_in(PROJECT / package) == SYSTEMS


@pytest.mark.parametrize("package", OF_SYSTEMS)
def test_every_system_has_tests_in_every_package(package: str) -> None:
    tested = {
        path.stem.removeprefix("test_")
        for path in (PROJECT / "tests" / package).glob("test_*.py")
    }

    assert tested >= SYSTEMS


def test_staging_and_outbound_have_a_folder_for_every_system() -> None:
    staging = {path.name for path in (PROJECT / "models/staging").iterdir()}
    outbound = {path.name for path in (PROJECT / "models/outbound").iterdir()}

    assert {name for name in staging if "." not in name} - OWN_STAGING == SYSTEMS
    assert {name for name in outbound if "." not in name} == SYSTEMS


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_meet_in_tables_and_do_not_import_one_another(package: str) -> None:
    allowed = MAY_IMPORT[package] | {package}

    for path in (PROJECT / package).rglob("*.py"):
        assert imported_packages(path) <= allowed, path.name


def test_every_file_of_a_model_is_named_after_its_folder() -> None:
    prefixes = {
        "staging": ("stg_",),
        "matching": ("match_",),
        "merging": ("merge_",),
        "outbound": ("out_", "outbound_"),
    }

    for folder, allowed in prefixes.items():
        for path in (PROJECT / "models" / folder).rglob("*.sql"):
            assert path.stem.startswith(allowed), path.name


def test_modules_are_short_or_say_why_not() -> None:
    lengths = {
        str(path.relative_to(PROJECT)): len(path.read_text("utf-8").splitlines())
        for path in modules()
    }

    long = {path for path, lines in lengths.items() if lines > LONGEST_MODULE}

    assert long == LONGER_MODULES.keys()


def test_models_are_short_or_say_why_not() -> None:
    long = {
        path.stem
        for path in (PROJECT / "models").rglob("*.sql")
        if lines_of_sql(path) > LONGEST_MODEL
    }

    assert long == LONGER_MODELS.keys()


def test_every_model_begins_with_what_its_rows_are() -> None:
    for path in (PROJECT / "models").rglob("*.sql"):
        lines = path.read_text(encoding="utf-8").splitlines()
        first = next(line for line in lines if line and not line.startswith("{{"))
        assert first.startswith("-- One row"), path.name


def test_nothing_points_out_of_the_project() -> None:
    outside = "../" + "shared"  # written so that this file does not, either
    suffixes = {".py", ".sql", ".yml", ".yaml", ".md", ".csv", ".toml", ".cfg", ""}
    folders = [PROJECT / name for name in (*PACKAGES, "docs", "macros", "models")]
    folders += [PROJECT / name for name in ("seeds", "tests")]
    files = [path for folder in folders for path in folder.rglob("*")]
    files += list(PROJECT.iterdir())

    for path in files:
        if path.is_file() and path.suffix in suffixes:
            assert outside not in path.read_text(encoding="utf-8"), path


def lines_of_sql(path: Path) -> int:
    """Count the lines of a model that are neither blank nor a comment."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return sum(bool(line) and not line.startswith("--") for line in lines)
