"""Write contact persons, employees and customers of PowerOffice Go (API v2).

Guard       A JSON Patch (RFC 6902) that tests each changed member for the value that
            the merge saw. A failed test is a 400 like any other, so the record is read
            again to tell whether it moved or was refused. That an installation takes
            tests is proved by nobody: what is refused with them, and has not moved, is
            sent without. Where that works, no more tests are sent in this run.
Creates     None: the flows to PowerOffice match only.
Empty       null.
Deletes     For good if unused, else refused: archive it there instead.
Never sent  Identity numbers (they read `hidden`) and Number (the ledger account).

A contact person's id is `ContactId/Id`. Answers echo the stored record.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from connections.http.client import Http
from connections.http.errors import Gone, Moved, Refused, StopRun
from connections.powerofficego import ENDPOINTS, SYSTEM
from connections.wire.endpoint import Endpoint, endpoint_of
from reverse_etl.wire.outcome import check, echoed, record_in
from reverse_etl.wire.paths import get, moved, names, nest, pointer, pointer_to
from reverse_etl.wire.system import Change, Stored, Traits

TRAITS = Traits(
    level="B", rereads=True, idempotent_create=False, reference_lookup=False
)

# Whether an installation takes tests, as far as a run has found out.
_takes_tests: WeakKeyDictionary[Http, bool] = WeakKeyDictionary()

_NEVER_SENT = {
    "number",
    *(name.lower() for each in ENDPOINTS.values() for name in each.national_ids),
}


def read(http: Http, entity: str, record_id: str) -> Stored:
    """Read one record."""
    answer = http.get(_endpoint(entity).address(record_id))
    name = f"{http.system}:{entity}:{record_id}"
    check(answer, name)
    return _stored(answer.json(), entity, record_id, name)


def create(
    http: Http,
    entity: str,
    changes: Sequence[Change],
    *,
    write_id: str,
    source_key: str,
) -> Stored:
    """Stop the run: the flows to PowerOffice Go match only."""
    raise StopRun(
        f"{http.system}:{entity} for {source_key}: Lenke never creates in PowerOffice "
        "Go. Nothing was sent; correct the flow that asks for it."
    )


def update(
    http: Http,
    entity: str,
    record_id: str,
    version: str | None,
    current: Stored | None,
    changes: Sequence[Change],
) -> Stored:
    """Patch the members if they are still what the merge saw; Moved otherwise.

    Where tests are refused, the record is compared just before it is patched: a system
    of level C.
    """
    name = f"{http.system}:{entity}:{record_id}"
    _never_send(changes, name)
    patch = _patch(current.record if current else {}, changes)
    bare = [operation for operation in patch if operation["op"] != "test"]
    if not _takes_tests.get(http, True):
        if current is None:
            _unmoved(http, entity, record_id, changes, name)
        return replace(_patched(http, entity, record_id, bare, name), guarded=False)
    try:
        stored = _patched(http, entity, record_id, patch, name)
    except Refused as refused:
        if refused.status != 400:
            raise
        _unmoved(http, entity, record_id, changes, name)
        if bare == patch or http in _takes_tests:
            raise
        stored = _patched(http, entity, record_id, bare, name)
        _takes_tests[http] = False
        return replace(stored, guarded=False)
    if bare != patch:
        _takes_tests[http] = True
    return stored


def delete(http: Http, entity: str, record_id: str, version: str | None) -> None:
    """Delete a record for good; Refused (409) when it is in use."""
    answer = http.request("DELETE", _endpoint(entity).address(record_id))
    try:
        check(answer, f"{http.system}:{entity}:{record_id}")
    except Gone:
        return


def created_by(
    http: Http,
    entity: str,
    *,
    write_id: str,
    source_key: str,
    changes: Sequence[Change],
    sent_after: datetime,
) -> list[Stored]:
    """Nothing: Lenke never creates in PowerOffice Go."""
    return []


def _patched(
    http: Http, entity: str, record_id: str, patch: list[dict[str, Any]], name: str
) -> Stored:
    answer = http.request(
        "PATCH",
        _endpoint(entity).address(record_id),
        json=patch,
        headers={"Content-Type": "application/json-patch+json"},
    )
    check(answer, name)
    return echoed(answer, lambda body: _stored(body, entity, record_id, name))


def _unmoved(
    http: Http, entity: str, record_id: str, changes: Sequence[Change], name: str
) -> None:
    if paths := moved(read(http, entity, record_id).record, changes):
        raise Moved(
            f"{name}: {', '.join(paths)} changed while we were writing. Nothing was "
            "written; the next run decides again."
        )


def _patch(record: dict[str, Any], changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Give the patch: first every test, then every replacement.

    Nothing can be replaced inside an object that is null, so that object is put there
    as a whole.
    """
    tests, replacements = [], []
    inside_null: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        parent = _null_parent(record, change.json_path)
        if parent:
            inside_null.setdefault(parent, []).append(change)
            continue
        path = pointer(change.json_path)
        if change.before is None and not get(record, change.json_path)[0]:
            # What the record does not have can be neither tested nor replaced.
            replacements.append({"op": "add", "path": path, "value": change.after})
            continue
        if change.before_known:
            tests.append({"op": "test", "path": path, "value": change.before})
        replacements.append({"op": "replace", "path": path, "value": change.after})
    for parent, inner in inside_null.items():
        whole: Any = nest(inner)
        for step in parent:
            whole = whole[step]
        path = pointer_to(parent)
        tests.append({"op": "test", "path": path, "value": None})
        replacements.append({"op": "replace", "path": path, "value": whole})
    return tests + replacements


def _null_parent(record: dict[str, Any], json_path: str) -> tuple[str, ...]:
    """Give the outermost object around a member that is null, or nothing."""
    steps = names(json_path)
    outer: Any = record
    for depth, step in enumerate(steps[:-1], start=1):
        if not isinstance(outer, dict) or step not in outer:
            break
        outer = outer[step]
        if outer is None:
            return steps[:depth]
    return ()


def _never_send(changes: Sequence[Change], name: str) -> None:
    for change in changes:
        if names(change.json_path)[-1].lower() in _NEVER_SENT:
            raise StopRun(
                f"{name}: {change.json_path} is never written to PowerOffice Go. "
                "Nothing was sent; correct the property mapping."
            )


def _endpoint(entity: str) -> Endpoint:
    return endpoint_of(SYSTEM, ENDPOINTS, entity)


def _stored(body: Any, entity: str, record_id: str, name: str) -> Stored:
    endpoint = _endpoint(entity)
    record = record_in(body, name, endpoint.named(record_id))
    return Stored(record_id=record_id, record=record, stamp=endpoint.changed_at(record))
