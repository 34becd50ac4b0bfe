"""What was compiled, kept until the project, the seeds or the versions change.

It is kept beside the project, for all who use it, else in the home of the run: where
nobody may write beside the project, and where the home has seeds of its own.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock

from connections.private.files import private_files
from lenke.build import compiled
from lenke.build.by_dbt import compile_into
from lenke.build.compiled import Compiled
from lenke.build.fresh import build_fresh
from lenke.home.places import (
    DEFAULTS,
    INSTALLATION,
    OWN_SYSTEMS,
    PROJECT,
    SEEDS,
    Home,
)

LENKES_OWN = (
    *(PROJECT / name for name in ("dbt_project.yml", "profiles.yml")),
    *(PROJECT / name for name in ("macros", "models")),
    *(PROJECT / name for name in ("tests/dbt/generic", "loaders")),
)
_PROJECT_FILES = (
    *LENKES_OWN,
    SEEDS,
    Path(__file__).parent,
    *([DEFAULTS] if DEFAULTS else []),
    *([OWN_SYSTEMS] if OWN_SYSTEMS else []),
)
_READ = (".sql", ".yml", ".csv", ".md", ".py")
_VERSIONS = ("dbt-core", "dbt-duckdb", "duckdb", "lenke")
_AT_MOST = 8  # of other seeds and versions


def compiled_models(
    home: Home, on_compile: Callable[[], None] = lambda: None
) -> Compiled:
    """Give the models as they are now; dbt compiles them when nobody has yet.

    `on_compile` is called then, before some seconds pass. Raises BuildFailed with dbt's
    words when they can't be compiled.
    """
    key = fingerprint()
    places = [home.target / "compiled"]
    if not INSTALLATION:
        places.insert(0, PROJECT / "target" / "compiled")
    for place in places:
        if compiled.can_be_read(place / key):
            return _read(place / key)
    on_compile()
    place = next(filter(_is_ours, places), places[-1])
    place.mkdir(parents=True, exist_ok=True)
    with FileLock(place / "lock"), private_files():
        if not compiled.can_be_read(place / key):
            _compile(place, key)
    return _read(place / key)


@cache
def _read(folder: Path) -> Compiled:
    return compiled.read(folder)


def fingerprint(places: Iterable[Path] | None = None) -> str:
    """Give a digest of files and versions: of all that the models are compiled from."""
    found = hashlib.sha256(
        "".join(f"{name} {version(name)};" for name in _VERSIONS).encode()
    )
    for place in _PROJECT_FILES if places is None else places:
        files = [place] if place.is_file() else sorted(place.rglob("*.*"))
        for file in files:
            if file.suffix in _READ:
                found.update(str(file.relative_to(place)).encode())
                found.update(file.read_bytes())
    return found.hexdigest()[:32]


def _compile(place: Path, key: str) -> None:
    workplace = place / "workplace"
    workplace.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=place) as new:
        made = Path(new) / key
        made.mkdir()
        home = compile_into(made, workplace)
        build_fresh(compiled.read(made), home)
        _let_all_read(made)
        made.rename(place / key)
    others = [each for each in place.iterdir() if compiled.can_be_read(each)]
    others.sort(key=lambda each: each.stat().st_mtime, reverse=True)
    for old in others[_AT_MOST:]:
        shutil.rmtree(old, ignore_errors=True)


def _let_all_read(folder: Path) -> None:
    """Open what the project's files say anyway: another user may run Lenke."""
    folder.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(0o644)


def _is_ours(place: Path) -> bool:
    """Tell whether we may make files there."""
    above = next(each for each in (place, *place.parents) if each.exists())
    return os.access(above, os.W_OK)
