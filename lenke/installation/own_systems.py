"""Systems of an installation's own: the files of each, held to what all systems have.

They stand in `systems/` as Lenke's own stand in the project: `connections/`, `loaders/`
and `reverse_etl/` with a file of the system's name, `models/` with its models.
"""

import importlib
from collections.abc import Iterator
from pathlib import Path

import connections
from lenke.home.places import MODELS_FOLDER, PROJECT

# What Lenke asks of each module, by the package that it belongs to.
ASKED = {
    "connections": ("SYSTEM", "TENANT", "Settings", "connect", "check"),
    "loaders": ("SOURCE",),
    "reverse_etl": ("TRAITS", "read", "create", "update", "delete", "created_by"),
}


def faults_in(folder: Path) -> Iterator[str]:
    """Say what keeps the systems of a folder from being used, each with its file."""
    there = {
        package: {
            path.stem
            for path in (folder / package).glob("*.py")
            if not path.stem.startswith("_")
        }
        for package in ASKED
    }
    for name in sorted(set().union(*there.values())):
        if not name.isidentifier() or "__" in name or name != name.lower():
            yield (
                f"systems/*/{name}.py: {name!r} is no name of a system. Accepted: "
                "small letters, digits and single underscores."
            )
        elif _is_lenkes(name):
            yield (
                f"systems/*/{name}.py: Lenke has a system {name} itself, and its own "
                "counts. Give yours another name."
            )
        else:
            yield from _faults_of(folder, name, there)
    if (folder / MODELS_FOLDER).is_dir():
        for path in sorted((folder / MODELS_FOLDER).rglob("*.*")):
            inner = path.relative_to(folder)
            if (PROJECT / inner).is_file():
                yield (
                    f"systems/{inner}: Lenke has a model of that name, which models go "
                    "by. Give yours another name."
                )


def _faults_of(folder: Path, name: str, there: dict[str, set[str]]) -> Iterator[str]:
    for package, asked in ASKED.items():
        place = f"systems/{package}/{name}.py"
        if name not in there[package]:
            yield f"{place} is not there: a system has a file in each of them."
            continue
        try:
            module = importlib.import_module(f"{package}.{name}")
        except Exception as error:  # whatever their code raises is theirs to mend
            yield f"{place} can't be imported: {type(error).__name__}: {error}"
            continue
        for missing in (each for each in asked if not hasattr(module, each)):
            yield f"{place} lacks {missing}; docs/installation.md says what it is."
        said = getattr(module, "SYSTEM", None) or getattr(
            getattr(module, "SOURCE", None), "system", name
        )
        if said != name:
            yield f"{place} calls its system {said!r}, and its file {name!r}."
    models = folder / MODELS_FOLDER / "staging" / name
    if not (models / f"stg_{name}__records.sql").is_file():
        yield (
            f"systems/models/staging/{name}/stg_{name}__records.sql is not there: it "
            "is the union of the system's records, and stands beside a model for each "
            "entity."
        )


def _is_lenkes(name: str) -> bool:
    """Tell whether Lenke has it: its own folder is the first in which it looks."""
    return (Path(connections.__path__[0]) / f"{name}.py").exists()
