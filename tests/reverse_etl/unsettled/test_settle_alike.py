"""Creates that are much alike and lost their answers: none takes another's record."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from werkzeug.wrappers import Request, Response

from ledger.ledger import Ledger, open_ledger
from reverse_etl import crmoffice
from reverse_etl.push.push import push
from reverse_etl.unsettled.settle import settle_open_writes
from tests.reverse_etl.meeting import Meeting
from tests.reverse_etl.planning import TO_ACTIVITIES, Wanted, links, plan_of, setting


@dataclass(frozen=True)
class Phases:
    """New projects that share all but their names, and a CRM that loses answers."""

    crm: Meeting
    ledger: Ledger
    owner: str

    def create(self, number: int, *, applied: bool, name: str | None = None) -> None:
        """Send a create whose answer gets lost."""
        if applied:
            self.crm.simulator.after.append(_lost)
        else:
            self.crm.answer_next("POST", lambda _: Response("down", status=502))
        wanted = Wanted(
            "crmoffice",
            "activities",
            TO_ACTIVITIES,
            key(number),
            [
                setting("Navn", "subject", name or f"Fase {number}"),
                setting("AnsvarligId", "ownerId", self.owner),
                setting("StartDato", "startsAt", "2025-03-30T00:00:00"),
                setting("FerdigDato", "endsAt", "2025-10-26T00:00:00"),
            ],
        )
        connections = {"crmoffice": self.crm.http}
        systems = {"crmoffice": crmoffice}
        push(plan_of(wanted), self.ledger, systems, connections, run_id="run 1")
        self.crm.simulator.after.clear()

    def settle(self, seconds: float = 1) -> dict[str, str]:
        """Settle a while later; give the statuses by source."""
        self.crm.clock.advance(seconds)
        found = settle_open_writes(
            self.ledger,
            {"crmoffice": crmoffice},
            {"crmoffice": self.crm.http},
            run_id="run 2",
            settle_seconds=60,
        )
        return {each.intent.source_key: each.status for each in found}

    def made(self) -> list[str]:
        """Give the ids of all activities, oldest first."""
        return [each["id"] for each in self.crm.simulator.records("activities")]

    def linked(self) -> dict[str, str]:
        """Give the target ids by source."""
        return {
            source: target.rpartition(":")[2]
            for source, target, _ in links(self.ledger)
        }


def key(number: int) -> str:
    return f"tidsbanken:prosjekt:{number}"


def _lost(request: Request, response: Response) -> Response:
    return Response(status=504) if request.method == "POST" else response


@pytest.fixture
def phases(tmp_path: Path, meet: Callable[..., Meeting]) -> Iterator[Phases]:
    crm = meet("crmoffice")
    owner = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})["id"]
    crm.http.get("/contacts")  # signed in, so that a POST is a create
    with open_ledger(tmp_path / "ledger.duckdb", clock=crm.clock) as ledger:
        yield Phases(crm, ledger, owner)


@pytest.mark.parametrize("arrived", [1, 2])
def test_a_create_that_never_arrived_does_not_take_what_another_made(
    phases: Phases, arrived: int
) -> None:
    for number in (1, 2):
        phases.create(number, applied=number == arrived)

    statuses = phases.settle()

    [record] = phases.made()
    missing = 3 - arrived
    assert statuses == {key(arrived): "done", key(missing): "open"}
    assert phases.linked() == {key(arrived): record}
    assert phases.settle(60) == {key(missing): "not_applied"}


def test_a_new_record_that_is_only_much_alike_is_not_ours(phases: Phases) -> None:
    phases.create(1, applied=False)
    phases.create(2, applied=True)
    phases.ledger.connection.execute(
        "delete from ledger.writes where source_key = ?", [key(2)]
    )

    assert phases.settle(3600) == {key(1): "held"}
    assert phases.linked() == {}


def test_what_two_creates_made_is_not_mistaken_for_what_a_third_sent(
    phases: Phases,
) -> None:
    phases.create(1, applied=False)
    for number in (2, 3):
        phases.create(number, applied=True, name="Fase 2")
    for record in phases.made():
        phases.crm.clock.advance(5)
        phases.crm.simulator.edit("activities", record, {"subject": "Fase 2"})

    statuses = phases.settle(3600)

    assert statuses == {key(1): "not_applied", key(2): "held", key(3): "held"}


def test_a_record_that_two_creates_could_have_made_waits_for_a_person(
    phases: Phases,
) -> None:
    phases.create(1, applied=False)
    phases.create(2, applied=True)
    phases.crm.clock.advance(5)
    [record] = phases.made()
    phases.crm.simulator.edit("activities", record, {"subject": "Omdøpt"})

    assert phases.settle(3600) == {key(1): "held", key(2): "held"}
    assert phases.linked() == {}


def test_a_record_that_the_system_cut_is_ours(phases: Phases) -> None:
    phases.create(1, applied=False, name="Grunnarbeid øst")
    phases.crm.simulator.insert(
        "activities",
        {
            "subject": "grunnarbeid",
            "ownerId": phases.owner,
            "startsAt": "2025-03-30T00:00:00",
            "endsAt": "2025-10-26T00:00:00",
        },
    )

    assert phases.settle() == {key(1): "done"}


def test_nearly_ours_is_not_believed_while_another_create_could_not_be_looked_for(
    phases: Phases, monkeypatch: pytest.MonkeyPatch
) -> None:
    phases.create(1, applied=True)
    phases.create(2, applied=False)
    phases.crm.clock.advance(5)
    [record] = phases.made()
    phases.crm.simulator.edit("activities", record, {"subject": "Omdøpt"})
    looks = iter((lambda _: None, lambda _: Response("<html>"), lambda _: None))

    def answer(request: Request) -> Response | None:
        if request.args.get("page") == "1" and "startsAtFrom" in request.args:
            return next(looks)(request)
        return None

    phases.crm.simulator.before.append(answer)

    assert phases.settle() == {key(1): "open", key(2): "open"}
