"""What every system offers to the push, and the things that go to and fro.

A file of `reverse_etl/` itself is a system: its plain functions satisfy `System`. Ids
are text, as in a record key. All functions raise `SystemStopped` (Unreachable,
SignInRefused, ContractChanged) when the system is out, `SkipRecord` (Moved, Gone,
Refused) when it will not have this record now, and writes raise `Unsure` when nobody
knows whether they were applied.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from connections.http.client import Http

Level = Literal["A", "B", "C"]


@dataclass(frozen=True)
class Change:
    """One member to write.

    `json_path` is the member's place in the record (`$.billingAddress.line1`).
    `before` is the JSON value that the merge saw, if `before_known`; `after` is what to
    write, spelt as the system spells it. Numbers are int or Decimal.
    """

    json_path: str
    before: Any
    before_known: bool
    after: Any


@dataclass(frozen=True)
class Stored:
    """A record as its system holds it.

    `record` is verbatim and may hold national identity numbers: pick the mapped
    members from it, never keep the whole. `stamp` is the true time of its last change
    (naive UTC), None where the system tells none. `version` is what If-Match needs.
    `adopted`: a create found this record in its place, it may hold other values.
    `read_back` is False when it was written but could not be read afterwards: `record`
    is empty then, and the next listing tells what was stored. `created` is the true
    time at which it was made, where the system tells it. `differs` names the members
    (JSON paths) that are not as an unsettled create sent them. `guarded` is False when
    it was written without the guard that the system is said to have.
    """

    record_id: str
    record: dict[str, Any] = field(repr=False)
    stamp: datetime | None = None
    version: str | None = None
    adopted: bool = False
    read_back: bool = True
    created: datetime | None = None
    differs: tuple[str, ...] = ()
    guarded: bool = True


@dataclass(frozen=True)
class Traits:
    """What a system's API can do about lost updates and doubled records.

    `level` A: conditional writes and idempotent creates. B: a guard or a unique
    reference. C: neither. `rereads`: the record must be read again just before it is
    written. `idempotent_create`: the same create may be sent again within a day.
    `reference_lookup`: `created_by` finds by a unique reference, not by likeness.
    `reads_by_list`: one record is read by a filter on the list, which may be old.
    """

    level: Level
    rereads: bool
    idempotent_create: bool
    reference_lookup: bool
    reads_by_list: bool = False


class System(Protocol):
    """One system, as the push meets it."""

    TRAITS: Traits

    def read(self, http: Http, entity: str, record_id: str) -> Stored:
        """Read one record; Gone when it is not there or bears the mark of a delete."""

    def create(
        self,
        http: Http,
        entity: str,
        changes: Sequence[Change],
        *,
        write_id: str,
        source_key: str,
    ) -> Stored:
        """Create a record for `source_key`; `write_id` is the key of this intent."""

    def update(
        self,
        http: Http,
        entity: str,
        record_id: str,
        version: str | None,
        current: Stored | None,
        changes: Sequence[Change],
    ) -> Stored:
        """Change the given members alone and give what is stored afterwards.

        `version` is the one that the merge saw; `current` is the record as read just
        before, for systems that must be read again.
        """

    def delete(
        self, http: Http, entity: str, record_id: str, version: str | None
    ) -> None:
        """Delete a record; one that is gone already is fine."""

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
        """Find what an unsettled create may have made.

        `sent_after` (naive UTC) is when its intent was written. Gone when it was made
        and deleted since. Where there is no reference to find it by, records of which a
        part differs are given too (`differs`): somebody may have changed one since.
        """
