"""Tidsbanken finds one record by a filter on its list: an old page can be its word."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest

from lenke.run.surroundings import Surroundings
from simulators.kit.core import Simulator
from tests.circle.conftest import Meeting, quickly, synced_in

pytestmark = pytest.mark.long

LIST, LOOKUP = "the list", "the lookup"


class _Old(httpx2.BaseTransport):
    """A system of whose employees a page shows one as it was."""

    def __init__(self, system: Simulator, shown: dict[str, Any]) -> None:
        self._inner = httpx2.WSGITransport(app=system.wsgi)
        self._shown = shown

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Give the system's answer, or the old page."""
        answer = self._inner.handle_request(request)
        body = answer.read()
        by_id = request.url.params.get("$filter", "").startswith("Id eq")
        kind = LOOKUP if by_id else LIST
        if request.method == "GET" and request.url.path == "/ansatt/ansatt":
            page = json.loads(body)
            old = self._shown.get(kind)
            page["value"] = [
                old if old and row["Id"] == old["Id"] else row for row in page["value"]
            ]
            body = json.dumps(page).encode()
        headers = [(k, v) for k, v in answer.headers.raw if k != b"content-length"]
        return httpx2.Response(answer.status_code, headers=headers, content=body)


@dataclass(frozen=True)
class Lagging(Meeting):
    """Six systems; `shown` is what Tidsbanken shows in a record's place, and where."""

    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def around(self) -> Surroundings:
        """The systems over a transport with old pages."""
        return Surroundings(
            transport_for=lambda name: _Old(
                self.systems[name], self.shown if name == "tidsbanken" else {}
            ),
            clock=self.clock,
        )


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lagging]:
    with quickly():
        made = synced_in(tmp_path_factory.mktemp("home"))
        yield Lagging(made.home, made.systems, made.clock)


def test_an_old_page_does_not_confirm_itself(meeting: Lagging) -> None:
    contact = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")["411"]
    old = meeting.get("tidsbanken", "ansatt", "411")
    meeting.edit("tidsbanken", "ansatt", "411", Fornavn="Karin")
    meeting.sync()
    assert meeting.get("crmoffice", "contacts", contact)["givenName"] == "Karin"

    meeting.shown.update({LIST: old, LOOKUP: old})
    meeting.clock.advance(7200)
    meeting.sync(full=True)

    assert meeting.get("crmoffice", "contacts", contact)["givenName"] == "Karin"
    assert meeting.ask(
        "select property from inspection.findings where kind = 'unconfirmed_edit' "
        "and record_key = 'tidsbanken:ansatt:411'"
    ) == [("Fornavn",)]
    meeting.shown.clear()
    meeting.sync(full=True)
    assert meeting.get("crmoffice", "contacts", contact)["givenName"] == "Karin"
    assert meeting.get("tidsbanken", "ansatt", "411")["Fornavn"] == "Karin"


def test_an_old_page_is_not_put_back_over_what_somebody_wrote_since(
    meeting: Lagging,
) -> None:
    contact = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")["412"]
    old = meeting.get("tidsbanken", "ansatt", "412")
    meeting.edit("tidsbanken", "ansatt", "412", Notat="Skrevet av et menneske")
    meeting.edit("crmoffice", "contacts", contact, givenName="Olav")

    meeting.shown[LOOKUP] = old
    meeting.sync()
    meeting.shown.clear()
    meeting.sync()

    employee = meeting.get("tidsbanken", "ansatt", "412")
    assert employee["Notat"] == "Skrevet av et menneske"
    assert employee["Fornavn"] == "Olav"
