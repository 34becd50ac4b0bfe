"""A system to write to: its simulator, and a session with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from werkzeug.wrappers import Request, Response

from connections.http.client import Http
from reverse_etl.wire.system import Change
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator

START = datetime(2025, 3, 3, 8, 14, 5, 420000, tzinfo=UTC)


@dataclass(frozen=True)
class Meeting:
    """A system as its people see it (`simulator`) and as we reach it (`http`)."""

    simulator: Simulator
    http: Http
    clock: VirtualClock

    def stored(self, entity: str, record_id: str) -> dict[str, Any]:
        """Give a record as it stands in the system."""
        record = self.simulator.get(entity, record_id)
        assert record is not None
        return record

    def answer_next(
        self, method: str, answer: Callable[[Request], Response | None]
    ) -> None:
        """Let `answer` stand in for the system once, at the next such request.

        When it gives None, the system answers after all.
        """

        def before(request: Request) -> Response | None:
            if request.method != method:
                return None
            self.simulator.before.remove(before)
            return answer(request)

        self.simulator.before.append(before)


def change(json_path: str, after: Any, *before: Any) -> Change:
    """Give a change to `after`; without a `before`, that one is not known."""
    return Change(json_path, before[0] if before else None, bool(before), after)
