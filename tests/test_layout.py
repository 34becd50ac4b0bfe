"""A file is a system, a folder is machinery; rooms are small, without back doors."""

import ast
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
OF_SYSTEMS = ("connections", "loaders", "reverse_etl", "simulators")
PACKAGES = (*OF_SYSTEMS, "ledger", "lenke")
# What measures them; it is not installed.
MEASURES = "bench"

# Our packages that each package may import, besides itself. They meet in tables.
MAY_IMPORT = {
    "connections": set[str](),
    "simulators": set[str](),
    "loaders": {"connections"},
    "ledger": {"connections"},
    "reverse_etl": {"connections", "ledger"},
    "lenke": {"connections", "ledger", "loaders", "reverse_etl", "simulators"},
}

# Folders of staging that hold what Lenke itself knows, and no system.
OWN_STAGING = {"ledger", "run", "seeds"}

# Folders of outbound that hold machinery, and no system.
OWN_OUTBOUND = {"guards", "writes"}

LONGEST_MODULE = 250
LONGER_MODULES: dict[str, str] = {}

PREFIXES = {
    "staging": ("stg_",),
    "matching": ("match_",),
    "merging": ("merge_",),
    "outbound": ("out_", "outbound_"),
}

LONGEST_TEST = 400

# Lines that hold SQL: a model's blank lines and comments are for its reader.
LONGEST_MODEL = 100
LONGER_MODELS = {
    "decisions": "what became of each kind of decision, in words",
    "match_systems": "each reason for which a system is not used, in words",
    "match_equal_vanished": "who vanished, who is new, and the fingerprint they share",
    "match_key_parts": "both sides of each rule, down to the single value",
    "stg_ledger__moved_records": "all keys that are known, beside where records are",
    "merge_believed": "all that may be beside what a system shows, joined once",
    "merge_sights": "one ladder of words, whose order counts, and what they look at",
    "merge_conflicts": "a union, in which each way to lose is a short select",
}


def files_in(folder: Path) -> set[str]:
    """Name the modules that stand in a folder itself: in a package, its systems."""
    return {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}


SYSTEMS = files_in(PROJECT / "connections")

# Their keys, and as people write them; a shared module speaks of contracts instead.
NAMES_OF_SYSTEMS = re.compile(
    "|".join([*SYSTEMS, "poweroffice", "crm-office"]), re.IGNORECASE
)
# Who is known to which system is what the invented world is about.
WORLD = PROJECT / "simulators" / "world"


def modules() -> list[Path]:
    """Give every module that ships."""
    return [path for name in PACKAGES for path in (PROJECT / name).rglob("*.py")]


def of_project(path: Path) -> str:
    """Give a path as the project's files name it."""
    return path.relative_to(PROJECT).as_posix()


