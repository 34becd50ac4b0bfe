"""Systems that refuse some values, and writes that hold them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger.ledger import Ledger, open_ledger
from reverse_etl import (
    crmoffice,
    custompms,
    customwebshop,
    membercare,
    powerofficego,
    tidsbanken,
)
from reverse_etl.push.push import push
from reverse_etl.wire.system import System
from simulators.faults.plan import Fault, Faults
from tests.reverse_etl.meeting import Meeting
from tests.reverse_etl.planning import TO_SHOP, Wanted, plan_of, setting

SYSTEMS: dict[str, System] = {
    "crmoffice": crmoffice,
    "custompms": custompms,
    "customwebshop": customwebshop,
    "membercare": membercare,
    "powerofficego": powerofficego,
    "tidsbanken": tidsbanken,
}


# Per system: entity, what a record holds, what is written, the member that is refused.
# The first member stands for what may not be left out.
PLACES: dict[str, tuple[str, dict[str, Any], dict[str, Any], str]] = {
    "crmoffice": (
        "contacts",
        {"familyName": "Gammel", "givenName": "Kari", "mobilePhone": "+4790000001"},
        {"familyName": "Ny", "givenName": "Karin", "mobilePhone": "+4790000002"},
        "mobilePhone",
    ),
    "custompms": (
        "customer",
        {"name": "Gammel", "email": "a@b.no", "phone": "+4790000001"},
        {"name": "Ny", "email": "ny@b.no", "phone": "+4790000002"},
        "email",
    ),
    "customwebshop": (
        "customer",
        {"name": "Gammel", "email": "a@b.no", "phone": "+4790000001"},
        {"name": "Ny", "email": "ny@b.no", "phone": "+4790000002"},
        "phone",
    ),
    "powerofficego": (
        "employees",
        {"FirstName": "Gammel", "EmailAddress": "a@b.no", "PhoneNumber": "90000001"},
        {"FirstName": "Ny", "EmailAddress": "ny@b.no", "PhoneNumber": "90000002"},
        "EmailAddress",
    ),
    "tidsbanken": (
        "kunde",
        {"Id": "K7", "Navn": "Gammel", "Epost": "a@b.no", "Telefon": "90000001"},
        {"Navn": "Ny", "Epost": "ny@b.no", "Telefon": "90000002"},
        "Epost",
    ),
}


_MORE = {"powerofficego": {"LastName": "Eksempel"}}


@dataclass(frozen=True)
class Scene:
    """A system with one record, a ledger, and what befalls the next writes."""

    system: Meeting
    ledger: Ledger
    faults: Faults

    @property
    def name(self) -> str:
        """The system's name."""
        return self.system.http.system

    def refuses(self, kind: str, operation: str, member: str) -> None:
        """Let it take no new value of a member from now on."""
        entity = PLACES[self.name][0]
        self.faults.add(
            Fault(kind, self.name, operation, entity, member=member, count=None)
        )

    def record(self) -> dict[str, Any]:
        """Give the only record as it stands."""
        [record] = self.system.simulator.records(PLACES[self.name][0])
        return record

    def wanted(self, operation: str, *, only: tuple[str, ...] = ()) -> Wanted:
        """Want a new value of every member; all but the first may be left out."""
        entity, _, after, _ = PLACES[self.name]
        record = self.record() if operation == "update" else {}
        first = next(iter(after))
        changes = [
            setting(name, name, value, *([record[name]] if record else []))
            | {"unit": None if name == first else f"unit of {name}"}
            for name, value in after.items()
            if not only or name in only
        ]
        return Wanted(
            self.name,
            entity,
            TO_SHOP,
            "tidsbanken:kunde:K7",
            changes,
            operation=operation,
            record_id=str(record.get("id") or record["Id"]) if record else None,
            version=str(record.get("version", "")) or None,
        )

    def push(self, wanted: Wanted) -> dict[str, int]:
        """Send a write; give the outcomes that occurred."""
        connections = {self.name: self.system.http}
        result = push(plan_of(wanted), self.ledger, SYSTEMS, connections, run_id="run")
        return {kind: n for kind, n in result.writes[self.name].items() if n}

    def laid_to(self) -> list[Any]:
        """Give what each refusal is laid to, in the order in which they came."""
        return [
            units
            for (units,) in self.ledger.fetch(
                "select refused_units from ledger.writes "
                "where status = 'refused' order by rowid"
            )
        ]


def assert_all_but_one_arrived(scene: Scene, refused: str) -> None:
    _, before, after, _ = PLACES[scene.name]
    record = scene.record()
    for name, value in after.items():
        expected = before.get(name) if name == refused else value
        assert record[name] == expected, name


@contextmanager
def staged(
    tmp_path: Path, meet: Callable[..., Meeting]
) -> Iterator[Callable[..., Scene]]:
    """Give `stage(system, operation)`; for an update there is a record."""

    def stage(name: str, operation: str, **knobs: Any) -> Scene:
        meeting = meet(name, **knobs)
        entity, before, _, _ = PLACES[name]
        if operation == "update":
            meeting.simulator.insert(entity, before | _MORE.get(name, {}))
        ledger = opened.enter_context(
            open_ledger(tmp_path / "ledger.duckdb", clock=meeting.clock)
        )
        clock = meeting.clock
        faults = Faults({name: meeting.simulator}, clock=clock, sleep=clock.advance)
        ledger.start_run("sync")
        return Scene(meeting, ledger, faults)

    with ExitStack() as opened:
        yield stage
