"""Write companies and organizations of Membercare; invoices and products are read only.

Guard       None. The push reads a record again just before.
Creates     None: every entity of Membercare is a source.
Empty       null (whether it clears is assumed).
Deletes     None: a company is closed, and leaves the list.
Writable    The members below. A company's `name` is derived: write `companyName`.
            E-mail addresses and phone numbers can be added, never changed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from connections.http.client import Http
from connections.http.errors import Refused, StopRun
from connections.membercare import ENDPOINTS, SYSTEM
from connections.wire.endpoint import Endpoint, endpoint_of
from reverse_etl.wire.outcome import check, echoed, read_back, record_in
from reverse_etl.wire.paths import names, nest
from reverse_etl.wire.system import Change, Stored, Traits

TRAITS = Traits(
    level="B", rereads=True, idempotent_create=False, reference_lookup=False
)

# What a PATCH takes, by the name that a GET shows; the vendor misspells one of them.
_WRITABLE = {
    "companies": {
        "companyName": "companyName",
        "companyName2": "companyName2",
        "externalId": "externalId",
        "einvoiceEan": "einvoiceEan",
        "einvoiceEmail": "einvoiceEmail",
        "financeType": "financeType",
        "dafualtPayerRule": "defaultPayerRule",
    },
    "organizations": {
        "name": "name",
        "name2": "name2",
        "membershipAllowed": "membershipAllowed",
        "boardMemberAllowed": "boardMemberAllowed",
        "webEnabled": "webEnabled",
    },
}


def read(http: Http, entity: str, record_id: str) -> Stored:
    """Read one record; a company that is closed is still there."""
    name = f"{http.system}:{entity}:{record_id}"
    answer = http.get(_endpoint(entity).address(record_id))
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
    """Stop the run: every entity of Membercare is a source."""
    raise StopRun(
        f"{http.system}:{entity} for {source_key}: Lenke never creates in Membercare. "
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
    """Change the members; Refused where the API cannot write one of them."""
    name = f"{http.system}:{entity}:{record_id}"
    patch = nest(_in_write_names(entity, changes, name))
    answer = http.request("PATCH", _endpoint(entity).address(record_id), json=patch)
    check(answer, name)
    if entity == "companies":  # answers 200 with an empty body
        return read_back(lambda: read(http, entity, record_id), record_id)
    return echoed(answer, lambda body: _stored(body, entity, record_id, name))


def delete(http: Http, entity: str, record_id: str, version: str | None) -> None:
    """Refuse: the API has no delete."""
    raise Refused(
        f"{http.system}:{entity}:{record_id}: Membercare deletes nothing through its "
        "API. Close the record there."
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
    """Nothing: Lenke never creates in Membercare."""
    return []


def _in_write_names(entity: str, changes: Sequence[Change], name: str) -> list[Change]:
    writable = _WRITABLE.get(entity, {})
    respelt = []
    for change in changes:
        member = names(change.json_path)
        if len(member) > 1 or member[0] not in writable:
            raise Refused(
                f"{name}: {change.json_path} is read-only in Membercare's API. Nothing "
                "was sent; let the property go forward only.",
                words="read-only",
            )
        respelt.append(replace(change, json_path=f"$.{writable[member[0]]}"))
    return respelt


def _endpoint(entity: str) -> Endpoint:
    return endpoint_of(SYSTEM, ENDPOINTS, entity)


def _stored(body: Any, entity: str, record_id: str, name: str) -> Stored:
    endpoint = _endpoint(entity)
    record = record_in(body, name, endpoint.named(record_id))
    return Stored(record_id=record_id, record=record, stamp=endpoint.changed_at(record))
