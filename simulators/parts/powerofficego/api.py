"""The operations of PowerOffice Go's API on one entity."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from werkzeug.wrappers import Request, Response

from simulators.kit.checks import Check, checked
from simulators.kit.exact_json import Record
from simulators.kit.http import Refused, json_response, read_json
from simulators.parts.powerofficego.lists import Paging, known_parameters, page
from simulators.parts.powerofficego.members import MASK, PLAIN_DATES
from simulators.parts.powerofficego.patch import patched
from simulators.parts.powerofficego.problems import refused, refusing
from simulators.parts.powerofficego.records import PowerOfficeRecords

JSON_PATCH = "application/json-patch+json"
_JSON = re.compile("(application|text)/json|application/[^/]+[+]json")
SETTABLE_ONLY_IN_POST = ("DepartmentCode",)

_MASKED = (
    ("NationalIdNumber", MASK),
    ("InternationalIdNumber", MASK),
    ("Gender", "Hidden"),
)

Show = Callable[[Record], Record]


def showing(
    *, masked_identity: bool, contact_person_ssn: bool, dates_carry_times: bool
) -> Show:
    """Give how a stored record is shown: with its identity masked, or parts left out.

    The mask stands where there is something to hide; what is empty reads null. Plain
    dates may come with a time behind them.
    """

    def show(record: Record) -> Record:
        shown = dict(record)
        if masked_identity:
            for name, mask in _MASKED:
                if shown.get(name) is not None:
                    shown[name] = mask
        if not contact_person_ssn:
            shown.pop("SocialSecurityNumber", None)
        for name in PLAIN_DATES if dates_carry_times else ():
            if shown.get(name):
                shown[name] = f"{shown[name]}T00:00:00"
        return shown

    return show


@dataclass(frozen=True)
class Operations:
    """The operations on one entity; `members` are those that a caller may set.

    Without `takes_tests`, a patch that holds a `test` is refused.
    """

    entity: str
    records: PowerOfficeRecords
    members: Mapping[str, Check]
    paging: Paging
    show: Show
    takes_tests: bool = True

    def page(self, request: Request) -> Response:
        """Answer GET of the list."""
        table = self.records.tables.readable(self.entity)
        return page(request, self.entity, table, self.paging, self.show)

    def read(self, request: Request, key: str) -> Response:
        """Answer GET of one record."""
        with refusing():
            known_parameters(request, ["Fields"])
        found = self.records.tables.readable(self.entity).get(key)
        if found is None:
            raise refused(404, f"There is no {self.entity} {key}.")
        return json_response(self.show(found))

    def create(self, request: Request) -> Response:
        """Answer POST of an employee or a customer."""
        return self._created(_posted(request))

    def create_owned(self, request: Request, owner: str) -> Response:
        """Answer POST of a contact person under its owner."""
        owner_id = self.records.owner(owner)
        given = _posted(request)
        if not isinstance(given, dict):
            raise refused(400, "the body must be an object")
        return self._created({**given, "ContactId": owner_id})

    def patch(self, request: Request, key: str) -> Response:
        """Answer PATCH, with the stored record; a failed one applies nothing."""
        if request.mimetype != JSON_PATCH:
            raise refused(415, f"Send {JSON_PATCH}.")
        patch = _body(request)
        old = self.records.existing(self.entity, key)
        with refusing():
            if not self.takes_tests and _holds_a_test(patch):
                raise ValueError("the operation test is not supported")
            result = patched(self.show(old), patch)
            for name in result.written:
                if name not in self.members or name in SETTABLE_ONLY_IN_POST:
                    raise ValueError(f"{name} cannot be set")
            written = {name: result.record[name] for name in result.written}
            changes = checked(self.members, written)
            stored = self.records.change(self.entity, old, changes, written)
        return json_response(self.show(stored))

    def delete(self, request: Request, key: str) -> Response:
        """Answer DELETE."""
        self.records.remove(self.entity, key, hard=True)
        return Response(status=200)

    def _created(self, given: object) -> Response:
        if not isinstance(given, dict):
            raise refused(400, "the body must be an object")
        with refusing():
            stored = self.records.create(self.entity, given, self.members)
        return json_response(self.show(stored), 201)


def _posted(request: Request) -> object:
    """Give the body of a POST, which may be JSON by any of its names."""
    if not _JSON.fullmatch(request.mimetype):
        raise refused(415, "Send application/json.")
    return _body(request)


def _holds_a_test(patch: object) -> bool:
    return isinstance(patch, list) and any(
        isinstance(each, dict) and each.get("op") == "test" for each in patch
    )


def _body(request: Request) -> object:
    def refuse(words: str) -> Refused:
        return refused(400, words)

    return read_json(request, or_refuse=refuse)
