"""The time of a run: never earlier than what an earlier run has written down.

All that was read or written is compared by this one clock: a record that is read
earlier than the newest listing would count as not listed. So when the clock was ahead
once and is right again, runs go on from the newest time that is known.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from connections.http.errors import StopRun
from connections.machine.database import connect
from ledger.ledger import open_ledger
from lenke.home.places import Home
from lenke.run.surroundings import Surroundings

_MOST = timedelta(days=1)
_WORTH_A_WORD = timedelta(minutes=1)
_TICK = timedelta(seconds=1)

_IN_THE_LEDGER = """
select max(known_at) from (
    select max(greatest(started_at, finished_at)) as known_at from ledger.runs
    union all
    select max(event_at) from ledger.writes
)
"""
_IN_THE_WAREHOUSE = """
select timezone('UTC', max(known_at)) from (
    select max(greatest(started_at, finished_at)) as known_at from raw.listings
    union all
    select max(read_at) from raw.single_reads
)
"""


@contextmanager
def in_step(home: Home, around: Surroundings) -> Iterator[Surroundings]:
    """Give surroundings whose clock is not behind the ledger and the listings.

    Raises StopRun when it is behind by more than a day. Nobody else may have the
    ledger or the warehouse open.
    """
    newest, now = _newest(home, around), around.clock()
    if newest is None or now > newest:
        yield around
        return
    behind = newest - now
    if behind > _MOST:
        raise StopRun(
            f"The clock says {_words(now)}, but an earlier run has written down "
            f"{_words(newest)}: it is behind by {_long(behind)}. Nothing was read or "
            "sent, because new edits would count as older than what is known. Set the "
            "clock right. If it is right and was wrong then, wait until that time, or "
            f"restore a {home.ledger.name} from before that run, delete "
            f"{home.warehouse.name}, and run `lenke sync`: it says how to go on."
        )
    warnings = around.warnings
    if behind >= _WORTH_A_WORD:
        words = (
            f"The clock went back: it says {_words(now)}, but an earlier run has "
            f"written down {_words(newest)}. This run went on from there, "
            f"{_long(behind)} ahead. Look at the clock (NTP); if it is right now, "
            "nothing has to be done, and this ends by itself at that time."
        )
        around.on_stage(words)
        warnings = (*warnings, words)
    ahead = behind + _TICK
    yield replace(around, clock=lambda: around.clock() + ahead, warnings=warnings)


def _newest(home: Home, around: Surroundings) -> datetime | None:
    found = [_in_the_warehouse(home.warehouse)]
    if home.ledger.exists():
        with open_ledger(home.ledger, around.clock, beside=home.warehouse) as ledger:
            [(known_at,)] = ledger.fetch(_IN_THE_LEDGER)
            found.append(known_at)
    known = [each.replace(tzinfo=UTC) for each in found if each is not None]
    return max(known, default=None)


def _in_the_warehouse(path: Path) -> datetime | None:
    with connect(path) as warehouse:
        try:
            row = warehouse.execute(_IN_THE_WAREHOUSE).fetchone()
        except duckdb.CatalogException:  # nothing was read yet
            return None
    return None if row is None else row[0]


def _words(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _long(time: timedelta) -> str:
    return str(timedelta(seconds=round(time.total_seconds())))
