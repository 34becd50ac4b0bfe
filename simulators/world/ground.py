"""One system to put a world's records into."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from simulators.kit.core import Simulator
from simulators.kit.exact_json import Record


@dataclass(frozen=True)
class Ground:
    """A system, a function that moves its clock, and what was put in, by entity."""

    simulator: Simulator
    move_on: Callable[[], None]
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, entity: str, records: Iterable[Record]) -> list[Record]:
        """Insert records, as the people who work there do; give them as stored.

        The caller holds the transaction: one for each of them would take longer.
        """
        stored = []
        for record in records:
            self.move_on()
            stored.append(self.simulator.rules.insert(entity, record))
        self.counts[entity] += len(stored)
        return stored
