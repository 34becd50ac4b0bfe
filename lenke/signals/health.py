"""How an installation is after a run: what alerts and numbers are made of.

It is what `lenke status` says, and how the run ended. No record is named: an alert
goes through other people's servers.
"""

from dataclasses import dataclass
from datetime import datetime

from lenke.home.places import Home
from lenke.run.report import (
    PARTLY_DONE,
    STOPPED_BY_ERROR,
    STOPPED_BY_GUARD,
    WRONG_USAGE,
    RunReport,
)
from lenke.showing.status import Standing, Status, status

# What stands of a single record is told as a number of them.
_OF_RECORDS = "refused"

_ENDS = {
    STOPPED_BY_ERROR: "A run was stopped by an error",
    WRONG_USAGE: "A run could not begin",
    STOPPED_BY_GUARD: "A run was stopped by a guard",
}


@dataclass(frozen=True)
class Ended:
    """How a run ended: of an error `words` are its words, else `report` is there."""

    exit_code: int
    ended_at: datetime
    words: str = ""
    report: RunReport | None = None


@dataclass(frozen=True)
class Trouble:
    """Something that a person should look at: `key` says that it is the same one."""

    key: str
    words: str
    next_step: str


def look(home: Home, ended: Ended) -> tuple[Status, list[Trouble]]:
    """Give what stands after a run, and what of it is trouble, the worst first."""
    stands = status(home)
    return stands, _troubles(ended, stands)


def _troubles(ended: Ended, stands: Status) -> list[Trouble]:
    found = []
    ending = _ENDS.get(ended.exit_code)
    guarded = [each for each in stands.stands if each.exit_code == STOPPED_BY_GUARD]
    if ending and not (ended.exit_code == STOPPED_BY_GUARD and guarded):
        found.append(
            Trouble(
                f"exit {ended.exit_code}",
                f"{ending}: {ended.words}" if ended.words else f"{ending}.",
                "lenke doctor",
            )
        )
    singly = [each for each in stands.stands if each.kind != _OF_RECORDS]
    found += [_of(each) for each in singly]
    refused = len(stands.stands) - len(singly)
    if refused:
        found.append(
            Trouble(
                _OF_RECORDS,
                f"{refused} refused writes wait for a person.",
                "lenke findings",
            )
        )
    if ended.exit_code == PARTLY_DONE and not found:
        found.append(
            Trouble("exit 3", "A run was done in part only.", "lenke status --check")
        )
    return found


def _of(standing: Standing) -> Trouble:
    return Trouble(
        f"{standing.kind} {standing.about}",
        f"{standing.kind}: {standing.about}: {standing.words}",
        standing.next_step,
    )
