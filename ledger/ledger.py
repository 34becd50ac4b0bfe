"""The ledger: the remembered state, in a DuckDB file that nobody else writes.

Reading it changes not one byte of the file. It is used through one connection, under a
lock, by all threads of a run.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from connections.http.errors import LenkeError, StopRun
from connections.http.exact_json import written
from connections.machine import crash_points
from connections.machine.database import first_line, meaning_of
from connections.machine.trouble import trouble_in
from connections.private.files import private_files
from ledger.file import connected, create_file, disconnect, migrate
from ledger.identity import (
    Identity,
    contradiction,
    read_identity,
    write_identity,
)
from ledger.statements import sql

Clock = Callable[[], datetime]

_OPEN_RECOVERY = "select 1 from ledger.recoveries where accepted_at is null"


def ensure_ledger(path: Path) -> None:
    """Create an empty ledger when there is none; touch nothing when there is one."""
    if not path.exists():
        create_file(path, datetime.now(UTC).replace(tzinfo=None))
        crash_points.reached(crash_points.LEDGER_MADE)


def open_ledger(
    path: Path,
    clock: Clock = lambda: datetime.now(UTC),
    *,
    beside: Path | None = None,
    for_trial: bool = False,
) -> "Ledger":
    """Open the ledger, after creating or migrating it where that is needed.

    `clock` gives the wall clock in UTC; `beside` is the warehouse that its statements
    can read then; what is changed `for_trial` is taken back. Raises LedgerInUse when
    another process has it, and StopRun when it can't be read or is of a newer Lenke.
    """
    ensure_ledger(path)
    connection = connected(path, beside=beside)
    try:
        with private_files():
            migrate(connection, path)
        ledger = Ledger(path, connection, clock)
        ledger.is_trial = for_trial
        return ledger
    except BaseException:
        disconnect(connection)
        raise


@dataclass(frozen=True)
class StartedRun:
    """One turn of the circle; `run_number` is the ledger's step that it began with."""

    run_id: str
    run_number: int


class Ledger:
    """An open ledger; close it, or use it in a `with` block."""

    def __init__(
        self, path: Path, connection: duckdb.DuckDBPyConnection, clock: Clock
    ) -> None:
        self.path = path
        self.connection = connection
        self._clock = clock
        self.is_trial = False
        self._lock = threading.RLock()
        if read_identity(path.parent) is None:
            write_identity(path.parent, self.identity)

    @property
    def identity(self) -> Identity:
        """Which ledger this is, and the step that it has come to."""
        rows = self.fetch("select ledger_id, run_counter from ledger.identity")
        return Identity(*rows[0])

    def now(self) -> datetime:
        """Give the time as the ledger keeps it: UTC, without saying so."""
        return self._clock().astimezone(UTC).replace(tzinfo=None)

    def ask(self, name: str, **given: Any) -> list[tuple[Any, ...]]:
        """Give all rows of the query in `sql/<name>.sql`; it names what it is given."""
        return self.fetch(sql(name), given)

    def fetch(
        self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[tuple[Any, ...]]:
        """Give all rows of a query; StopRun when the ledger cannot be read."""
        with self._lock:
            try:
                rows: list[tuple[Any, ...]] = self.connection.execute(
                    query, parameters
                ).fetchall()
            except duckdb.Error as error:
                raise self._unusable(error) from error
            return rows

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Keep all changes made inside, durably, or none; other threads wait.

        Of a trial none are kept. Raises StopRun when the ledger cannot be written.
        """
        with self._lock, private_files():  # DuckDB begins its log at the first change
            try:
                self.connection.begin()
                try:
                    yield self.connection
                except BaseException:
                    with suppress(duckdb.Error):  # the first error tells more
                        self.connection.rollback()
                    raise
                if self.is_trial:
                    self.connection.rollback()
                else:
                    self.connection.commit()
            except duckdb.Error as error:
                raise self._unusable(error) from error

    def start_run(self, command: str, allows_mass_change: bool = False) -> StartedRun:
        """Take a step and remember that a run started with it.

        `allows_mass_change`: a person lets it pass the guards.

        `ledger.id` is told afterwards: killed in between, it knows of an earlier step,
        which contradicts nothing. In a recovery it is not told: what shows that the
        ledger was lost stays until a person accepts the one that is here, and the
        newest one can be restored until then.
        """
        in_doubt = self._in_doubt()
        started = self.now()
        with self.transaction() as connection:
            rows = connection.execute(
                "update ledger.identity set run_counter = run_counter + 1 "
                "returning ledger_id, run_counter"
            ).fetchall()
            identity = Identity(*rows[0])
            run = StartedRun(
                f"{started:%Y%m%dT%H%M%SZ}-{identity.run_counter}", identity.run_counter
            )
            connection.execute(
                sql("start_run"),
                {
                    **vars(run),
                    "command": command,
                    "started_at": started,
                    "allows_mass_change": allows_mass_change,
                },
            )
        crash_points.reached(crash_points.RUN_COUNTED)
        if not in_doubt:
            write_identity(self.path.parent, identity)
        crash_points.reached(crash_points.RUN_TOLD)
        return run

    def finish_run(
        self, run_id: str, outcome: str, exit_code: int, summary: Mapping[str, Any]
    ) -> None:
        """Remember how a run ended; `summary` is kept as JSON.

        After a push that is a step: a copy made in the middle of it is an old one.
        """
        with self.transaction() as connection:
            connection.execute(
                sql("finish_run"),
                {
                    "now": self.now(),
                    "outcome": outcome,
                    "exit_code": exit_code,
                    "summary": written(summary),
                    "run_id": run_id,
                },
            )
            connection.execute(sql("step_after_a_push"), {"run_id": run_id})
        crash_points.reached(crash_points.RUN_FINISHED)
        self.tell()

    def tell(self) -> None:
        """Tell `ledger.id` of the newest step, unless the ledger may be an old one."""
        newest = self.identity
        if read_identity(self.path.parent) != newest and not self._in_doubt():
            write_identity(self.path.parent, newest)

    def told_otherwise(self) -> str | None:
        """Say why `ledger.id` shows that this ledger is not the newest; None: it is."""
        return contradiction(self.identity, read_identity(self.path.parent))

    def accept_as_newest(self, run_counter: int = 0) -> None:
        """Make this the ledger that counts, because a person says so.

        `run_counter` is the latest step that any other file knows of; later ones are
        counted from there. The ledger is told first: killed in between, `ledger.id`
        still contradicts it, and a person is asked again.
        """
        told = read_identity(self.path.parent)
        with self.transaction() as connection:
            rows = connection.execute(
                "update ledger.identity set run_counter = greatest(run_counter, ?, ?) "
                "returning ledger_id, run_counter",
                [run_counter, told.run_counter if told else 0],
            ).fetchall()
        write_identity(self.path.parent, Identity(*rows[0]))

    def close(self) -> None:
        """Close the file; whoever waits for it can open it then."""
        with self._lock, private_files():
            disconnect(self.connection)

    def __enter__(self) -> "Ledger":
        """Open for a `with` block."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close at the end of a `with` block."""
        self.close()

    def _in_doubt(self) -> bool:
        return bool(self.told_otherwise() or self.fetch(_OPEN_RECOVERY))

    def _unusable(self, error: duckdb.Error) -> LenkeError:
        if meaning_of(error) in ("full", "damaged"):
            return trouble_in(error) or StopRun(first_line(error))
        return StopRun(
            f"The ledger {self.path} could not be used: {first_line(error)} Nothing "
            "more is written. Look at the disk; the next run goes on from here."
        )
