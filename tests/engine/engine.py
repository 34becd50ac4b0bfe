"""Six systems, people, and Lenke turning between them: one world of many stars.

A *schedule* is what happens to one star: edits of its members, and the faults, kills
and runs around them. The stars of a world share its runs, so that one turn of the
circle takes all their schedules a step further.
"""

import os
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import duckdb

from connections.http.errors import LenkeError
from lenke.home.places import Home
from lenke.run import circle
from lenke.run.report import RunReport
from lenke.run.run import RunOptions
from lenke.run.surroundings import Surroundings
from simulators.faults.plan import Faults
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.http import Refused
from tests.engine.edits import Edit, unmapped_of
from tests.engine.harm import LASTING
from tests.engine.seeds import Member, flows, held, members, nested
from tests.engine.typing import canonical, typed_value
from tests.engine.wire import Killed, Mischief, Wire


@dataclass
class Engine:
    """A world and its LENKE_HOME, between two runs or in one."""

    home: Home
    systems: dict[str, Simulator]
    clock: VirtualClock
    mischief: Mischief = field(default_factory=Mischief)
    edits: list[Edit] = field(default_factory=list)
    moved_apart: list[tuple[Edit, ...]] = field(default_factory=list)
    typed: dict[tuple[str, str], set[str | None]] = field(default_factory=dict)
    by_people: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    unmapped: dict[str, dict[str, Any]] = field(default_factory=dict)
    runs: int = 0
    stopped: str = ""
    is_restored: bool = False
    was_restored: bool = False
    is_guarded: bool = True
    backed_up_after: int | None = None
    newest: int = 200
    veiled: int = 0
    paused: int = 0
    before_restoring: dict[tuple[str, str], str | None] = field(default_factory=dict)
    clean_runs: set[int] = field(default_factory=set)
    reports: list[RunReport] = field(default_factory=list)
    wires: dict[str, Wire] = field(default_factory=dict)
    faults: Faults = field(init=False)
    _token: int = 0
    _links: list[tuple[Any, ...]] | None = None

    def __post_init__(self) -> None:
        self.faults = Faults(self.systems, clock=self.clock, sleep=self.clock.advance)
        self.wires = {
            name: Wire(system, self.mischief, self.clock.advance)
            for name, system in self.systems.items()
        }

    # -- people ---------------------------------------------------------------

    def token(self) -> int:
        """Give a number that no other edit of this world has."""
        self._token += 1
        return self._token

    def links(self) -> list[tuple[str, str, str]]:
        """Give the open links: flow, source key, target key.

        During a run, which has the ledger to itself, they are those of its beginning.
        """
        if self._links is None:
            self._links = (
                self.ledger(
                    "select flow, source_key, target_key from ledger.links "
                    "where ended_at is null order by all"
                )
                if self.home.ledger.exists()
                else []
            )
        return self._links

    def ledger(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the ledger."""
        with duckdb.connect() as connection:
            connection.execute(
                f"attach '{self.home.ledger}' as ledger_file (read_only)"
            )
            connection.execute("use ledger_file.main")
            rows: list[tuple[Any, ...]] = connection.execute(
                sql.replace("ledger.", "ledger_file.ledger.")
            ).fetchall()
            return rows

    def keys(self, system: str, entity: str) -> list[str]:
        """Give the record keys of an entity, in the order in which they were made."""
        return [
            f"{system}:{entity}:{key}"
            for key in _ids(self.systems[system], entity)
            if f"{system}:{entity}:{key}" not in self.removed
        ]

    def record(self, key: str) -> dict[str, Any] | None:
        """Give a record as its system holds it."""
        system, entity, record_id = key.split(":", 2)
        found = self.systems[system].get(entity, record_id)
        return dict(found) if found is not None else None

    def star_of(self, key: str) -> str | None:
        """Give the source record of the star that a record belongs to."""
        system, entity, _ = key.split(":", 2)
        if any(flow.source == (system, entity) for flow in flows().values()):
            return key
        for _flow, source_key, target_key in self.links():
            if target_key == key:
                return source_key
        return None

    def edit(self, key: str, member: Member, style: int) -> bool:
        """Let a person type something new; False when the system refuses it."""
        record = self.record(key)
        star = self.star_of(key)
        if record is None or star is None or key in self.removed:
            return False
        value = typed_value(self, member, style, key)
        if value is NotImplemented:
            return False
        system, entity, record_id = key.split(":", 2)
        try:
            self.systems[system].edit(
                entity, record_id, nested(member.json_path, value, record)
            )
        except Refused:
            return False
        stored = held(self.record(key), member.json_path)
        if canonical(self, member, stored) == canonical(
            self, member, held(record, member.json_path)
        ):
            return False
        self.note_typed(star, key, member, stored)
        return True

    def delete(self, key: str) -> bool:
        """Let a person delete a record; False when the system refuses it."""
        system, entity, record_id = key.split(":", 2)
        try:
            self.systems[system].remove(entity, record_id)
        except (Refused, NotImplementedError):
            return False
        self.removed.add(key)
        return True

    def note_typed(self, star: str, key: str, member: Member, stored: Any) -> None:
        """Remember that a person wants this value."""
        value = canonical(self, member, stored)
        self.typed.setdefault((star, member.property), set()).add(value)
        self.edits.append(Edit(star, key, member.property, value, self.runs))
        self.note_unmapped(key)

    def note_unmapped(self, key: str) -> None:
        """Remember what nobody asked us to touch in a record."""
        self.unmapped[key] = unmapped_of(key, self.record(key))

    def note_person_made(self, key: str) -> None:
        """Remember a record that a person made, with all its values."""
        self.by_people.add(key)
        self.note_unmapped(key)
        system, entity, _ = key.split(":", 2)
        record = self.record(key)
        for member in members().get((system, entity), []):
            self.typed.setdefault((key, member.property), set()).add(
                canonical(self, member, held(record, member.json_path))
            )

    def note_restored(self) -> None:
        """Remember that an old ledger has taken the place of the newest."""
        self.is_restored, self.was_restored = True, True
        self._links, self.backed_up_after = None, None

    def wires_are_veiled(self) -> bool:
        """Say whether a system hides something now."""
        return any(wire.veil for wire in self.wires.values())

    # -- Lenke ----------------------------------------------------------------

    def run(self, command: str = "sync", **options: bool) -> RunReport | None:
        """Turn the circle once; None when it was killed."""
        self.clock.advance(61)
        self.faults.catch_up()
        self.links()
        for wire in self.wires.values():
            wire.begin()
        for system in self.systems.values():
            system.requests.clear()
        around = Surroundings(
            transport_for=lambda name: self.wires[name],
            clock=self.clock,
            sleep=self.clock.advance,
        )
        try:
            report: RunReport | None = getattr(circle, command)(
                self.home, RunOptions(**options), around
            )
        except Killed:
            report, self.stopped = None, ""
        except LenkeError as error:
            report, self.stopped = None, str(error)
        finally:
            self.mischief.clear()
            self.faults.clear(but=LASTING)
        self.runs += 1
        self._links = None
        if report is not None:
            self.stopped = ""
            self.reports.append(report)
        told = [self.stopped, *(report.warnings if report is not None else ())]
        if any("consent" in words for words in told):
            self.consent()
        return report

    def consent(self) -> None:
        """Let a person sign CRM-Office in again.

        A run that was killed between the answer with the new refresh token and its file
        has spent the old one.
        """
        settings = self.systems["crmoffice"].settings("http://127.0.0.1:1")
        os.environ["SOURCES__CRMOFFICE__REFRESH_TOKEN"] = settings["refresh_token"]

    @property
    def is_stopped_by_a_guard(self) -> bool:
        """Tell whether the last run would have changed more than it may unseen."""
        return "lenke sync --allow-mass-change" in self.stopped

    @property
    def reached(self) -> Counter[str]:
        """Give how often each fault and each kill really happened."""
        found = Counter(self.mischief.reached)
        for name, number in self.faults.reached.items():
            found[name.rpartition(":")[2]] += number
        return found

    def seen_between(self, one: int, other: int) -> bool:
        """Tell whether a run that went well came between two moments."""
        return any(one < run <= other for run in self.clean_runs)

    def writes(self) -> int:
        """Give the number of requests of the last run that changed a system."""
        return sum(system.requests.writes for system in self.systems.values())


def _ids(system: Simulator, entity: str) -> list[str]:
    table = system.database[entity]
    rows = table._database.fetch(f"select key from {table._name} order by rowid", ())
    return [row[0] for row in rows]
