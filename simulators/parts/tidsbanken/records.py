"""What happens to a record of Tidsbanken, whoever changes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulators.kit.exact_json import Record
from simulators.kit.http import Clock, Refused, json_response
from simulators.kit.store import Database
from simulators.parts.tidsbanken.fields import FIELDS, Field
from simulators.parts.tidsbanken.times import Stamp, utc_stamp, without_offset

API, PERSON = 900, 1  # who changed a record, by SistEndretAvId
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "ansatt": ("Id", "Fornavn", "Etternavn"),
    "avdeling": ("Id",),
    "kunde": ("Id",),
    "prosjekt": (),
}
FIRST_PROJECT, FIRST_POST = 20001, 90551


@dataclass(frozen=True)
class TidsbankenRecords:
    """The records of one database, changed by the system's rules.

    `skewed` makes the stamps of customers and projects. `unknown_member` is what a PUT
    does with a member that the record does not have: `ignore` or `refuse` it.
    """

    database: Database
    clock: Clock
    skewed: Stamp
    unknown_member: str = "ignore"

    def insert(self, entity: str, record: Record) -> Record:
        """Store a new record, as a person enters it."""
        given = {name: value for name, value in record.items() if value is not None}
        return self.create(entity, _picked(entity, given), by=PERSON)

    def edit(self, entity: str, key: str, changes: Record) -> Record:
        """Change the given fields, as a person does; null empties a field."""
        old = self._existing(entity, key)
        if str(changes.get("Id", key)) != key:
            raise bad_request("Id: cannot be changed")
        return self._store(entity, old, _picked(entity, changes), by=PERSON)

    def remove(self, entity: str, key: str, *, hard: bool) -> None:
        """Remove a record for good; only people can, not the API."""
        self._existing(entity, key)
        self.database[entity].remove(key)

    def create(self, entity: str, given: Record, *, by: int = API) -> Record:
        """Store a new record; refuses nulls, a missing field and a taken Id."""
        for name, value in given.items():
            if value is None:
                raise bad_request(f"{name}: null is refused on insert; leave it out")
        for name in REQUIRED[entity]:
            if given.get(name, "") == "":
                raise bad_request(f"{name} is required on insert")
        new = {}
        for name, field in FIELDS[entity].items():
            fresh = field.in_new_record
            new[name] = field.empty if fresh is None else fresh
        if given.get("Id", "") == "":
            given = {**given, "Id": self._next_project()}
        key = _key(entity, given)
        if self.database[entity].get(key) is not None:
            raise refused(409, "Conflict", f"Id {key} is taken")
        new["OpprettetDato"] = self._stamp(entity)
        if "OpprettetAvId" in new:
            new["OpprettetAvId"] = by
        if "PostId" in new:
            new["PostId"] = self.database.next_number("PostId", FIRST_POST)
        return self._store(entity, new, given, by=by)

    def replace(self, entity: str, given: Record) -> Record:
        """Put a whole record in the place of the stored one with its Id.

        Fields left out are emptied, those that nobody may write stay.
        """
        old = self._existing(entity, _key(entity, given))
        emptied = {
            name: old[name] if field.read_only else field.empty
            for name, field in FIELDS[entity].items()
        }
        if self.unknown_member == "ignore":
            given = {name: given[name] for name in given if name in FIELDS[entity]}
        return self._store(entity, emptied, given, by=API)

    def merge(self, entity: str, key: str, given: Record) -> Record:
        """Change the fields that are sent; the Id is not among them."""
        if "Id" in given:
            raise bad_request("Id: goes into the path, not into the body")
        return self._store(entity, self._existing(entity, key), given, by=API)

    def _existing(self, entity: str, key: str) -> Record:
        found = self.database[entity].get(key)
        if found is None:
            raise refused(404, "NotFound", f"there is no {entity} {key}")
        return found

    def _store(self, entity: str, base: Record, given: Record, *, by: int) -> Record:
        """Stamp and keep a record: even one in which nothing changed."""
        record = dict(base)
        for name, value in given.items():
            field = FIELDS[entity].get(name)
            if field is None:
                raise bad_request(f"{name}: there is no such field on {entity}")
            if field.read_only:
                continue
            record[name] = _stored(name, field, value)
        record["SistEndretDato"] = self._stamp(entity)
        record["SistEndretAvId"] = by
        self.database[entity].put(str(record["Id"]), record)
        return record

    def _stamp(self, entity: str) -> str:
        is_skewed = entity in ("kunde", "prosjekt")
        return (self.skewed if is_skewed else utc_stamp)(self.clock())

    def _next_project(self) -> str:
        while True:
            number = str(self.database.next_number("prosjekt", FIRST_PROJECT))
            if self.database["prosjekt"].get(number) is None:
                return number


def _key(entity: str, given: Record) -> str:
    if given.get("Id", "") in ("", None):
        raise bad_request("Id is required")
    return str(_stored("Id", FIELDS[entity]["Id"], given["Id"]))


def _stored(name: str, field: Field, value: object) -> object:
    try:
        return field.store(value)
    except ValueError as error:
        raise bad_request(f"{name}: {error}") from error


def _picked(entity: str, given: Record) -> Record:
    """Give dates as a calendar on the screen hands them over, however spelt."""
    picked = {
        name: without_offset(given[name])
        for name, field in FIELDS[entity].items()
        if field.kind == "offset date" and isinstance(given.get(name), str)
    }
    return {**given, **picked}


def refused(status: int, code: str, message: str) -> Refused:
    """Give a refusal of the service, which is not the gateway's form."""
    body = {"error": {"code": code, "message": message}}
    return Refused(json_response(body, status))


def bad_request(message: str) -> Refused:
    """Give the service's 400."""
    return refused(400, "BadRequest", message)
