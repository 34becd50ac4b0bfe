"""Write to a system of our own contract.

Updates are merge patches (RFC 7396) under If-Match, so that a record need not be read
again first. Creates carry two keys: Idempotency-Key, kept for a day, and
externalReference, which is unique for good, deleted records included. Both make a
create that is sent twice harmless. The reference is the source's key with a proof that
Lenke wrote it. All answers echo the stored record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from connections.http.client import Http
from connections.http.errors import (
    ContractChanged,
    Gone,
    Moved,
    Refused,
    Unsure,
)
from connections.http.lists import check_list, rows_in
from connections.private.records import hash_key
from connections.private.references import reference_for
from connections.wire.endpoint import Endpoint, endpoint_of
from connections.wire.own_contract import (
    DELETED,
    REFERENCE,
    ROWS,
    VERSION,
    WITH_DELETED,
)
from reverse_etl.wire.outcome import check, echoed, record_in
from reverse_etl.wire.paths import moved, nest
from reverse_etl.wire.problem import not_deleted, problem_of
from reverse_etl.wire.system import Change, Stored, Traits

TRAITS = Traits(level="A", rereads=False, idempotent_create=True, reference_lookup=True)


@dataclass(frozen=True)
class CursorApi:
    """The functions of such a system, with its record types."""

    endpoints: Mapping[str, Endpoint]

    def read(self, http: Http, entity: str, record_id: str) -> Stored:
        """Read one record; Gone also when `deletedAt` is set."""
        name = f"{http.system}:{entity}:{record_id}"
        endpoint = self._endpoint(http, entity)
        answer = http.get(endpoint.address(record_id))
        check(answer, name)
        known = endpoint.named(record_id)
        stored = _stored(record_in(answer.json(), name, known), endpoint)
        if stored.record.get(DELETED) is not None:
            raise Gone(
                f"{name}: was deleted at {stored.record[DELETED]}. Nothing was written."
            )
        return stored

    def create(
        self,
        http: Http,
        entity: str,
        changes: Sequence[Change],
        *,
        write_id: str,
        source_key: str,
    ) -> Stored:
        """Create a record, or adopt the one that bears our reference already.

        Empty members are left out: a new record has nothing to be emptied. A record
        without our reference is another one, whatever the answer says: Unsure.
        """
        name = f"{http.system}:{entity} for {source_key}"
        reference = _reference(http, entity, source_key)
        endpoint = self._endpoint(http, entity)
        answer = http.request(
            "POST",
            endpoint.path,
            json=nest(change for change in changes if change.after is not None)
            | {REFERENCE: reference},
            headers={"Idempotency-Key": write_id},
        )
        kind, problem = problem_of(answer)
        if kind == "idempotency-busy":
            raise Unsure(
                f"{name}: an earlier request with the same key is still running. "
                "Look before sending again."
            )
        if kind == "external-reference-taken" and "existingId" in problem:
            existing = self.read(http, entity, str(problem["existingId"]))
            if existing.record.get(REFERENCE) != reference:
                raise Unsure(
                    f"{name}: the answer says that {existing.record_id} bears its "
                    "reference, which it does not. Look before sending again."
                )
            return replace(existing, adopted=True)
        check(answer, name)
        ours = {REFERENCE: reference}
        return echoed(
            answer, lambda body: _stored(record_in(body, name, ours), endpoint)
        )

    def update(
        self,
        http: Http,
        entity: str,
        record_id: str,
        version: str | None,
        current: Stored | None,
        changes: Sequence[Change],
    ) -> Stored:
        """Patch the members if the record still has `version`; Moved otherwise.

        `current` is not needed: If-Match is stronger than any re-read. Where the list
        showed no version, the record is read for it now.
        """
        name = f"{http.system}:{entity}:{record_id}"
        if not version:
            newest = self.read(http, entity, record_id)
            if paths := moved(newest.record, changes):
                raise Moved(
                    f"{name}: {', '.join(paths)} changed after we decided. Nothing was "
                    "written; the next run decides again."
                )
            version = newest.version
        endpoint = self._endpoint(http, entity)
        answer = http.request(
            "PATCH",
            endpoint.address(record_id),
            json=nest(changes),
            headers={
                "Content-Type": "application/merge-patch+json",
                "If-Match": _if_match(version, name),
            },
        )
        not_deleted(answer, name)
        check(answer, name)
        known = endpoint.named(record_id)
        return echoed(
            answer, lambda body: _stored(record_in(body, name, known), endpoint)
        )

    def delete(
        self, http: Http, entity: str, record_id: str, version: str | None
    ) -> None:
        """Set the mark of deletion if the record still has `version`."""
        name = f"{http.system}:{entity}:{record_id}"
        answer = http.request(
            "DELETE",
            self._endpoint(http, entity).address(record_id),
            headers={"If-Match": _if_match(version, name)},
        )
        try:
            not_deleted(answer, name)
            check(answer, name)
        except Gone:
            return
        except Moved:
            # Deleting moves the version, so a delete sent twice meets a newer one.
            if not self._is_gone(http, entity, record_id):
                raise

    def created_by(
        self,
        http: Http,
        entity: str,
        *,
        write_id: str,
        source_key: str,
        changes: Sequence[Change],
        sent_after: datetime,
    ) -> list[Stored]:
        """Look the record up by its external reference.

        One that bears the mere key of the source was made by an earlier version, or by
        somebody else: Unsure, until a person has said which.
        """
        name = f"{http.system}:{entity} for {source_key}"
        found = self._bearing(http, entity, _reference(http, entity, source_key), name)
        if not found and (others := self._bearing(http, entity, source_key, name)):
            raise Unsure(
                f"{name}: {others[0].record_id} bears its key, but without the proof "
                "that Lenke made it. If it is the same: lenke link. Else delete it "
                "there, or give it another reference."
            )
        deleted = [one for one in found if one.record.get(DELETED) is not None]
        if deleted:
            raise Gone(
                f"{name}: it was created as {deleted[0].record_id} and has been "
                "deleted since. Nothing is created in its place."
            )
        return found

    def _bearing(
        self, http: Http, entity: str, reference: str, name: str
    ) -> list[Stored]:
        endpoint = self._endpoint(http, entity)
        answer = http.get(
            endpoint.path,
            params={REFERENCE: reference, WITH_DELETED: True},
        )
        check_list(answer)
        rows = rows_in(answer, answer.json(), ROWS)
        ours = {REFERENCE: reference.strip()}
        return [_stored(record_in(row, name, ours), endpoint) for row in rows]

    def _endpoint(self, http: Http, entity: str) -> Endpoint:
        return endpoint_of(http.system, self.endpoints, entity)

    def _is_gone(self, http: Http, entity: str, record_id: str) -> bool:
        try:
            self.read(http, entity, record_id)
        except Gone:
            return True
        return False


def _reference(http: Http, entity: str, source_key: str) -> str:
    key = hash_key(http.runtime.home)
    return reference_for(source_key, f"{http.system}:{entity}", key)


def _stored(record: dict[str, Any], endpoint: Endpoint) -> Stored:
    if not record.get("id"):
        raise ContractChanged(f"A record came without its id: {sorted(record)}.")
    version = record.get(VERSION)
    return Stored(
        record_id=str(record["id"]),
        record=record,
        stamp=endpoint.changed_at(record),
        version=None if version is None else str(version),
        created=endpoint.made_at(record),
    )


def _if_match(version: str | None, name: str) -> str:
    if not version:
        raise Refused(
            f"{name}: came without its version, so nobody would notice an edit that "
            "a write runs over. Nothing was sent; ask the system's vendor.",
            words="the record has no version",
        )
    return f'"{version}"'
