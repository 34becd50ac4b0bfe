"""The real simulators in a process of their own, and people who edit in them.

    python -m bench.simulated build FOLDER SIZE
    python -m bench.simulated serve FOLDER
    python -m bench.simulated edit FOLDER COUNT ROUND

`serve` prints the settings as one JSON object, and answers until stdin ends. `edit` has
people change one value in each of COUNT records, in four systems; another ROUND writes
other values. It says how many records there are.
"""

import json
import sys
from contextlib import closing
from pathlib import Path

from simulators.kit.core import Simulator
from simulators.kit.stage import open_simulators, open_world, serve, without_rate_limits
from simulators.kit.store import Store
from simulators.world.size import SIZES

SEED = 7  # the demo's
_REQUESTS_PER_SECOND = 5000.0

# Who edits what: the share of all edits, and a value for an edit's number.
_EDITS = (
    ("tidsbanken", "kunde", "Telefon", 0.25, "+479{:07}"),
    ("tidsbanken", "ansatt", "Etternavn", 0.25, "Nygift-{}"),
    ("crmoffice", "contacts", "mobilePhone", 0.25, "+474{:07}"),
    ("custompms", "project", "name", 0.25, "Omdøpt {}"),
)


def build(folder: Path, size: str) -> None:
    """Build a world of the simulators in a folder."""
    with closing(Store(folder)) as store:
        open_world(store, seed=SEED, size=SIZES[size], knobs=without_rate_limits())


def answer(folder: Path) -> None:
    """Serve the world of a folder until stdin ends."""
    with closing(Store(folder)) as store:
        simulators = open_simulators(store, knobs=without_rate_limits())
        with serve(simulators, requests_per_second=_REQUESTS_PER_SECOND) as stage:
            print(json.dumps(stage.environment), flush=True)
            sys.stdin.read()


def edit(folder: Path, count: int, round_number: int) -> int:
    """Edit that many records, the newest ones of each list; give how many.

    Those that a system had before it met the others may be nobody's partner.
    """
    edited = 0
    with closing(Store(folder)) as store:
        simulators = open_simulators(store, knobs=without_rate_limits())
        for system, entity, member, share, form in _EDITS:
            simulator = simulators[system]
            with simulator.database.transaction():
                for place, key in enumerate(_keys(simulator, entity, count * share)):
                    value = form.format(1_000_000 + 10_000 * round_number + place)
                    simulator.edit(entity, key, {member: value})
                    edited += 1
    return edited


def _keys(simulator: Simulator, entity: str, count: float) -> list[str]:
    rows = simulator.database.fetch(
        f'select key from "{entity}" order by length(key) desc, key desc limit ?',
        (round(count),),
    )
    return [str(key) for (key,) in rows]


def main() -> None:
    """Do what the arguments say."""
    what, folder, *rest = sys.argv[1:]
    if what == "build":
        build(Path(folder), rest[0])
    elif what == "serve":
        answer(Path(folder))
    elif what == "edit":
        print(edit(Path(folder), int(rest[0]), int(rest[1])))
    else:
        sys.exit(str(__doc__))


if __name__ == "__main__":
    main()