def missing(what: str, there: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Say in words which of the wanted names are not there, and which are too many."""
    absent, extra = set(wanted) - set(there), set(there) - set(wanted)
    return [
        *(f"{what} lacks {name}" for name in sorted(absent)),
        *(f"{what} has {name}, which nothing knows" for name in sorted(extra)),
    ]


def imports(path: Path) -> list[tuple[str, str]]:
    """Give what a module imports, wherever in it: the module, and the name from it."""
    found: list[tuple[str, str]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [(node.module, alias.name) for alias in node.names]
    return [each for each in found if each[0].split(".")[0] in PACKAGES]


@pytest.mark.parametrize("package", OF_SYSTEMS)
def test_the_files_of_a_package_are_the_systems(package: str) -> None:
    assert not missing(f"{package}/", files_in(PROJECT / package), SYSTEMS)


@pytest.mark.parametrize("package", OF_SYSTEMS)
def test_every_system_has_tests_in_every_package(package: str) -> None:
    folder = PROJECT / "tests" / package
    tested = {path.stem.removeprefix("test_") for path in folder.glob("test_*.py")}
    tested |= {path.parent.name for path in folder.glob("parts/*/test_*.py")}

    assert not missing(f"tests/{package}/", tested, SYSTEMS)


def test_the_tests_stand_in_the_rooms_of_what_they_test() -> None:
    strangers = [
        f"{of_project(test)}: there is no {package}/{room}"
        for package in PACKAGES
        for test in (PROJECT / "tests" / package).rglob("test_*.py")
        if (room := test.parent.relative_to(PROJECT / "tests" / package).as_posix())
        and not (PROJECT / package / room).is_dir()
    ]

    assert not strangers


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_is_called_private(package: str) -> None:
    private = [
        f"{of_project(path)}: a folder says who may use it, not an underscore"
        for path in (PROJECT / package).rglob("_*.py")
        if path.name not in ("__init__.py", "__main__.py")
    ]

    assert not private


def test_no_package_imports_what_another_one_calls_private() -> None:
    private = [
        f"{of_project(path)} imports {module}.{name}"
        for path in modules()
        for module, name in imports(path)
        if name.startswith("_") or "._" in module
        if module.split(".")[0] != path.relative_to(PROJECT).parts[0]
    ]

    assert not private


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_meet_in_tables_and_do_not_import_one_another(package: str) -> None:
    allowed = MAY_IMPORT[package] | {package}
    forbidden = [
        f"{of_project(path)} imports {module}; {package} may import "
        f"{', '.join(sorted(allowed))}"
        for path in (PROJECT / package).rglob("*.py")
        for module, _ in imports(path)
        if module.split(".")[0] not in allowed
    ]

    assert not forbidden


def test_nothing_that_ships_imports_what_measures_it() -> None:
    importing = [
        f"{of_project(path)}, line {number}: {line.strip()}"
        for path in modules()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if re.match(rf"\s*(from|import) {MEASURES}\b", line)
    ]

    assert not importing
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    shipped = project["tool"]["setuptools"]["packages"]["find"]["include"]
    assert sorted(shipped) == sorted(f"{package}*" for package in PACKAGES)


def test_no_shared_module_names_a_system() -> None:
    named = [
        f"{of_project(path)}, line {number}: {line.strip()}"
        for package in OF_SYSTEMS
        for path in (PROJECT / package).rglob("*.py")
        if not SYSTEMS & {path.stem, path.parent.name} and path.parent != WORLD
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if NAMES_OF_SYSTEMS.search(line)
    ]

    assert not named


def test_staging_and_outbound_have_a_folder_for_every_system() -> None:
    for name, own in (("staging", OWN_STAGING), ("outbound", OWN_OUTBOUND)):
        folders = {
            path.name for path in (PROJECT / "models" / name).iterdir() if path.is_dir()
        }

        assert not missing(f"models/{name}/", folders, SYSTEMS | own)


@pytest.mark.parametrize("folder", PREFIXES)
def test_every_file_of_a_model_is_named_after_its_folder(folder: str) -> None:
    others = [
        f"{of_project(path)}: a model of {folder}/ begins with {PREFIXES[folder]}"
        for path in (PROJECT / "models" / folder).rglob("*.sql")
        if not path.stem.startswith(PREFIXES[folder])
    ]

    assert not others


def test_modules_are_short_or_say_why_not() -> None:
    lengths = {
        of_project(path): len(path.read_text("utf-8").splitlines())
        for path in [*modules(), *(PROJECT / MEASURES).rglob("*.py")]
    }

    long = {path for path, lines in lengths.items() if lines > LONGEST_MODULE}

    assert not missing(
        f"the list of modules over {LONGEST_MODULE} lines", LONGER_MODULES, long
    )


def test_tests_and_examples_are_short() -> None:
    files = [*(PROJECT / "tests").rglob("*.py")]
    files += (PROJECT / "models").rglob("*__unit_tests.yml")
    lengths = {
        of_project(path): len(path.read_text("utf-8").splitlines()) for path in files
    }

    long = [
        f"{path} has {lines} lines, and {LONGEST_TEST} are enough for one question"
        for path, lines in lengths.items()
        if lines > LONGEST_TEST
    ]

    assert not long


def test_models_are_short_or_say_why_not() -> None:
    long = {
        path.stem
        for path in (PROJECT / "models").rglob("*.sql")
        if lines_of_sql(path) > LONGEST_MODEL
    }

    assert not missing(
        f"the list of models over {LONGEST_MODEL} lines", LONGER_MODELS, long
    )


def test_every_model_begins_with_what_its_rows_are() -> None:
    for path in (PROJECT / "models").rglob("*.sql"):
        lines = path.read_text(encoding="utf-8").splitlines()
        first = next(line for line in lines if line and not line.startswith("{{"))
        assert first.startswith("-- One row"), f"{of_project(path)}: {first}"


def test_nothing_points_out_of_the_project() -> None:
    outside = "../" + "shared"  # written so that this file does not, either
    suffixes = {".py", ".sql", ".yml", ".yaml", ".md", ".csv", ".toml", ".cfg", ""}
    folders = [PROJECT / name for name in (*PACKAGES, MEASURES, "docs")]
    folders += [PROJECT / name for name in ("macros", "models", "seeds", "tests")]
    files = [path for folder in folders for path in folder.rglob("*")]
    files += list(PROJECT.iterdir())

    for path in files:
        if path.is_file() and path.suffix in suffixes:
            assert outside not in path.read_text(encoding="utf-8"), path


def lines_of_sql(path: Path) -> int:
    """Count the lines of a model that are neither blank nor a comment."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return sum(bool(line) and not line.startswith("--") for line in lines)
