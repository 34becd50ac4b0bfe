"""An old, lost or foreign ledger: no double, no deletion, no overwritten edit (P14)."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from werkzeug import Request, Response

from lenke import _circle, _dbt
from lenke import _people as people
from lenke._circle import RunOptions
from lenke._guards import StoppedByGuard
from reverse_etl._ledger import ensure_ledger, open_ledger
from simulators._core import Simulator
from tests import _compiled
from tests.circle.conftest import Meeting, meeting_in, surroundings_kept

CREATED = {
    "crmoffice": ("contacts", "activities"),
    "customwebshop": ("customer", "order", "product"),
    "custompms": ("customer", "project"),
}


@pytest.fixture
def synced(tmp_path: Path) -> Iterator[Meeting]:
    """A world of its own, after its first two syncs."""
    with surroundings_kept(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(_dbt, "build", _compiled.build)
        made = meeting_in(tmp_path / "home")
        made.home.folder.mkdir()
        made.sync()
        made.sync()
        yield made


def test_a_lost_ledger_is_recovered_without_a_double(synced: Meeting) -> None:
    links, counts = _links(synced), _counts(synced)
    synced.home.ledger.unlink()

    stopped = _stops(synced)
    accepted = synced.sync(accept_ledger=True)

    assert "ledger.id names ledger" in stopped
    assert "lenke sync --accept-ledger" in stopped
    assert accepted.exit_code == 0
    assert _counts(synced) == counts
    assert _links(synced) == links
    synced.sync()
    assert synced.writes() == {}


def test_everything_lost_but_external_references_is_a_recovery(
    synced: Meeting,
) -> None:
    links, counts = _links(synced), _counts(synced)
    _lose_everything(synced)

    stopped = _stops(synced)
    synced.sync(accept_ledger=True)

    assert "bear the key of a source record" in stopped
    assert _counts(synced) == counts
    assert _links(synced) == links
    synced.sync()
    assert synced.writes() == {}


def test_no_ledger_is_accepted_while_a_system_is_out(synced: Meeting) -> None:
    counts = _counts(synced)
    synced.home.ledger.unlink()
    _stops(synced)

    with (
        _out(synced.systems["crmoffice"]),
        pytest.raises(StoppedByGuard, match="crmoffice"),
    ):
        synced.sync(accept_ledger=True)

    assert synced.writes() == {}
    synced.sync(accept_ledger=True)
    assert _counts(synced) == counts


def test_accepting_needs_a_look_first(synced: Meeting) -> None:
    synced.home.ledger.unlink()

    with pytest.raises(StoppedByGuard, match="not the newest"):
        synced.sync(accept_ledger=True)

    assert synced.writes() == {}


def test_a_restored_backup_brings_no_old_value_back_and_doubles_nothing(
    synced: Meeting,
) -> None:
    backup = _backup(synced)
    flow = "tidsbanken_ansatt__crmoffice_contacts"
    contacts = synced.linked(flow)
    synced.edit("tidsbanken", "ansatt", "411", Etternavn="Etter Kopien")
    synced.systems["tidsbanken"].insert(
        "ansatt", {"Id": 950, "Fornavn": "Ny", "Etternavn": "Etterkopi"}
    )
    synced.sync()
    synced.edit("crmoffice", "contacts", contacts["411"], familyName="Ås")
    synced.edit("crmoffice", "contacts", contacts["412"], mobilePhone="+4791919191")
    counts = _counts(synced)
    new_contact = synced.linked(flow)["950"]
    shutil.copyfile(backup, synced.home.ledger)

    stopped = _stops(synced)
    synced.sync(accept_ledger=True)

    assert "knows of run 3" in stopped
    assert _counts(synced) == counts
    assert synced.linked(flow)["950"] == new_contact
    assert synced.get("crmoffice", "contacts", contacts["411"])["familyName"] == "Ås"
    assert synced.get("tidsbanken", "ansatt", "411")["Etternavn"] == "Ås"
    assert synced.get("tidsbanken", "ansatt", "412")["Mobil"] == "+4791919191"
    synced.sync()
    assert synced.writes() == {}


def test_a_record_that_only_looks_alike_waits_for_a_person(synced: Meeting) -> None:
    flow = "tidsbanken_ansatt__crmoffice_contacts"
    contact = synced.linked(flow)["412"]
    counts = _counts(synced)
    synced.edit("crmoffice", "contacts", contact, familyName="Giftnavn")
    synced.home.ledger.unlink()
    _stops(synced)
    synced.sync(accept_ledger=True)

    assert _counts(synced) == counts
    [(message, next_step)] = synced.ask(
        "select message, next_step from inspection.findings "
        "where kind = 'held_create' and record_key = 'tidsbanken:ansatt:412'"
    )
    assert f"crmoffice:contacts:{contact}" in message
    with open_ledger(synced.home.ledger) as ledger:
        people.link(
            ledger,
            people.pair_of(
                flow, "tidsbanken:ansatt:412", f"crmoffice:contacts:{contact}"
            ),
            None,
        )
    synced.sync()
    assert synced.linked(flow)["412"] == contact
    assert _counts(synced) == counts


def test_a_plan_shows_a_recovery_and_changes_nothing(synced: Meeting) -> None:
    backup = _backup(synced)
    synced.edit("tidsbanken", "ansatt", "411", Etternavn="Etter Kopien")
    synced.sync()
    shutil.copyfile(backup, synced.home.ledger)
    (synced.home.folder / "ledger.id").unlink()
    before = synced.home.ledger.read_bytes()

    first, second = synced.plan(), synced.plan()

    assert first.exit_code == second.exit_code == 4
    assert synced.writes() == {}
    assert synced.home.ledger.read_bytes() == before
    assert synced.ask("select count(*) from inspection.plan") == [(0,)]
    assert synced.ask("select 1 from inspection.findings where kind = 'recovery'")
    with pytest.raises(StoppedByGuard, match="not the newest"):
        _circle.push(synced.home, RunOptions(), synced.around)


def test_another_customers_ledger_is_noticed(synced: Meeting, tmp_path: Path) -> None:
    counts = _counts(synced)
    other = tmp_path / "other" / "ledger.duckdb"
    ensure_ledger(other)
    shutil.copyfile(other, synced.home.ledger)
    (synced.home.folder / "ledger.id").unlink()

    stopped = _stops(synced)

    assert "warehouse.duckdb names ledger" in stopped
    assert _counts(synced) == counts


def test_the_newest_ledger_restored_ends_the_recovery(synced: Meeting) -> None:
    backup = _backup(synced)
    synced.home.ledger.unlink()
    _stops(synced)
    shutil.copyfile(backup, synced.home.ledger)

    report = synced.sync()

    assert report.exit_code == 0
    assert synced.writes() == {}


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
