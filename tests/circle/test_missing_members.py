"""Systems that leave out what is empty: absent is no edit, and bars no value."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from werkzeug.wrappers import Request, Response

from lenke.run.surroundings import Surroundings
from simulators.kit.core import Simulator
from tests.circle.conftest import Meeting, quickly, synced_in

pytestmark = pytest.mark.long

TERSE = ("crmoffice", "customwebshop")


class _Terse(httpx2.BaseTransport):
    """A system whose answers have no member that is null."""

    def __init__(self, system: Simulator) -> None:
        self._inner = httpx2.WSGITransport(app=system.wsgi)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Give the system's answer without them."""
        answer = self._inner.handle_request(request)
        body = answer.read()
        if request.method == "GET" and answer.status_code == 200:
            body = json.dumps(_told(json.loads(body))).encode()
        headers = [(k, v) for k, v in answer.headers.raw if k != b"content-length"]
        return httpx2.Response(answer.status_code, headers=headers, content=body)


def _told(value: Any) -> Any:
    if isinstance(value, list):
        return [_told(each) for each in value]
    if isinstance(value, dict):
        return {key: _told(each) for key, each in value.items() if each is not None}
    return value


@dataclass(frozen=True)
class Reticent(Meeting):
    """Six systems, two of which leave out what is empty."""

    @property
    def around(self) -> Surroundings:
        """The systems over a transport that takes the empty members away."""
        return Surroundings(
            transport_for=lambda name: (
                _Terse(self.systems[name])
                if name in TERSE
                else httpx2.WSGITransport(app=self.systems[name].wsgi)
            ),
            clock=self.clock,
        )


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reticent]:
    with quickly():
        made = synced_in(tmp_path_factory.mktemp("home"))
        yield Reticent(made.home, made.systems, made.clock)


def test_what_was_emptied_and_is_not_shown_since_gets_the_next_value(
    meeting: Reticent,
) -> None:
    shop = meeting.linked("tidsbanken_kunde__customwebshop_customer")["K1"]
    contact = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")["413"]
    meeting.edit("tidsbanken", "kunde", "K1", Gateadresse="")
    meeting.edit("tidsbanken", "ansatt", "413", Mobil="")
    meeting.sync()
    assert meeting.get("crmoffice", "contacts", contact)["mobilePhone"] is None

    meeting.edit("tidsbanken", "kunde", "K1", Gateadresse="Nygata 9")
    meeting.edit("tidsbanken", "ansatt", "413", Mobil="90000999")
    meeting.sync(full=True)

    customer = meeting.get("customwebshop", "customer", shop)
    assert customer["billingAddress"]["line1"] == "Nygata 9"
    assert customer["billingAddress"]["city"] == "Trondheim"
    held = meeting.get("crmoffice", "contacts", contact)["mobilePhone"]
    assert held == "+4790000999"
    meeting.sync(full=True)
    assert meeting.writes() == {}
    assert _not_shown(meeting) == []


def test_what_held_a_value_and_is_not_shown_any_more_is_a_finding_and_no_edit(
    meeting: Reticent,
) -> None:
    contact = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")["412"]
    meeting.edit("crmoffice", "contacts", contact, mobilePhone=None)
    meeting.sync()
    assert meeting.get("tidsbanken", "ansatt", "412")["Mobil"] == "900 00 412"

    meeting.edit("tidsbanken", "ansatt", "412", Mobil="90000777", Fornavn="Olav")
    meeting.sync(full=True)
    meeting.sync()

    record = meeting.get("crmoffice", "contacts", contact)
    assert (record["givenName"], record["mobilePhone"]) == ("Olav", None)
    assert _not_shown(meeting) == [
        (
            f"crmoffice:contacts:{contact}",
            "mobilePhone",
            "Not passed on: the system does not show any more what it held "
            "(it held +4790000412, agreed is +4790000777).",
        )
    ]
    meeting.edit("crmoffice", "contacts", contact, mobilePhone="90000888")
    meeting.sync()
    assert meeting.get("tidsbanken", "ansatt", "412")["Mobil"] == "+4790000888"
    assert _not_shown(meeting) == []


def test_contact_persons_without_national_ids_are_told_once_and_keep_their_links(
    meeting: Reticent,
) -> None:
    """Today's PowerOffice is so: it shows no national id of contact persons."""
    flow = "tidsbanken_ansatt__powerofficego_contactperson"
    linked = meeting.linked(flow)
    without = meeting.systems["powerofficego"]

    def leave_out(request: Request, response: Response) -> Response:
        if "contactpersons" in request.path.lower() and response.status_code == 200:
            rows = json.loads(response.get_data())
            for row in rows if isinstance(rows, list) else [rows]:
                row.pop("SocialSecurityNumber", None)
            response.set_data(json.dumps(rows))
        return response

    without.after.append(leave_out)
    [owner, *_] = without.records("customers")
    with_email = {"FirstName": "Ny", "LastName": "Ny", "EmailAddress": "ny@x.example"}
    made = without.insert("contactperson", {"ContactId": owner["Id"], **with_email})
    employee = {"Id": 499, "Fornavn": "Ny", "Etternavn": "Ny", "Epost": "ny@x.example"}
    meeting.systems["tidsbanken"].insert("ansatt", employee)
    report = meeting.sync(full=True)
    meeting.sync(full=True)
    found = meeting.ask(
        "select record_key, property from inspection.findings "
        "where kind = 'rule_without_member'"
    )
    without.after.remove(leave_out)

    assert report.exit_code == 0
    assert found == [("powerofficego:contactperson", "SocialSecurityNumber")]
    new = {"499": f"{owner['Id']}/{made['Id']}"}
    assert meeting.linked(flow) == {**linked, **new}
    assert meeting.writes() == {}


def _not_shown(meeting: Reticent) -> list[tuple[Any, ...]]:
    return meeting.ask(
        "select record_key, property, message from inspection.findings "
        "where kind = 'held_not_shown'"
    )
