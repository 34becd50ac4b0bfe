"""Write employees, departments, customers and projects of Tidsbanken.

Guard       None, and a PUT replaces the whole record: members left out are reset. So
            the record just read goes back with the mapped members changed. Avdeling
            alone takes a PATCH. What was just read may be an old page of the list: one
            whose stamp is older than the newest known is not put back.
Creates     None: every entity of Tidsbanken is a source.
Empty       "" for text, null for dates.
Deletes     None: records are ended by their flags.
Dates       Those of Prosjekt read with an offset and are written without; a write with
            one is refused.

Writes answer without a body, so what was stored is read afterwards.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from connections.http.client import Http
from connections.http.errors import Gone, Moved, Refused, StopRun
from connections.http.lists import rows_in
from connections.tidsbanken import ENDPOINTS, ROWS, SYSTEM, lookups
from connections.wire.endpoint import Endpoint, endpoint_of
from reverse_etl.wire.outcome import check, read_back, record_in
from reverse_etl.wire.paths import moved, nest, replace
from reverse_etl.wire.system import Change, Stored, Traits

TRAITS = Traits(
    level="B",
    rereads=True,
    idempotent_create=False,
    reference_lookup=False,
    reads_by_list=True,
)

_OFFSET_DATES = ("StartDato", "FerdigDato", "BestillingsDato", "AvsluttetDato")
_OFFSET = re.compile(r"(?<=\d\d:\d\d)(:\d\d(?:\.\d+)?)(?:Z|[+-]\d\d:\d\d)$")


def read(http: Http, entity: str, record_id: str) -> Stored:
    """Read one record: a customer by its key, the others by a filter on Id."""
    name = f"{http.system}:{entity}:{record_id}"
    endpoint = _endpoint(entity)
    for path, params in lookups(entity, record_id):
        answer = http.get(path, params=params)
        check(answer, name)
        if rows := rows_in(answer, answer.json(), ROWS):
            record = record_in(rows[0], name, endpoint.named(record_id))
            return Stored(record_id, record, endpoint.changed_at(record))
    raise Gone(f"{name}: is not there any more. Nothing was written.")


def create(
    http: Http,
    entity: str,
    changes: Sequence[Change],
    *,
    write_id: str,
    source_key: str,
) -> Stored:
    """Stop the run: every entity of Tidsbanken is a source."""
    raise StopRun(
        f"{http.system}:{entity} for {source_key}: Lenke never creates in Tidsbanken. "
        "Nothing was sent; correct the flow that asks for it."
    )


def update(
    http: Http,
    entity: str,
    record_id: str,
    version: str | None,
    current: Stored | None,
    changes: Sequence[Change],
) -> Stored:
    """Put the record just read back with the members changed, and read it again."""
    name = f"{http.system}:{entity}:{record_id}"
    if entity == "avdeling":
        address = _endpoint(entity).address(record_id)
        answer = http.request("PATCH", address, json=nest(changes))
    else:
        newest = current or _unmoved(read(http, entity, record_id), changes, name)
        whole = _write_form(entity, replace(newest.record, changes))
        answer = http.request("PUT", _endpoint(entity).path, json=[whole])
    check(answer, name)
    return read_back(lambda: read(http, entity, record_id), record_id)


def delete(http: Http, entity: str, record_id: str, version: str | None) -> None:
    """Refuse: the API has no delete."""
    raise Refused(
        f"{http.system}:{entity}:{record_id}: Tidsbanken deletes nothing through its "
        "API. End the record there by its flags."
    )


def created_by(
    http: Http,
    entity: str,
    *,
    write_id: str,
    source_key: str,
    changes: Sequence[Change],
    sent_after: datetime,
) -> list[Stored]:
    """Nothing: Lenke never creates in Tidsbanken."""
    return []


def _endpoint(entity: str) -> Endpoint:
    return endpoint_of(SYSTEM, ENDPOINTS, entity)


def _unmoved(newest: Stored, changes: Sequence[Change], name: str) -> Stored:
    if paths := moved(newest.record, changes):
        raise Moved(
            f"{name}: {', '.join(paths)} changed after we decided. Nothing was "
            "written; the next run decides again."
        )
    return newest


def _write_form(entity: str, record: dict[str, Any]) -> dict[str, Any]:
    """Give a record as a PUT takes it: dates of a project without their offset."""
    if entity != "prosjekt":
        return record
    dates = {
        name: _OFFSET.sub(r"\1", record[name])
        for name in _OFFSET_DATES
        if isinstance(record.get(name), str)
    }
    return {**record, **dates}
