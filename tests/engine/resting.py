"""People have something rest for a while, and let it take part again."""

import random
from typing import TYPE_CHECKING

from ledger.ledger import open_ledger
from lenke.people.pauses import Resting, pause, pauses, resume
from tests.engine.seeds import flows

if TYPE_CHECKING:
    from tests.engine.engine import Engine

# A source that rests has nothing to be compared with, so mostly targets do.
_SYSTEMS = ("powerofficego", "crmoffice", "customwebshop", "custompms", "membercare")


def somebody_pauses(world: "Engine", seed: int) -> None:
    """Have some records, a flow, or a system rest, for a while or for good."""
    if not world.home.ledger.exists() or world.is_restored:
        return
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    linked = sorted({key for _, *pair in world.links() for key in pair})
    chosen = [
        Resting("record", key) for key in chance.sample(linked, min(4, len(linked)))
    ]
    if seed % 3 == 1:
        chosen = [Resting("flow", chance.choice(sorted(flows())))]
    if seed % 3 == 2:
        chosen = [Resting("system", chance.choice(_SYSTEMS))]
    with open_ledger(world.home.ledger, world.clock) as ledger:
        for each in chosen:
            pause(ledger, each, chance.choice((None, "5m", "30h")), None)
            world.paused += 1


def everything_takes_part_again(world: "Engine", seed: int) -> None:
    """Resume what is paused."""
    if not world.home.ledger.exists():
        return
    with open_ledger(world.home.ledger, world.clock) as ledger:
        for name in pauses(ledger):
            kind = "record" if ":" in name else "flow" if "__" in name else "system"
            resume(ledger, Resting(kind, name), None)
