"""How a write ended."""

from dataclasses import dataclass

from connections.http.errors import Refused
from reverse_etl.push.plan import PlannedChange
from reverse_etl.wire.system import Stored


@dataclass(frozen=True)
class Outcome:
    """How a write ended: `kind` is its operation when it was done, else why it wasn't.

    `record_id` is that of a created record, `stored` what a done write left. `then` are
    the parts of a refused write that can be sent without the rest. `partly_refused`: it
    was done, but for values that the system refused. `system_stopped` says why nothing
    more can be sent to this system; `refusal` is what it said to this write alone.
    """

    kind: str
    record_id: str | None = None
    system_stopped: str | None = None
    stored: Stored | None = None
    then: tuple[tuple[PlannedChange, ...], ...] = ()
    partly_refused: bool = False
    refusal: Refused | None = None
