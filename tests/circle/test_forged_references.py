"""A reference that somebody typed links nothing, stops nothing and doubles nothing."""

from ledger.ledger import open_ledger
from lenke.people import links as people
from tests.circle.conftest import Meeting

_FLOW = "tidsbanken_kunde__customwebshop_customer"
_KEY = "tidsbanken:kunde:K5"


def _appears(meeting: Meeting) -> None:
    meeting.clock.advance(7200)
    kunde = {"Id": "K5", "Navn": "Den neste AS", "Epost": "ny@neste.example"}
    meeting.systems["tidsbanken"].insert("kunde", kunde)


def test_a_forged_reference_holds_its_own_pair_only_until_a_person_decides(
    meeting: Meeting,
) -> None:
    shop = meeting.systems["customwebshop"]
    forged = shop.insert("customer", {"name": "Fremmed", "externalReference": _KEY})
    before = len(shop.records("customer"))
    _appears(meeting)
    meeting.edit("tidsbanken", "kunde", "K1", Navn="Nordlys Bygg En AS")

    report = meeting.sync()

    assert report.exit_code == 0
    key = meeting.linked(_FLOW)["K1"]
    assert meeting.get("customwebshop", "customer", key)["name"] == "Nordlys Bygg En AS"
    assert "K5" not in meeting.linked(_FLOW)
    assert len(shop.records("customer")) == before
    ((message, next_step),) = meeting.ask(
        "select message, next_step from inspection.findings "
        f"where record_key = '{_KEY}' and message like '%{_FLOW}%'"
    )
    assert str(forged["id"]) in message
    assert "`lenke create " in next_step

    pair = people.pair_of(_FLOW, "K5", str(forged["id"]))
    with open_ledger(meeting.home.ledger, meeting.clock) as ledger:
        people.unlink(ledger, pair, "typed by a stranger")
    meeting.sync()

    made = meeting.linked(_FLOW)["K5"]
    assert made != forged["id"]
    assert meeting.get("customwebshop", "customer", str(forged["id"]))["name"] == (
        "Fremmed"
    )
