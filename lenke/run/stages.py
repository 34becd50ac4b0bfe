"""The stages of a run, each noting in the report what it did and how long it took."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from connections.http.errors import LenkeError
from connections.machine import crash_points
from connections.machine.database import connect
from connections.private.records import hash_key
from connections.settings.read import LenkeSettings
from connections.settings.tenant import in_one
from ledger.ledger import open_ledger
from lenke.home.disk import check_room
from lenke.home.hash_key import is_short
from lenke.home.places import Home
from lenke.run import dbt
from lenke.run.confirm import confirm
from lenke.run.defect import in_words
from lenke.run.guards import StoppedByGuard
from lenke.run.publish import publish
from lenke.run.report import (
    PARTLY_DONE,
    STOPPED_BY_ERROR,
    STOPPED_BY_GUARD,
    Planned,
    RunReport,
)
from lenke.run.surroundings import Sessions, Surroundings
from loaders.run.load import load as read_all


def load(
    home: Home,
    opened: Sessions,
    settings: LenkeSettings,
    full: bool,
    report: RunReport,
    around: Surroundings,
) -> None:
    """Read every configured system; one that fails is noted, the others go on."""
    around.on_stage("Reading the systems")
    lock = threading.Lock()
    read = 0

    def count(_system: str, _entity: str, records: int) -> None:
        nonlocal read
        check_room(home, settings)
        with lock:
            read += records
            around.on_progress("records read", read)

    with report.timed("load"):
        loaded = read_all(
            home.folder,
            opened.http,
            run_id=report.run_id,
            full=full,
            resting=_resting(home),
            settings=settings,
            hash_key=hash_key(home.folder),
            failed=opened.failed,
            others=opened.resting,
            tenants={name: in_one(each) for name, each in opened.tenants.items()},
            on_progress=count,
        )
    report.loaded = {name: dict(counts) for name, counts in loaded.records.items()}
    report.unreachable |= loaded.failures
    for words in loaded.failures.values():
        report.worsen(PARTLY_DONE, "partly done", words)
    if loaded.set_aside:
        report.warnings.append(
            f"{len(loaded.set_aside)} records can't be read and are set aside (the "
            f"first is {loaded.set_aside[0]}); `lenke findings` says why."
        )
    for system, refused in loaded.refused.items():
        for entity, words in refused.items():
            report.worsen(
                PARTLY_DONE,
                "partly done",
                f"{words} {system} {entity} rests, with its flows; the rest goes on.",
            )


def _resting(home: Home) -> frozenset[str]:
    """Name the systems that the last build let rest, whole or a property of them."""
    with connect(home.warehouse) as warehouse:
        try:
            rows = warehouse.execute(
                "select system_name from matching.match_systems where rests "
                "union select system_name from merging.merge_resting_properties"
            ).fetchall()
        except duckdb.CatalogException:  # nothing was built yet
            return frozenset()
    return frozenset(name for (name,) in rows)


def decide(
    home: Home,
    opened: Sessions,
    settings: LenkeSettings,
    allow_mass_change: bool,
    report: RunReport,
    around: Surroundings,
    publish_always: bool = True,
) -> None:
    """Build; confirm what is doubtful, and then build again.

    When there is nothing to push, the end of the run publishes: one copy is enough.
    """
    _build(home, settings, allow_mass_change, report, around)
    if confirm(home, opened, report, around):
        _build(home, settings, allow_mass_change, report, around)
    _note_and_publish(home, report, publish_always)


def _build(
    home: Home,
    settings: LenkeSettings,
    allow_mass_change: bool,
    report: RunReport,
    around: Surroundings,
) -> None:
    check_room(home, settings)
    around.on_stage("Deciding")
    crash_points.reached(crash_points.BEFORE_BUILD)
    with report.timed("build"):
        dbt.build(
            home,
            dbt.BuildOptions(
                allow_mass_change=allow_mass_change,
                mass_change_share=settings.mass_change_share,
                mass_change_count=settings.mass_change_count,
                small_flow_share=settings.small_flow_share,
                small_flow_count=settings.small_flow_count,
                hash_key_is_short=is_short(hash_key(home.folder)),
            ),
        )
    crash_points.reached(crash_points.BUILT)


def _note_and_publish(home: Home, report: RunReport, publish_always: bool) -> None:
    with connect(home.warehouse, read_only=True) as warehouse:
        report.held = _count(warehouse, _HELD)
        is_quiet = _count(warehouse, _TO_PUSH) == 0
    if publish_always or not is_quiet:
        publish(home)


@contextmanager
def end_noted(home: Home, report: RunReport, around: Surroundings) -> Iterator[None]:
    """Write down how the run ended, also when it had to stop."""
    try:
        yield
    except Exception as stopped:
        error = in_words(stopped)
        guarded = isinstance(error, StoppedByGuard)
        report.worsen(
            STOPPED_BY_GUARD if guarded else STOPPED_BY_ERROR,
            "stopped by a guard" if guarded else "stopped by an error",
            str(error),
        )
        with suppress(LenkeError, OSError, duckdb.Error):  # the first tells more
            _finish(home, report, around)
        raise error from stopped
    _finish(home, report, around)


def _finish(home: Home, report: RunReport, around: Surroundings) -> None:
    with open_ledger(home.ledger, around.clock) as ledger:
        ledger.finish_run(
            report.run_id, report.outcome, report.exit_code, report.as_json()
        )


def look_again(
    home: Home, settings: LenkeSettings, report: RunReport, around: Surroundings
) -> None:
    """Build and publish once more when the run changed anything.

    What people look at is then what is there now, and the plan is what is left to do.
    """
    changed = any(
        number for counts in report.writes.values() for number in counts.values()
    )
    if not (changed or report.links or report.ended_links or report.conflicts):
        publish(home)  # that the run has ended
        return
    _build(home, settings, False, report, around)
    _note_and_publish(home, report, publish_always=True)


def planned(home: Home) -> Planned:
    """Count what a push of the newest build would do."""
    with connect(home.warehouse, read_only=True) as warehouse:
        writes = warehouse.execute(
            "select operation, count(*) from inspection.plan group by all order by all"
        ).fetchall()
        return Planned(
            writes=dict(writes),
            new_links=_count(
                warehouse, "select count(*) from matching.match_new_links"
            ),
            ended_links=_count(
                warehouse, "select count(*) from matching.match_ended_links"
            ),
            conflicts=_count(warehouse, "select count(*) from merging.merge_conflicts"),
        )


_HELD = (
    "select (select count(*) from inspection.inspect_held_creates) "
    "+ (select count(*) from inspection.inspect_held_properties)"
)
_TO_PUSH = (
    "select (select count(*) from outbound.outbound_requests) "
    "+ (select count(*) from matching.match_new_links)"
)


def _count(warehouse: duckdb.DuckDBPyConnection, sql: str) -> int:
    rows = warehouse.execute(sql).fetchall()
    return int(rows[0][0])
