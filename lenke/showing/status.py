"""What stands: what a person should know of the last runs, whenever they ask.

It is read from inspection.duckdb, and from the ledger while no run has that; nothing is
written, and no run is kept from beginning.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb

from ledger.file import LedgerInUse, LedgerUnreadable, connected
from lenke.home.places import Home
from lenke.people.refusals import are_published
from lenke.run.report import DONE, PARTLY_DONE, STOPPED_BY_ERROR, STOPPED_BY_GUARD
from lenke.run.running import Running, nobody_runs, told
from lenke.showing import look
from lenke.showing.questions import SHORT_ID
from lenke.showing.resting import paused

_GUARDED = (
    "system_rests",
    "another_tenant",
    "property_rests",
    "mass_change",
    "recovery",
)
_OUT = ("system_not_read", "entity_not_granted")

_FINDINGS = """
select kind, record_key, message, next_step
from inspection.findings
where list_contains($kinds, kind)
order by kind, record_key, property
"""

_REFUSED = f"""
select
    record_key,
    system || ' refused to ' || operation || ' ' || properties || ': ' || words,
    'Correct the value; or say that it may stay so: lenke findings acknowledge '
    || left(refusal_id, {SHORT_ID})
from inspection.refusals
where acknowledged_at is null
order by record_key, properties
"""  # noqa: S608 - a number of ours

# Runs that came to their end: not stopped, if a system or a property of one did rest.
_RUNS = """
select
    run_id, command, started_at, finished_at, outcome, exit_code, summary,
    coalesce(
        exit_code in (0, 3) or outcome in ('system rests', 'property rests'), false
    ) as is_success
from {runs}
order by run_number desc
"""

_OPEN = """
with settled as (
    select distinct write_id from ledger.writes
    where event = 'receipt' and status not in ('unknown', 'held')
)
select system_name, count(*) from ledger.writes
where event = 'intent' and write_id not in (select write_id from settled)
group by system_name
order by system_name
"""

_OPEN_AS_PUBLISHED = """
select system, count(*) from inspection.writes
where status in ('open', 'unknown', 'held')
group by system
order by system
"""


@dataclass(frozen=True)
class Standing:
    """Something that stands: of which kind, about what, in words, and what to do.

    `exit_code` is what it makes of a check: 3 or 4.
    """

    kind: str
    about: str
    words: str
    next_step: str
    exit_code: int


@dataclass(frozen=True)
class Status:
    """What stands, which run is active, which one died, and the last that succeeded.

    `open_writes` counts, per system, writes without a clear answer; `paused` says in
    words what rests because a person has said so. `has_run` is false where no run has
    begun yet.
    """

    stands: Sequence[Standing]
    active: Running | None
    died: Running | None
    open_writes: dict[str, int]
    last_success: dict[str, Any] | None
    has_run: bool
    paused: Sequence[str] = ()

    def exit_code(self, now: datetime, max_age: timedelta | None) -> int:
        """Give what a check ends with: too old (1) outranks what was seen by then."""
        if self.last_success is None:
            return STOPPED_BY_ERROR
        if max_age is not None and now - self.last_success["finished_at"] > max_age:
            return STOPPED_BY_ERROR
        return max((each.exit_code for each in self.stands), default=DONE)

    def as_json(self) -> dict[str, Any]:
        """Give the members of the object that `--json` prints."""
        return {
            "stands": [asdict(each) for each in self.stands],
            "active": self.active and asdict(self.active),
            "died": self.died and asdict(self.died),
            "open_writes": self.open_writes,
            "paused": list(self.paused),
            "last_success": self.last_success,
        }


def utc_now() -> datetime:
    """Give the time as the ledger keeps it: UTC, without saying so."""
    return datetime.now(UTC).replace(tzinfo=None)


def status(home: Home) -> Status:
    """Look at what stands; also while a run is active, and where none ever was."""
    stands: list[Standing] = []
    runs: list[dict[str, Any]] | None = None
    open_writes: dict[str, int] = {}
    with nobody_runs(home) as is_free:
        running = told(home)
        if is_free and home.ledger.exists():
            try:
                runs, open_writes = _of_ledger(home)
            except LedgerInUse:  # a person has it open: what is published has to do
                runs = None
            except LedgerUnreadable as error:
                stands.append(_unreadable(error))
    is_published = home.inspection.exists()
    if is_published:
        stands += _standing(home)
        if runs is None:
            shown = look.ask(home, _RUNS.format(runs="inspection.runs"))
            runs = [dict(zip(shown.columns, row, strict=True)) for row in shown.rows]
            open_writes = dict(look.ask(home, _OPEN_AS_PUBLISHED).rows)
    runs = runs or []
    stands += _left_out(runs, stands)
    return Status(
        stands,
        active=None if is_free else running or _UNNAMED,
        died=(running or _unfinished(runs)) if is_free else None,
        open_writes=open_writes,
        last_success=next((_shown(run) for run in runs if run["is_success"]), None),
        has_run=is_published or bool(runs) or not is_free,
        paused=paused(home) if is_published else (),
    )


# The lock is held, and whoever holds it has not said yet what it is.
_UNNAMED = Running("", "", 0, "", "")


def _of_ledger(home: Home) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Give the runs, newest first, and the number of open writes per system."""
    with connected(home.ledger, read_only=True) as connection:
        try:
            answer = connection.execute(_RUNS.format(runs="ledger.runs"))
            names = [column[0] for column in answer.description or ()]
            runs = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
            return runs, dict(connection.execute(_OPEN).fetchall())
        except duckdb.Error as error:
            raise LedgerUnreadable(f"The ledger {home.ledger}: {error}") from error


