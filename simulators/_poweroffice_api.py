"""The operations of PowerOffice Go's API on one entity."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from werkzeug.wrappers import Request, Response

from simulators._checks import Check, checked
from simulators._http import Refused, json_response, read_json
from simulators._json import Record
from simulators._poweroffice_lists import Paging, page
from simulators._poweroffice_members import MASK
from simulators._poweroffice_patch import patched
from simulators._poweroffice_problems import refused, refusing
from simulators._poweroffice_records import PowerOfficeRecords

JSON, JSON_PATCH = "application/json", "application/json-patch+json"
SETTABLE_ONLY_IN_POST = ("DepartmentCode",)

Show = Callable[[Record], Record]


def showing(*, masked_identity: bool, contact_person_ssn: bool) -> Show:
    """Give how a stored record is shown: with its identity masked, or parts left out.

    The mask stands where there is something to hide; what is empty reads null.
    """

    def show(record: Record) -> Record:
        shown = dict(record)
        if masked_identity:
            for name, mask in (("NationalIdNumber", MASK), ("Gender", "Hidden")):
                if shown.get(name) is not None:
                    shown[name] = mask
        if not contact_person_ssn:
            shown.pop("SocialSecurityNumber", None)
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
        found = self.records.tables.readable(self.entity).get(key)
        if found is None:
            raise refused(404, f"There is no {self.entity} {key}.")
        return json_response(self.show(found))

    def create(self, request: Request) -> Response:
        """Answer POST of an employee or a customer."""
        return self._created(_body(request, JSON))

    def create_owned(self, request: Request, owner: str) -> Response:
        """Answer POST of a contact person under its owner."""
        owner_id = self.records.owner(owner)
        given = _body(request, JSON)
        if not isinstance(given, dict):
            raise refused(400, "the body must be an object")
        return self._created({**given, "ContactId": owner_id})

    def patch(self, request: Request, key: str) -> Response:
        """Answer PATCH, with the stored record; a failed one applies nothing."""
        patch = _body(request, JSON_PATCH)
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


def _holds_a_test(patch: object) -> bool:
    return isinstance(patch, list) and any(
        isinstance(each, dict) and each.get("op") == "test" for each in patch
    )


def _body(request: Request, content_type: str) -> object:
    if request.mimetype != content_type:
        raise refused(415, f"Send {content_type}.")

    def refuse(words: str) -> Refused:
        return refused(400, words)

    return read_json(request, or_refuse=refuse)
