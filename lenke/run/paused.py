"""A system that a person has paused: it is not even asked."""

from dataclasses import replace

from ledger.ledger import Ledger
from lenke.people.pauses import pauses
from lenke.run.surroundings import Sessions


def without_paused(ledger: Ledger, opened: Sessions) -> Sessions:
    """Give the sessions without those with systems that a person has paused."""
    paused = pauses(ledger)
    return replace(
        opened,
        http={k: v for k, v in opened.http.items() if k not in paused},
        systems={k: v for k, v in opened.systems.items() if k not in paused},
        failed={k: v for k, v in opened.failed.items() if k not in paused},
        resting={k: v for k, v in opened.resting.items() if k not in paused},
    )
