"""The guards: exit code 4, nothing sent, and words that say how to go on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug import Request, Response

from connections.http.exact_json import parsed, written
from ledger.file import LedgerUnreadable
from ledger.identity import read_identity
from ledger.ledger import open_ledger
from lenke.commands.ending import exit_code
from lenke.run import circle
from lenke.run.guards import StoppedByGuard
from lenke.run.run import RunOptions
from tests.circle.conftest import Meeting, quickly, synced_in
from tests.compiled import seeds_changed

FLOW = "tidsbanken_kunde__customwebshop_customer"
FEW = "update seeds.limits set limit_value = 1 where limit_name = 'mass_change_count'"


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    """A world that is in step."""
    with quickly():
        made = synced_in(tmp_path_factory.mktemp("home"))
        made.sync()
        yield made


def test_a_mass_change_stops_until_a_person_lets_it_pass(meeting: Meeting) -> None:
    shop = meeting.linked(FLOW)
    for number in (1, 2):
        meeting.edit("tidsbanken", "kunde", f"K{number}", Navn=f"Masse {number}")

    with seeds_changed(FEW):
        with pytest.raises(StoppedByGuard) as stopped:
            meeting.sync()
        sent = meeting.writes()
        planned = meeting.plan()
        with open_ledger(meeting.home.ledger) as ledger:
            runs = ledger.identity.run_counter
        with pytest.raises(StoppedByGuard):
            circle.push(meeting.home, RunOptions(), meeting.around)
        with open_ledger(meeting.home.ledger) as ledger:
            assert ledger.identity.run_counter == runs, "the ledger was touched"
        passed = meeting.sync(allow_mass_change=True)

    assert sent == {}
    assert f"{FLOW} would update 2 records, and has 4 links" in str(stopped.value)
    assert "at most 1, or 20%" in str(stopped.value)
    assert "lenke sync --allow-mass-change" in str(stopped.value)
    assert planned.exit_code == 0
    assert planned.planned is not None
    assert planned.planned.writes["update"] >= 2
    assert planned.planned.in_all == sum(planned.planned.writes.values())
    assert passed.exit_code == 0
    assert meeting.get("customwebshop", "customer", shop["K2"])["name"] == "Masse 2"


@pytest.mark.long
def test_a_settled_flow_that_wants_many_creates_stops(meeting: Meeting) -> None:
    meeting.sync()  # nothing is left to create: the first run of every flow is over
    before = len(meeting.systems["customwebshop"].records("customer"))
    for number in (91, 92):
        meeting.systems["tidsbanken"].insert(
            "avdeling", {"Id": str(number), "Navn": f"Ny avdeling {number}"}
        )

    with seeds_changed(FEW), pytest.raises(StoppedByGuard, match="would create 2"):
        meeting.sync()

    assert meeting.writes() == {}
    assert len(meeting.systems["customwebshop"].records("customer")) == before
    meeting.sync()


def test_an_empty_listing_rests_its_system_which_recovers_by_itself(
    meeting: Meeting,
) -> None:
    shop = meeting.linked(FLOW)["K3"]
    contact = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")["411"]
    system = meeting.systems["customwebshop"]
    meeting.edit("tidsbanken", "kunde", "K3", Navn="Under hvile")
    meeting.edit("tidsbanken", "ansatt", "411", Fornavn="Går Videre")
    system.after.append(_emptied)
    rested = meeting.sync(full=True)
    rested_writes = meeting.writes()
    system.after.remove(_emptied)

    recovered = meeting.sync()

    assert rested.exit_code == 4
    assert "customwebshop" not in rested_writes
    assert "customwebshop rests" in rested.warnings[0]
    assert "it had" in rested.warnings[0]
    assert meeting.get("crmoffice", "contacts", contact)["givenName"] == "Går Videre"
    assert recovered.exit_code == 0
    assert meeting.get("customwebshop", "customer", shop)["name"] == "Under hvile"
    assert meeting.linked(FLOW)["K3"] == shop


@pytest.mark.long
def test_a_half_listing_rests_its_system(meeting: Meeting) -> None:
    system = meeting.systems["customwebshop"]
    fewer = (
        "update seeds.limits set limit_value = 5 "
        "where limit_name = 'listing_shrink_count'"
    )
    system.after.append(_halved)
    with seeds_changed(fewer):
        rested = meeting.sync(full=True)
    system.after.remove(_halved)

    assert rested.exit_code == 4
    assert meeting.writes() == {}
    assert meeting.sync().exit_code == 0


@pytest.mark.parametrize("broken", ["empty", "text", "folder", "cut off", "mangled"])
@pytest.mark.parametrize("command", ["sync", "plan", "push"])
def test_an_unreadable_ledger_sends_not_one_request(
    meeting: Meeting, broken: str, command: str
) -> None:
    ledger = meeting.home.ledger
    kept, told = ledger.read_bytes(), read_identity(ledger.parent)
    _break(ledger, kept, broken)
    for system in meeting.systems.values():
        system.requests.clear()

    with pytest.raises(LedgerUnreadable) as stopped:
        getattr(circle, command)(meeting.home, RunOptions(), meeting.around)

    if ledger.is_dir():
        ledger.rmdir()
    ledger.write_bytes(kept)
    assert all(len(each.requests) == 0 for each in meeting.systems.values())
    assert exit_code(stopped.value) == 4
    assert "Restore its newest backup" in str(stopped.value)
    assert read_identity(ledger.parent) == told


def _break(ledger: Path, kept: bytes, how: str) -> None:
    ledger.unlink()
    if how == "folder":
        ledger.mkdir()
        return
    first_blocks = 3 * 4096 + 2 * 262144
    ledger.write_bytes(
        {
            "empty": b"",
            "text": b"no database" * 500,
            "cut off": kept[:first_blocks],
            "mangled": kept[:4096] + b"\0" * 64 + kept[4160:],
        }[how]
    )


def _emptied(request: Request, response: Response) -> Response:
    return _listing(request, response, lambda rows: [])


def _halved(request: Request, response: Response) -> Response:
    return _listing(request, response, lambda rows: rows[: len(rows) // 3])


def _listing(request: Request, response: Response, kept: Any) -> Response:
    """Answer a list of customers with some of its rows, as if these were all."""
    if request.method != "GET" or not request.path.endswith("/customers"):
        return response
    page = parsed(response.get_data(as_text=True))
    page["data"] = kept(page["data"])
    response.set_data(written(page))
    return response
