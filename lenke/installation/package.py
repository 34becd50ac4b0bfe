"""Lenke's project as a package of dbt, made for an installation.

`dbt build` in the folder reads it, and so does the compilation of models of their own.
It has the installation's seeds as they count, and the columns that follow from them.
"""

import json
import shutil
from pathlib import Path

from filelock import FileLock

from connections.private.files import private_files
from lenke.build.kept import LENKES_OWN, fingerprint
from lenke.home.places import PROJECT, SEEDS_FOLDER, SYSTEMS_FOLDER
from lenke.seeds.written import write_own

_MADE_FROM = "made_from"
_PROFILES = "profiles.yml"
_PLUGINS = "      plugins:\n"
_OURS = """\
        - module: lenke.installation.dbt_plugin
          alias: installation
          config:
            folder: {folder}
"""


def renew_package(folder: Path) -> Path:
    """Make the package, and the profile that goes with it, unless they are current."""
    target = folder / "target"
    with private_files():
        target.mkdir(exist_ok=True)
        with FileLock(target / "packages.lock"):
            if not is_current(folder):
                _make(folder)
    return _package(folder)


def is_current(folder: Path) -> bool:
    """Tell whether the package was made from the seeds and the Lenke that are here."""
    noted = _package(folder) / _MADE_FROM
    return (
        noted.is_file()
        and (folder / _PROFILES).is_file()
        and noted.read_text(encoding="utf-8") == _made_from(folder)
    )


def _package(folder: Path) -> Path:
    return folder / "target" / "packages" / "lenke"


def _made_from(folder: Path) -> str:
    files = fingerprint(
        [
            *(*LENKES_OWN, PROJECT / "tests" / "dbt", PROJECT / SEEDS_FOLDER),
            folder / SEEDS_FOLDER,
            folder / SYSTEMS_FOLDER,
        ]
    )
    return f"{files} {folder}"


def _make(folder: Path) -> None:
    new, package = folder / "target" / "package.new", _package(folder)
    shutil.rmtree(new, ignore_errors=True)
    for name in ("macros", "models", "tests/dbt"):
        shutil.copytree(PROJECT / name, new / name)
    for name in ("dbt_project.yml", _PROFILES):
        shutil.copy(PROJECT / name, new / name)
    write_own(new)
    profile = (new / _PROFILES).read_text(encoding="utf-8")
    (folder / _PROFILES).write_text(
        profile.replace("schema: main", "schema: own").replace(
            _PLUGINS, _PLUGINS + _OURS.format(folder=json.dumps(str(folder)))
        ),
        encoding="utf-8",
    )
    (new / _MADE_FROM).write_text(_made_from(folder), encoding="utf-8")
    shutil.rmtree(package, ignore_errors=True)
    package.parent.mkdir(exist_ok=True)
    new.rename(package)
