"""Where things are: the project, an installation's own, and the files in LENKE_HOME."""

import os
from dataclasses import dataclass
from pathlib import Path

import connections
import loaders
import reverse_etl
from connections.http.errors import ConfigurationError
from connections.machine.trouble import unusable

# Models, macros and seeds: a wheel carries them in a folder of the package.
_CARRIED = Path(__file__).resolve().parents[1] / "project"
PROJECT = _CARRIED if _CARRIED.is_dir() else Path(__file__).resolve().parents[2]

# What an installation has; one of them is enough to know it by.
SEEDS_FOLDER, MODELS_FOLDER, OWN_PROJECT = "seeds", "models", "dbt_project.yml"
SYSTEMS_FOLDER = "systems"
_SYSTEM_PACKAGES = (connections, loaders, reverse_etl)


def _installation() -> Path | None:
    """Give LENKE_HOME when it is an installation: a folder with seeds of its own."""
    told = os.environ.get("LENKE_HOME")
    if not told or os.environ.get("LENKE_SEEDS"):
        return None
    try:
        folder = Path(told).expanduser().resolve()
    except (OSError, RuntimeError):  # `find_home` says what is wrong with it
        return None
    marks = (folder / SEEDS_FOLDER, folder / OWN_PROJECT)
    is_one = folder != PROJECT and any(mark.exists() for mark in marks)
    return folder if is_one else None


INSTALLATION = _installation()
SEEDS = (
    INSTALLATION / SEEDS_FOLDER
    if INSTALLATION
    else PROJECT / (os.environ.get("LENKE_SEEDS") or SEEDS_FOLDER)
)
# Systems of an installation's own: files beside Lenke's, one in each of its packages.
OWN_SYSTEMS = INSTALLATION / SYSTEMS_FOLDER if INSTALLATION else None
if OWN_SYSTEMS:
    for _package in _SYSTEM_PACKAGES:
        _package.__path__.append(str(OWN_SYSTEMS / _package.__name__))
# Where an installation's seeds lack a file, a row that models go by, or a column.
DEFAULTS = PROJECT / SEEDS_FOLDER if INSTALLATION else None


@dataclass(frozen=True)
class Home:
    """The folder LENKE_HOME, and the names of what lies in it."""

    folder: Path

    @property
    def warehouse(self) -> Path:
        """Raw and models; may be deleted at any time."""
        return self.folder / "warehouse.duckdb"

    @property
    def ledger(self) -> Path:
        """The remembered state: the one file to back up."""
        return self.folder / "ledger.duckdb"

    @property
    def inspection(self) -> Path:
        """What people open: a copy of the inspection tables."""
        return self.folder / "inspection.duckdb"

    @property
    def lock(self) -> Path:
        """Held by the one run that is active."""
        return self.folder / "lenke.lock"

    @property
    def running(self) -> Path:
        """Says which run is active; what a killed one has left says that it died."""
        return self.folder / "lenke.running"

    @property
    def alerts(self) -> Path:
        """What the last alert told, so that nobody is told twice."""
        return self.folder / "lenke.alerts"

    @property
    def target(self) -> Path:
        """The compiled models, where nobody may write beside the project."""
        return self.folder / "target"


def find_home() -> Home:
    """Give LENKE_HOME, or the project folder; the folder is made when it is missing.

    Raises ConfigurationError when it is no folder and can't become one.
    """
    told = Path(os.environ.get("LENKE_HOME") or PROJECT)
    try:
        folder = told.expanduser().resolve()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        next(folder.iterdir(), None)
    except OSError as error:
        raise unusable(told, error) from error
    except RuntimeError as error:  # `~nobody`, or links that lead to each other
        raise ConfigurationError(f"LENKE_HOME ({told}): {error}") from error
    if "?" in str(folder):
        raise ConfigurationError(
            f"LENKE_HOME ({folder}) has a question mark in its path, and DuckDB takes "
            "what follows that for no part of a name. Choose another folder."
        )
    return Home(folder)
