"""An old, lost or foreign ledger: no double, no deletion, no overwritten edit (P14)."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug import Request, Response

from ledger.identity import Identity, contradiction, read_identity
from ledger.ledger import ensure_ledger, open_ledger
from lenke.people import links as people
from lenke.run import circle
from lenke.run.guards import StoppedByGuard
from lenke.run.run import RunOptions
from simulators.kit.core import Simulator
from tests.circle.conftest import Meeting

pytestmark = pytest.mark.long

CREATED = {
    "crmoffice": ("contacts", "activities"),
    "customwebshop": ("customer", "order", "product"),
    "custompms": ("customer", "project"),
}


@pytest.mark.every_day
def test_a_lost_ledger_is_recovered_without_a_double(meeting: Meeting) -> None:
    links, counts = _links(meeting), _counts(meeting)
    meeting.home.ledger.unlink()

    stopped = _stops(meeting)
    accepted = meeting.sync(accept_ledger=True)

    assert "ledger.id names ledger" in stopped
    assert "lenke sync --accept-ledger" in stopped
    assert accepted.exit_code == 0
    assert _counts(meeting) == counts
    assert _links(meeting) == links
    meeting.sync()
    assert meeting.writes() == {}


def test_everything_lost_but_external_references_is_a_recovery(
    meeting: Meeting,
) -> None:
    links, counts = _links(meeting), _counts(meeting)
    _lose_everything(meeting)

    stopped = _stops(meeting)
    meeting.sync(accept_ledger=True)

    assert "bear the key of a source record" in stopped
    assert _counts(meeting) == counts
    assert _links(meeting) == links
    meeting.sync()
    assert meeting.writes() == {}


def test_no_ledger_is_accepted_while_a_system_is_out(meeting: Meeting) -> None:
    counts = _counts(meeting)
    meeting.home.ledger.unlink()

    with _out(meeting.systems["crmoffice"]):
        assert "needed to accept it: crmoffice (the sign-in" in _stops(meeting)
        with pytest.raises(StoppedByGuard, match=r"can be seen: crmoffice \(the sign"):
            meeting.sync(accept_ledger=True)

    assert meeting.writes() == {}
    meeting.sync(accept_ledger=True)
    assert _counts(meeting) == counts


def test_a_cut_copy_is_not_agreed_on_because_its_record_was_edited_elsewhere(
    meeting: Meeting,
) -> None:
    shop = meeting.linked("tidsbanken_kunde__customwebshop_customer")["K2"]
    backup = _backup(meeting)
    long_city = "Sted med et navn som er lengre enn femti tegn i alt ja"
    held = meeting.get("customwebshop", "customer", shop)["billingAddress"]
    meeting.edit(
        "customwebshop", "customer", shop, billingAddress={**held, "city": long_city}
    )
    meeting.sync()
    assert meeting.get("tidsbanken", "kunde", "K2")["Poststed"] == long_city[:50]
    meeting.edit("tidsbanken", "kunde", "K2", Gateadresse="Nygata 2")
    shutil.copyfile(backup, meeting.home.ledger)

    _stops(meeting)
    meeting.sync(accept_ledger=True)

    address = meeting.get("customwebshop", "customer", shop)["billingAddress"]
    assert (address["line1"], address["city"]) == ("Nygata 2", long_city)


def test_accepting_needs_a_look_first(meeting: Meeting) -> None:
    meeting.home.ledger.unlink()

    with pytest.raises(StoppedByGuard, match="not the newest"):
        meeting.sync(accept_ledger=True)

    assert meeting.writes() == {}
    meeting.sync(accept_ledger=True)


@pytest.mark.every_day
def test_a_restored_backup_brings_no_old_value_back_and_doubles_nothing(
    meeting: Meeting,
) -> None:
    backup = _backup(meeting)
    flow = "tidsbanken_ansatt__crmoffice_contacts"
    contacts = meeting.linked(flow)
    meeting.edit("tidsbanken", "ansatt", "411", Etternavn="Etter Kopien")
    meeting.systems["tidsbanken"].insert(
        "ansatt", {"Id": 950, "Fornavn": "Ny", "Etternavn": "Etterkopi"}
    )
    meeting.sync()
    meeting.edit("crmoffice", "contacts", contacts["411"], familyName="Ås")
    meeting.edit("crmoffice", "contacts", contacts["412"], mobilePhone="+4791919191")
    counts = _counts(meeting)
    new_contact = meeting.linked(flow)["950"]
    shutil.copyfile(backup, meeting.home.ledger)

    stopped = _stops(meeting)
    meeting.sync(accept_ledger=True)

    assert "knows of step" in stopped
    assert _counts(meeting) == counts
    assert meeting.linked(flow)["950"] == new_contact
    assert meeting.get("crmoffice", "contacts", contacts["411"])["familyName"] == "Ås"
    assert meeting.get("tidsbanken", "ansatt", "411")["Etternavn"] == "Ås"
    assert meeting.get("tidsbanken", "ansatt", "412")["Mobil"] == "+4791919191"
    meeting.sync()
    assert meeting.writes() == {}


def test_a_ledger_that_was_copied_in_the_middle_of_a_run_is_an_old_one(
    meeting: Meeting,
) -> None:
    copy = meeting.home.folder.with_name("in-the-middle.duckdb")
    copied: list[Identity] = []
    told: list[Identity | None] = []

    def on_stage(words: str) -> None:
        if words == "Deciding" and not copy.exists():
            shutil.copyfile(meeting.home.ledger, copy)
            with open_ledger(copy) as ledger:
                copied.append(ledger.identity)

    def on_request(request: Request) -> None:
        if request.method == "POST" and request.path.endswith("/contacts"):
            told.append(read_identity(meeting.home.folder))

    meeting.systems["tidsbanken"].insert(
        "ansatt", {"Id": 960, "Fornavn": "Midt", "Etternavn": "Ikjøring"}
    )
    meeting.systems["crmoffice"].before.append(on_request)
    meeting.clock.advance(60)
    circle.sync(meeting.home, RunOptions(), replace(meeting.around, on_stage=on_stage))
    meeting.systems["crmoffice"].before.remove(on_request)
    counts = _counts(meeting)
    shutil.copyfile(copy, meeting.home.ledger)

    stopped = _stops(meeting)
    meeting.sync(accept_ledger=True)

    assert all(contradiction(copied[0], each) for each in told)
    assert "knows of step" in stopped
    assert _counts(meeting) == counts
    assert len(told) == 1


def test_a_record_that_only_looks_alike_waits_for_a_person(meeting: Meeting) -> None:
    flow = "tidsbanken_ansatt__crmoffice_contacts"
    contact = meeting.linked(flow)["412"]
    counts = _counts(meeting)
    meeting.edit("crmoffice", "contacts", contact, familyName="Giftnavn")
    meeting.home.ledger.unlink()
    _stops(meeting)
    meeting.sync(accept_ledger=True)

    assert _counts(meeting) == counts
    [(message,)] = meeting.ask(
        "select message from inspection.findings "
        "where kind = 'held_create' and record_key = 'tidsbanken:ansatt:412'"
    )
    assert f"crmoffice:contacts:{contact}" in message
    with open_ledger(meeting.home.ledger) as ledger:
        people.link(
            ledger,
            people.pair_of(
                flow, "tidsbanken:ansatt:412", f"crmoffice:contacts:{contact}"
            ),
            None,
        )
    meeting.sync()
    assert meeting.linked(flow)["412"] == contact
    assert _counts(meeting) == counts


def test_a_plan_shows_a_recovery_and_changes_nothing(meeting: Meeting) -> None:
    backup = _backup(meeting)
    meeting.edit("tidsbanken", "ansatt", "411", Etternavn="Etter Kopien")
    meeting.sync()
    shutil.copyfile(backup, meeting.home.ledger)
    (meeting.home.folder / "ledger.id").unlink()
    before = meeting.home.ledger.read_bytes()

    first, second = meeting.plan(), meeting.plan()

    assert first.exit_code == second.exit_code == 4
    assert meeting.writes() == {}
    assert meeting.home.ledger.read_bytes() == before
    assert meeting.ask("select count(*) from inspection.plan") == [(0,)]
    assert meeting.ask("select 1 from inspection.findings where kind = 'recovery'")
    with pytest.raises(StoppedByGuard, match="not the newest"):
        circle.push(meeting.home, RunOptions(), meeting.around)
    _stops(meeting)
    meeting.sync(accept_ledger=True)


def test_another_customers_ledger_is_noticed(meeting: Meeting, tmp_path: Path) -> None:
    counts = _counts(meeting)
    other = tmp_path / "other" / "ledger.duckdb"
    ensure_ledger(other)
    shutil.copyfile(other, meeting.home.ledger)
    (meeting.home.folder / "ledger.id").unlink()

    stopped = _stops(meeting)

    assert "warehouse.duckdb names ledger" in stopped
    meeting.sync(accept_ledger=True)
    assert _counts(meeting) == counts


def test_the_newest_ledger_restored_ends_the_recovery(meeting: Meeting) -> None:
    backup = _backup(meeting)
    meeting.home.ledger.unlink()
    _stops(meeting)
    shutil.copyfile(backup, meeting.home.ledger)

    report = meeting.sync()

    assert report.exit_code == 0
    assert meeting.writes() == {}


def _backup(meeting: Meeting) -> Path:
    backup = meeting.home.folder.with_name("backup.duckdb")
    shutil.copyfile(meeting.home.ledger, backup)
    return backup


@contextmanager
def _out(system: Simulator) -> Iterator[None]:
    def unavailable(_request: Request) -> Response:
        return Response(status=503)

    system.before.append(unavailable)
    try:
        yield
    finally:
        system.before.remove(unavailable)


def _lose_everything(meeting: Meeting) -> None:
    """Lose LENKE_HOME; the keys to the systems are set anew by a person."""
    for file in meeting.home.folder.glob("*.duckdb"):
        file.unlink()
    (meeting.home.folder / "ledger.id").unlink()


def _stops(meeting: Meeting) -> str:
    with pytest.raises(StoppedByGuard) as stopped:
        meeting.sync()
    assert meeting.writes() == {}
    return str(stopped.value)


def _links(meeting: Meeting) -> set[tuple[str, ...]]:
    return set(
        meeting.ask(
            "select flow, source_key, target_key from inspection.links "
            "where ended_at is null and established_at is not null"
        )
    )


def _counts(meeting: Meeting) -> dict[tuple[str, str], int]:
    return {
        (name, entity): len(system.records(entity))
        for name, system in meeting.systems.items()
        for entity in CREATED.get(name, ())
    }
