"""Let simulators fail as real systems do: where, how often, and whether they did.

    faults = Faults(simulators)
    faults.add(Fault("timeout_after", system, "update", "contacts", "17"))
    ...
    assert faults.reached[f"{system}:update:timeout_after"] == 1

A simulator knows nothing of this: it is done by hooks around its requests. `KINDS` has
every kind by its name; docs/faults.md says what each does on the wire.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from werkzeug.wrappers import Request, Response

from simulators.faults.answers import ANSWERS
from simulators.faults.fault import Fault as Fault
from simulators.faults.fault import Hit, Kind
from simulators.faults.lists import LISTS
from simulators.faults.refusals import REFUSALS
from simulators.faults.values import VALUES, with_body
from simulators.kit.clock import Clock, system_clock
from simulators.kit.core import Simulator
from simulators.kit.http import Refused
from simulators.kit.target import OPERATIONS, target_of
from simulators.kit.wire import Sleep

KINDS: Mapping[str, Kind] = {**ANSWERS, **LISTS, **VALUES, **REFUSALS}

_SPELT: Mapping[str, Callable[[str], Any]] = {
    "entity": str,
    "record_id": str,
    "member": str,
    "count": int,
    "skip": int,
    "seconds": float,
}
_MET = "lenke.faults_met"


@dataclass
class _Declared:
    """A fault, how much of it is left, and what it remembers."""

    fault: Fault
    to_skip: int
    left: float
    memory: dict[str, Any] = field(default_factory=dict)


class Faults:
    """The faults of some simulators, and how often each was reached.

    `reached_on` has the kind and the record, as `system:entity:id`, of those that met a
    known record. `clock` says when a late write is due, `sleep` passes the time of slow
    answers.
    """

    def __init__(
        self,
        simulators: Mapping[str, Simulator],
        *,
        clock: Clock = system_clock,
        sleep: Sleep = time.sleep,
    ) -> None:
        """Hook into the simulators; nothing fails until a fault is added."""
        self.reached: Counter[str] = Counter()
        self.reached_on: set[tuple[str, str]] = set()
        self._simulators = simulators
        self._clock = clock
        self._sleep = sleep
        self._declared: list[_Declared] = []
        self._waiting: list[tuple[datetime, Callable[[], object]]] = []
        self._lock = threading.RLock()
        for simulator in simulators.values():
            self._hook(simulator)

    def add(self, *faults: Fault) -> None:
        """Let these happen from now on; ValueError for one that there is not."""
        for fault in faults:
            _check(fault, self._simulators)
            left = float("inf") if fault.count is None else fault.count
            self._declared.append(_Declared(fault, fault.skip, left))

    def clear(self, *, but: Collection[str] = ()) -> None:
        """Let nothing fail any more, or only these kinds.

        Late writes still come, and what was reached stays.
        """
        self._declared = [each for each in self._declared if each.fault.kind in but]

    @property
    def missed(self) -> list[str]:
        """Name the faults that were added and have not happened."""
        return [
            each.fault.name
            for each in self._declared
            if not self.reached[each.fault.name]
        ]

    def catch_up(self) -> int:
        """Apply the late writes that are due, and say how many there were."""
        with self._lock:
            now = self._clock()
            due = [write for at, write in self._waiting if at <= now]
            self._waiting = [each for each in self._waiting if each[0] > now]
        for write in due:
            write()
        return len(due)

    def _hook(self, simulator: Simulator) -> None:
        def before(request: Request) -> Response | None:
            self.catch_up()
            met = request.environ[_MET] = self._met(simulator, request)
            for declared, hit in met:
                early = KINDS[hit.fault.kind].early
                if early is not None:
                    answer = self._happen(declared, hit, early)
                    if answer is not None:
                        request.environ[_MET] = []  # one answer, one fault
                        return answer
            return None

        def after(request: Request, response: Response) -> Response:
            for declared, hit in request.environ[_MET]:
                late = KINDS[hit.fault.kind].late
                if late is not None:
                    changed = self._happen(declared, hit, late, response)
                    if changed is not None and changed is not response:
                        return changed  # it stands for the whole answer
            return response

        simulator.before.insert(0, before)
        simulator.after.append(after)

    def _met(
        self, simulator: Simulator, request: Request
    ) -> list[tuple["_Declared", Hit]]:
        """Give the faults that a request meets; those that skip it count it."""
        if not self._declared:
            return []
        target = target_of(simulator, request)
        met = []
        with self._lock:
            for declared in self._declared:
                fault = declared.fault
                if fault.system != simulator.system or not fault.fits(target):
                    continue
                if declared.to_skip:
                    declared.to_skip -= 1
                    continue
                hit = Hit(
                    fault,
                    simulator,
                    request,
                    target,
                    self._clock,
                    self._sleep,
                    partial(self._later, simulator, request),
                    declared.memory,
                )
                met.append((declared, hit))
        return met

    def _happen(
        self,
        declared: "_Declared",
        hit: Hit,
        effect: Callable[..., Response | None],
        *given: Any,
    ) -> Response | None:
        """Let a fault have its effect if some of it is left; count it if it had one."""
        with self._lock:
            if declared.left <= 0:
                return None
            declared.left -= 1
        had_effect = True
        try:
            answer = effect(hit, *given)
            had_effect = answer is not None
        finally:
            with self._lock:
                declared.left += not had_effect
                self.reached[declared.fault.name] += had_effect
                if had_effect and hit.target.record_id is not None:
                    self.reached_on.add((declared.fault.kind, hit.record_key))
        return answer

    def _later(self, simulator: Simulator, request: Request, seconds: float) -> None:
        """Have a request applied later, whatever the caller does meanwhile."""
        kept = with_body(request, request.get_data())

        def apply() -> None:
            with suppress(Refused):
                simulator.handler(kept)

        self._waiting.append((self._clock() + timedelta(seconds=seconds), apply))


def fault_of(text: str) -> Fault:
    """Read a fault: `system:operation:kind`, then `name=value` as often as needed.

    Raises ValueError in words for a person.
    """
    place, given = text.split(":")[:3], text.split(":")[3:]
    if len(place) < 3:
        raise ValueError(f"{text!r}: write system:operation:kind")
    more: dict[str, Any] = {}
    for part in given:
        name, equals, value = part.partition("=")
        if name not in _SPELT or not equals:
            raise ValueError(
                f"{text!r}: {part!r} is none of {', '.join(_SPELT)}, each with =value"
            )
        try:
            more[name] = None if part == "count=all" else _SPELT[name](value)
        except ValueError:
            raise ValueError(f"{text!r}: {part!r} is no number") from None
    system, operation, kind = place
    return Fault(kind, system, operation, **more)


def _check(fault: Fault, simulators: Mapping[str, Simulator]) -> None:
    for what, name, known in (
        ("kind of fault", fault.kind, KINDS),
        ("system", fault.system, simulators),
        ("operation", fault.operation, ("any", *OPERATIONS)),
    ):
        if name not in known:
            raise ValueError(f"no {what} {name!r}; there are: {', '.join(known)}")
    needs = KINDS[fault.kind].needs
    if needs is not None and getattr(fault, needs) is None:
        raise ValueError(f"{fault.name} needs its {needs}")
    entities = simulators[fault.system].database.entities
    if fault.entity is not None and fault.entity not in entities:
        raise ValueError(
            f"{fault.system} has no {fault.entity!r}; it has: {', '.join(entities)}"
        )
