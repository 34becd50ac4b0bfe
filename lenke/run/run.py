"""A run as all of its stages see it: one object, made once and never changed.

What happens is noted in its report; everything else of it stays as it was when the run
began. Stages open the ledger and the warehouse here, each for as long as it needs them:
the build and the publishing need the ledger closed. The warehouse is open for as long
as the run holds the lock, so to open it here costs nothing.
"""

from dataclasses import dataclass

import duckdb

from connections.machine.database import connect
from connections.settings.read import LenkeSettings
from ledger.ledger import Ledger, open_ledger
from lenke.home.disk import check_room
from lenke.home.places import Home
from lenke.run.progress import Counter
from lenke.run.report import RunReport
from lenke.run.surroundings import Sessions, Surroundings

# What people read while dbt compiles, which takes some seconds.
COMPILING = "Compiling the models"


@dataclass(frozen=True)
class RunOptions:
    """What the caller asks of a run.

    Full listings now; to pass the guards; to go on with a ledger that is not the
    newest one.
    """

    full: bool = False
    allow_mass_change: bool = False
    accept_ledger: bool = False


@dataclass(frozen=True)
class Run:
    """One run: where, as it was asked for, and with whom it speaks."""

    home: Home
    options: RunOptions
    settings: LenkeSettings
    around: Surroundings
    sessions: Sessions
    report: RunReport

    @property
    def run_id(self) -> str:
        """The name of the run: in the ledger, in raw, in the log."""
        return self.report.run_id

    def ledger(self) -> Ledger:
        """Open the ledger, for a `with` block; it goes by the clock of the run."""
        beside = self.home.warehouse
        return open_ledger(self.home.ledger, self.around.clock, beside=beside)

    def warehouse(self) -> duckdb.DuckDBPyConnection:
        """Open the warehouse to read what was built, for a `with` block."""
        return connect(self.home.warehouse)

    def check_room(self) -> None:
        """Return while there is room on the disk; StopRun otherwise."""
        check_room(self.home, self.settings)

    def says(self, words: str) -> None:
        """Let whoever looks on hear what the run is doing now."""
        self.around.on_stage(words)

    def counter(self, what: str, total: int | None = None) -> Counter:
        """Give what counts on, also from several threads, for whoever looks on."""
        return Counter(what, total, self.around.on_progress)
