"""Pushes that are killed, and what is settled after them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from werkzeug.wrappers import Request, Response

from ledger.ledger import Ledger, open_ledger
from reverse_etl import crmoffice, customwebshop
from reverse_etl.push.push import push
from reverse_etl.unsettled.settle import settle_open_writes
from reverse_etl.wire.system import System
from tests.reverse_etl.meeting import Meeting
from tests.reverse_etl.planning import (
    TO_CONTACTS,
    TO_SHOP,
    Wanted,
    plan_of,
    setting,
)

SYSTEMS: dict[str, System] = {"crmoffice": crmoffice, "customwebshop": customwebshop}


KUNDE = "tidsbanken:kunde:7"


ANSATT = "tidsbanken:ansatt:412"


NEW_CUSTOMER = Wanted(
    "customwebshop", "customer", TO_SHOP, KUNDE, [setting("Navn", "name", "Nordlys")]
)


NEW_CONTACT = Wanted(
    "crmoffice",
    "contacts",
    TO_CONTACTS,
    ANSATT,
    [
        setting("Etternavn", "familyName", "Prøvesen"),
        setting("Mobil", "mobilePhone", "40 00"),
    ],
)


@contextmanager
def opened(tmp_path: Path, meeting: Meeting) -> Iterator[Ledger]:
    """Open the ledger as a new process would, at the system's time."""
    with open_ledger(tmp_path / "ledger.duckdb", clock=meeting.clock) as ledger:
        yield ledger


def pushed(ledger: Ledger, meeting: Meeting, *writes: Wanted) -> None:
    connections = {meeting.http.system: meeting.http}
    push(plan_of(*writes), ledger, SYSTEMS, connections, run_id="run 1")


def settled(ledger: Ledger, meeting: Meeting) -> list[str]:
    """Settle what is open, as the next run does first; give the statuses."""
    found = settle_open_writes(
        ledger,
        SYSTEMS,
        {meeting.http.system: meeting.http},
        run_id="run 2",
        settle_seconds=60,
    )
    return [each.status for each in found]


def loses_answers(meeting: Meeting, method: str) -> None:
    """Let the next such request be carried out, and its answer be lost."""

    def after(request: Request, response: Response) -> Response:
        if request.method != method:
            return response
        meeting.simulator.after.remove(after)
        return Response("gateway time-out", status=504)

    meeting.simulator.after.append(after)