def _standing(home: Home) -> list[Standing]:
    """Give what the newest published tables say."""
    found = [
        Standing(kind, about, words, next_step, exit_code)
        for kinds, exit_code in ((_GUARDED, STOPPED_BY_GUARD), (_OUT, PARTLY_DONE))
        for kind, about, words, next_step in look.ask(
            home, _FINDINGS, kinds=list(kinds)
        ).rows
    ]
    if are_published(home):  # an older Lenke has published none
        found += [
            Standing("refused", about, words, next_step, PARTLY_DONE)
            for about, words, next_step in look.ask(home, _REFUSED).rows
        ]
    return found


def _left_out(
    runs: Sequence[dict[str, Any]], stands: Sequence[Standing]
) -> list[Standing]:
    """Give the systems that were out in the newest run, and that no finding names."""
    newest = next((run for run in runs if run["finished_at"]), None)
    if newest is None or not newest["summary"]:
        return []
    unreachable = json.loads(newest["summary"]).get("unreachable", {})
    named = {each.about for each in stands}
    return [
        Standing(
            "system_left_out",
            system,
            words,
            "Run lenke doctor; the next sync tries again.",
            PARTLY_DONE,
        )
        for system, words in sorted(unreachable.items())
        if system not in named
    ]


def _unfinished(runs: Sequence[dict[str, Any]]) -> Running | None:
    """Give the newest run when it never came to an end, though nothing is active."""
    if not runs or runs[0]["finished_at"] is not None:
        return None
    run = runs[0]
    since = run["started_at"].isoformat(" ", "seconds")
    return Running(run["command"], run["run_id"], 0, "", since)


def _shown(run: dict[str, Any]) -> dict[str, Any]:
    names = ("run_id", "command", "started_at", "finished_at", "outcome", "exit_code")
    return {name: run[name] for name in names}


def _unreadable(error: LedgerUnreadable) -> Standing:
    return Standing(
        "ledger_unreadable",
        "ledger",
        (str(error).splitlines() or [""])[0],
        "Restore its newest backup: lenke restore.",
        STOPPED_BY_GUARD,
    )
