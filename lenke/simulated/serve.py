"""`lenke simulate`: simulated systems with an invented world, until Ctrl-C.

The world is built the first time and continued from then on, people's edits included.
"""

import shlex
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from connections.http.errors import ConfigurationError
from lenke.simulated.edit import examples
from simulators.faults.plan import Faults, fault_of
from simulators.kit.stage import (
    Stage,
    World,
    consecutive_ports,
    open_world,
    serve,
    without_rate_limits,
)
from simulators.kit.store import Store
from simulators.world.build import SIZES

FIRST_PORT = 8471
# Nobody counts calls here, so a connector need not wait for the contract's limits.
REQUESTS_PER_SECOND = 1000.0


def run_simulators(
    folder: Path,
    *,
    seed: int = 1,
    size: str = "small",
    ports: Mapping[str, int] | None = None,
    faults: Sequence[str] = (),
    out: Callable[[str], None] = print,
    stop: threading.Event | None = None,
    named: bool = True,
) -> None:
    """Serve the world in `folder` until `stop` is set or Ctrl-C is pressed.

    `out` gets the settings, as lines to paste into a shell. The ports are the same
    every time, from FIRST_PORT on; a system that `ports` leaves out gets a free one.
    `faults` are spelt as docs/faults.md has them. Commands that are shown name the
    folder when it is `named`: not the one that they find by themselves. Raises
    ConfigurationError for an unknown size or fault and for a port that is taken.
    """
    if size not in SIZES:
        raise ConfigurationError(f"size {size!r}: there are {', '.join(SIZES)}.")
    chosen = consecutive_ports(FIRST_PORT) if ports is None else ports
    with ExitStack() as opened:
        out(f"# Opening the systems in {folder} ...")
        store = Store(folder)
        opened.callback(store.close)
        world = open_world(
            store, seed=seed, size=SIZES[size], knobs=without_rate_limits()
        )
        befalling = _befalling(world, faults)
        try:
            stage = opened.enter_context(
                serve(world.simulators, chosen, requests_per_second=REQUESTS_PER_SECOND)
            )
        except OSError as error:
            raise ConfigurationError(
                f"No port for the simulators, who want {sorted(chosen.values())}: "
                f"{error}. Is another `lenke simulate` still there?"
            ) from error
        for line in _words(folder, world, stage, named):
            out(line)
        sys.stdout.flush()
        try:
            (stop or threading.Event()).wait()
        except KeyboardInterrupt:
            out("# Stopped. The same command goes on from here.")
        for name, times in befalling.reached.items():
            out(f"# {name} happened {times} times.")
        for name in befalling.missed:
            out(f"# {name} never happened.")


def _befalling(world: World, texts: Sequence[str]) -> Faults:
    """Have the systems fail as the texts say."""
    faults = Faults(world.simulators)
    try:
        faults.add(*(fault_of(text) for text in texts))
    except ValueError as error:
        raise ConfigurationError(f"--fault: {error}.") from None
    return faults


def _words(folder: Path, world: World, stage: Stage, named: bool) -> Iterator[str]:
    """Give the lines to paste, among others that a shell takes for comments."""
    counts, seed = world.summary.counts, world.summary.seed
    if counts:
        yield f"# A new world, of seed {seed}, in {folder}:"
        for system, entities in counts.items():
            amounts = ", ".join(f"{count} {name}" for name, count in entities.items())
            yield f"#   {system}: {amounts}"
    else:
        yield f"# The world of seed {seed} in {folder} goes on as it was left."
    yield "# Paste this where you run lenke:"
    for name, value in stage.environment.items():
        yield f"export {name}={shlex.quote(value)}"
    yield "# To act as a person there, meanwhile and in another shell:"
    for command in examples(folder if named else None, world.simulators):
        yield f"#   {command}"
    yield "# The systems answer until Ctrl-C."
