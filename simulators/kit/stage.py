"""Open every simulator that there is, with a world in them, and serve them all.

    simulators = open_world(Store(folder), seed=1, size=SMALL).simulators
    with serve(simulators) as stage:
        os.environ.update(stage.environment)

A system is a file of `simulators/` itself: a module with
`simulate(store, knobs, clock)` and `DEFAULTS`, its knobs as the contract has them.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from simulators.kit import server
from simulators.kit.clock import Clock, VirtualClock, system_clock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.world.build import Size, WorldSummary, build_world

BUILT_AT = datetime(2026, 1, 5, 7, 30, tzinfo=UTC)

_FOLDER = Path(__file__).parents[1]
_LIMITS = "rate_limit_per_"

Knobs = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Stage:
    """Simulators that answer over HTTP: where, and what a caller needs to know.

    `base_urls` is system -> origin, `settings` is system -> setting -> value.
    """

    base_urls: Mapping[str, str]
    settings: Mapping[str, Mapping[str, str]]

    @property
    def environment(self) -> dict[str, str]:
        """Give the settings as environment variables: SOURCES__SYSTEM__BASE_URL."""
        return {
            f"SOURCES__{system}__{name}".upper(): value
            for system, settings in self.settings.items()
            for name, value in settings.items()
        }


@dataclass(frozen=True)
class World:
    """Simulators, and what was put into them just now: nothing when they had it."""

    simulators: Mapping[str, Simulator]
    summary: WorldSummary


def systems() -> tuple[str, ...]:
    """Name the systems that can be simulated, in alphabetical order."""
    names = (path.stem for path in _FOLDER.glob("*.py"))
    return tuple(sorted(name for name in names if not name.startswith("_")))


def open_simulators(
    place: Path | Store | None = None,
    *,
    clock: Clock = system_clock,
    knobs: Knobs | None = None,
) -> dict[str, Simulator]:
    """Give every system's simulator by its name, each with a database of its own.

    They are files in the folder `place`, which go on where they were left; without a
    folder they live in memory. Hand in a Store to be able to close it. `knobs` is
    system -> knob -> value, for what is not to be as the contract has it. Raises
    ValueError for an unknown system or knob.
    """
    chosen = knobs or {}
    unknown = chosen.keys() - set(systems())
    if unknown:
        raise ValueError(f"no such system: {', '.join(sorted(unknown))}")
    with_knobs = {name: _knobs(name, chosen.get(name, {})) for name in systems()}
    store = place if isinstance(place, Store) else Store(place)
    return {
        name: _module(name).simulate(store, set_knobs, clock)
        for name, set_knobs in with_knobs.items()
    }


def open_world(
    store: Store,
    *,
    seed: int,
    size: Size,
    clock: Clock = system_clock,
    knobs: Knobs | None = None,
) -> World:
    """Give simulators with a world in them, which is built when there is none yet.

    It is built as of `BUILT_AT`, so that the same seed gives the same world byte for
    byte on every day.
    """
    past = VirtualClock(min(BUILT_AT, clock()))
    before = open_simulators(store, clock=past, knobs=knobs)
    summary = build_world(before, seed=seed, size=size, clock=past)
    return World(open_simulators(store, clock=clock, knobs=knobs), summary)


def without_rate_limits() -> dict[str, dict[str, int]]:
    """Give the knobs that let everybody call as often as they like.

    With the limits of the contracts a first sync takes minutes, most of them waiting.
    Callers keep to the limits that they know: tell them, too (`requests_per_second`).
    """
    return {
        name: {
            knob.name: 0
            for knob in fields(_module(name).DEFAULTS)
            if knob.name.startswith(_LIMITS)
        }
        for name in systems()
    }


@contextmanager
def serve(
    simulators: Mapping[str, Simulator],
    ports: Mapping[str, int] | None = None,
    *,
    requests_per_second: float | None = None,
) -> Iterator[Stage]:
    """Serve over HTTP on this machine until the block ends.

    A system without a port in `ports` gets a free one. `requests_per_second` becomes a
    setting of every system. Raises OSError when a given port is taken.
    """
    extra: dict[str, str] = {}
    if requests_per_second is not None:
        extra["requests_per_second"] = f"{requests_per_second:g}"
    with server.serve(list(simulators.values()), ports) as base_urls:
        settings = {
            system: {**simulators[system].settings(base_url), **extra}
            for system, base_url in base_urls.items()
        }
        yield Stage(base_urls, settings)


def consecutive_ports(first: int) -> dict[str, int]:
    """Give each system a port, in alphabetical order: the same ones every time."""
    return {system: first + place for place, system in enumerate(systems())}


def _module(system: str) -> Any:
    return import_module(f"simulators.{system}")


def _knobs(system: str, changes: Mapping[str, Any]) -> Any:
    defaults = _module(system).DEFAULTS
    known = [knob.name for knob in fields(defaults)]
    unknown = sorted(changes.keys() - set(known))
    if unknown:
        raise ValueError(
            f"{system} has no knob {', '.join(unknown)}; it has: {', '.join(known)}"
        )
    return replace(defaults, **changes)
