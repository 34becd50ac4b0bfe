"""A fault as data, and what an effect gets to see of the request that meets it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Request, Response

from simulators.kit.clock import Clock
from simulators.kit.core import Simulator
from simulators.kit.target import Target
from simulators.kit.wire import Sleep


@dataclass(frozen=True)
class Fault:
    """What goes wrong, where and how often.

    `operation` is one of `kit.target.OPERATIONS` or `any`. Of the requests that fit the
    first `skip` pass, then `count` are hit (None: all). `member` names the one member
    that is concerned, where a kind changes values. `seconds` is how long an answer
    takes, or when a late write is applied. `action` is what a person does.
    """

    kind: str
    system: str
    operation: str = "any"
    entity: str | None = None
    record_id: str | None = None
    count: int | None = 1
    skip: int = 0
    member: str | None = None
    seconds: float | None = None
    action: Callable[[], object] | None = None

    @property
    def name(self) -> str:
        """Name it, e.g. `system:update:timeout_after`."""
        return f"{self.system}:{self.operation}:{self.kind}"

    def fits(self, target: Target) -> bool:
        """Say whether a request is one that it concerns.

        A list shows every record, so a fault of one record concerns it, too.
        """
        return (
            self.operation in ("any", target.operation)
            and (target.operation != "sign_in" or self.operation == "sign_in")
            and self.entity in (None, target.entity)
            and (
                self.record_id in (None, target.record_id) or target.operation == "list"
            )
        )


@dataclass
class Hit:
    """A request that meets a fault.

    `memory` belongs to the fault and outlives the request. `later(seconds)` has the
    request applied so much later.
    """

    fault: Fault
    simulator: Simulator
    request: Request
    target: Target
    clock: Clock
    sleep: Sleep
    later: Callable[[float], None]
    memory: dict[str, Any] = field(default_factory=dict)

    @property
    def record_key(self) -> str:
        """The record that the request is about, as `system:entity:id`."""
        target = self.target
        return f"{self.simulator.system}:{target.entity}:{target.record_id}"

    def apply(self, request: Request | None = None) -> Response:
        """Have the system answer, the request itself or another in its place."""
        return self.simulator.handler(request or self.request)


# An effect gives the answer that the caller gets, raises Lost, or gives None when it
# had nothing to change: then the fault was not reached.
Early = Callable[[Hit], Response | None]
Late = Callable[[Hit, Response], Response | None]


@dataclass(frozen=True)
class Kind:
    """A kind of fault: `early` before the system sees the request, `late` after.

    `needs` names a part of a fault that this kind cannot do without.
    """

    early: Early | None = None
    late: Late | None = None
    needs: str | None = None
