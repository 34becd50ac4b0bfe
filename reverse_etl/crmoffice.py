"""Write contacts and activities of CRM-Office.

Guard       None: no version, no ETag. The push reads a record again just before.
Creates     Answer with the id alone, and a repeated one makes a second record. There
            is no reference to find ours by, so it is sought by likeness: equal to what
            was sent, as CRM-Office stores it, and created since.
Empty       null. `familyName` and `subject` cannot be emptied.
Deletes     For good, and nothing shows them.

Hardly anything of this API is public; the contract says what is assumed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from connections.crmoffice import CHANGED_SINCE, ENDPOINTS, ROWS, SYSTEM, page_at
from connections.http.address import Params
from connections.http.answer import Answer
from connections.http.client import Http
from connections.http.errors import ContractChanged, Gone, Unsure
from connections.http.lists import check_list, rows_in
from connections.wire.endpoint import Endpoint, endpoint_of
from reverse_etl.parts.crmoffice.spelling import as_stored, local_time
from reverse_etl.wire.likeness import could_be
from reverse_etl.wire.outcome import (
    check,
    echoed,
    read_back,
    record_in,
)
from reverse_etl.wire.paths import get, names, nest
from reverse_etl.wire.system import Change, Stored, Traits

TRAITS = Traits(
    level="C", rereads=True, idempotent_create=False, reference_lookup=False
)

_MOST_PAGES = 20_000  # four million records: no such list is real
_CLOCK_SKEW = timedelta(minutes=5)


def read(http: Http, entity: str, record_id: str) -> Stored:
    """Read one record."""
    name = f"{http.system}:{entity}:{record_id}"
    answer = http.get(_endpoint(entity).address(record_id))
    check(answer, name)
    known = _endpoint(entity).named(record_id)
    return _stored(entity, record_in(answer.json(), name, known))


def create(
    http: Http,
    entity: str,
    changes: Sequence[Change],
    *,
    write_id: str,
    source_key: str,
) -> Stored:
    """Create a record and read what was stored; empty members are left out.

    Neither key travels: CRM-Office passes over both. So the id that it answers with is
    believed only if the record is what was sent, more or less: Unsure otherwise.
    """
    name = f"{http.system}:{entity} for {source_key}"
    answer = http.request(
        "POST",
        _endpoint(entity).path,
        json=nest(change for change in changes if change.after is not None),
    )
    check(answer, name)
    record_id = echoed(answer, lambda body: _id(record_in(body, name, {})))
    stored = read_back(lambda: read(http, entity, record_id), record_id)
    if _is_another(stored, changes):
        raise Unsure(
            f"{name}: the answer is the id {record_id}, but that record does not hold "
            "what was sent. Look before sending again."
        )
    return stored


def update(
    http: Http,
    entity: str,
    record_id: str,
    version: str | None,
    current: Stored | None,
    changes: Sequence[Change],
) -> Stored:
    """Change the members and read what was stored; there is nothing to guard it."""
    answer = http.request(
        "PATCH", _endpoint(entity).address(record_id), json=nest(changes)
    )
    check(answer, f"{http.system}:{entity}:{record_id}")
    return read_back(lambda: read(http, entity, record_id), record_id)


def delete(http: Http, entity: str, record_id: str, version: str | None) -> None:
    """Delete a record for good."""
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
    """Search a fresh listing for records like the one sent, created since.

    The clock of CRM-Office may be five minutes behind ours; its stamps are in whole
    seconds. Linked records are among them: the caller takes those out. Those that share
    at least half of what was sent are given, too.
    """
    members = nest(changes).items()
    sent = {member: as_stored(member, value) for member, value in members}
    since = (sent_after - _CLOCK_SKEW).replace(microsecond=0)
    short, whole = _narrowed(entity, sent), _since(entity, since)
    found = _compared(entity, _listed(http, entity, short | whole), sent, since)
    if short and not any(not one.differs for one in found):
        found = _compared(entity, _listed(http, entity, whole), sent, since)
    most = sum(value is not None for value in sent.values()) / 2
    return [one for one in found if len(one.differs) <= most]


def _is_another(stored: Stored, changes: Sequence[Change]) -> bool:
    """Say whether most of what a new record shows cannot come from what was sent."""
    shown = [
        could_be(value, as_stored(names(change.json_path)[-1], change.after))
        for change in changes
        for known, value in [get(stored.record, change.json_path)]
        if change.after is not None and known and not isinstance(value, dict | list)
    ]
    return shown.count(False) > len(shown) / 2


def _compared(
    entity: str,
    listed: dict[str, dict[str, Any]],
    sent: dict[str, Any],
    since: datetime,
) -> list[Stored]:
    """Give the records that were made since, each with the members that differ.

    One that does not tell when it was made cannot be ruled out.
    """
    return [
        replace(
            _stored(entity, row),
            differs=tuple(
                f"$.{member}"
                for member, value in sent.items()
                if as_stored(member, row.get(member)) != value
            ),
        )
        for row in listed.values()
        if (_endpoint(entity).made_at(row) or since) >= since
    ]


def _since(entity: str, since: datetime) -> dict[str, str]:
    return {CHANGED_SINCE: f"{since.isoformat()}Z"} if entity == "contacts" else {}


def _narrowed(entity: str, sent: dict[str, Any]) -> dict[str, str]:
    """Give the filters that keep a listing short without hiding what was sent."""
    if entity == "contacts":
        return {}
    filters: dict[str, str] = {}
    if sent.get("ownerId"):
        filters["ownerId"] = sent["ownerId"]
    if start := local_time(sent.get("startsAt") or ""):
        filters["startsAtFrom"] = start.isoformat()
        filters["startsAtTo"] = (start + timedelta(seconds=1)).isoformat()
    return filters


def _listed(http: Http, entity: str, filters: Params) -> dict[str, dict[str, Any]]:
    """Give the records of a listing by id.

    A record that is deleted meanwhile pulls the next one over the edge of a page, so
    a listing of several pages is read twice.
    """
    is_whole, records = _walked(http, entity, filters)
    if not is_whole:
        records |= _walked(http, entity, filters)[1]
    return records


def _walked(
    http: Http, entity: str, filters: Params
) -> tuple[bool, dict[str, dict[str, Any]]]:
    """Read pages until one is empty: a short one may only hide rows from us.

    Gives whether one page held it all, and the records. A listing that goes round and
    round has not shown everything: what it lacks may be there all the same.
    """
    path = _endpoint(entity).path
    records: dict[str, dict[str, Any]] = {}
    for page in range(1, _MOST_PAGES + 1):
        answer = http.get(path, params={**filters, **page_at(page)})
        check_list(answer)
        rows = _by_id(answer, f"{http.system}:{entity}")
        if not rows:
            return page <= 2, records
        if rows.keys() <= records.keys():
            break
        records |= rows
    raise ContractChanged(
        f"{http.system}:{entity}: the same rows come again and again, so the listing "
        "would never end."
    )


def _by_id(answer: Answer, name: str) -> dict[str, dict[str, Any]]:
    rows = [record_in(row, name, {}) for row in rows_in(answer, answer.json(), ROWS)]
    return {_id(row): row for row in rows}


def _id(record: dict[str, Any]) -> str:
    if not record.get("id"):
        raise ContractChanged(f"A record came without its id: {sorted(record)}.")
    return str(record["id"])


def _endpoint(entity: str) -> Endpoint:
    return endpoint_of(SYSTEM, ENDPOINTS, entity)


def _stored(entity: str, record: dict[str, Any]) -> Stored:
    endpoint = _endpoint(entity)
    return Stored(
        record_id=_id(record),
        record=record,
        stamp=endpoint.changed_at(record),
        created=endpoint.made_at(record),
    )
