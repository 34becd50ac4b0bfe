"""Who wins in the world of a seed: sometimes the source, a target, or nobody yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from tests.planner import seeds

CHOICES = ("newest", "newest", "source", "target", "ask")


@dataclass(frozen=True)
class Precedence:
    """Whose edit of a property wins; `flow` is the target's, where one does."""

    on_conflict: str
    flow: str | None


@cache
def precedence(seed: int) -> Mapping[tuple[str, str], Precedence]:
    """Give who wins by `system:entity` of the source and property, but for the newest.

    Properties of a group share it.
    """
    random = Random(seed)  # noqa: S311 - reproducible on purpose
    units: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for side in seeds.sides():
        one = side.spelling
        if side.is_source and one.direction == "both":
            end = seeds.flows()[side.flow].source
            units.setdefault((end, one.unit), []).append((side.flow, one.property))
    found = {}
    for (end, _), rows in sorted(units.items()):
        choice = random.choice(CHOICES)
        flow = random.choice(sorted({flow for flow, _ in rows}))
        for _, name in rows:
            if choice != "newest":
                target = flow if choice == "target" else None
                found[end, name] = Precedence(choice, target)
    return found


def statements(seed: int) -> Iterator[str]:
    """Give the SQL that writes it into the seeds."""
    for (end, name), one in precedence(seed).items():
        for flow in seeds.flows().values():
            if flow.source == end and one.flow in (None, flow.name):
                yield (
                    "update seeds.property_mappings "
                    f"set on_conflict = '{one.on_conflict}' where direction = 'both' "
                    f"and flow = '{flow.name}' and source_property = '{name}'"
                )
