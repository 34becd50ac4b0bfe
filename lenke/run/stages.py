"""The stages of a run, each noting in the report what it did and how long it took."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import duckdb

from connections.http.errors import LenkeError
from connections.machine import crash_points
from connections.private.records import hash_key
from connections.settings.tenant import in_one
from lenke.build.build import build
from lenke.build.options import BuildOptions
from lenke.home.hash_key import is_short
from lenke.installation.own_models import build_own
from lenke.run.confirm import Doubts, confirm, doubts_in
from lenke.run.defect import in_words
from lenke.run.guards import StoppedByGuard
from lenke.run.publish import publish
from lenke.run.report import (
    PARTLY_DONE,
    STOPPED_BY_ERROR,
    STOPPED_BY_GUARD,
    Planned,
)
from lenke.run.run import COMPILING, Run
from loaders.run.load import load as read_all

_Look = Callable[[duckdb.DuckDBPyConnection], Doubts | None]


def load(run: Run) -> None:
    """Read every configured system; one that fails is noted, the others go on."""
    run.says("Reading the systems")
    count = run.counter("records read")
    opened, report = run.sessions, run.report

    def landed(_system: str, _entity: str, records: int) -> None:
        run.check_room()
        count(records)

    with report.timed("load"):
        loaded = read_all(
            run.home.folder,
            opened.http,
            run_id=run.run_id,
            full=run.options.full,
            resting=_resting(run),
            settings=run.settings,
            hash_key=hash_key(run.home.folder),
            failed=opened.failed,
            others=opened.resting,
            tenants={name: in_one(each) for name, each in opened.tenants.items()},
            on_progress=landed,
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


def _resting(run: Run) -> frozenset[str]:
    """Name the systems that the last build let rest, whole or a property of them."""
    with run.warehouse() as warehouse:
        try:
            rows = warehouse.execute(
                "select system_name from matching.match_systems where rests "
                "union select system_name from merging.merge_resting_properties"
            ).fetchall()
        except duckdb.CatalogException:  # nothing was built yet
            return frozenset()
    return frozenset(name for (name,) in rows)


def decide(run: Run, *, publish_always: bool = False) -> None:
    """Build; confirm what is doubtful first, and then build anew.

    When there is nothing to push, the end of the run publishes: one copy is enough.
    """
    doubts = _build(run, doubts_in)
    if doubts is not None:
        confirm(run, doubts)
        _build(run)
    _note_and_publish(run, publish_always)


def _build(run: Run, look: _Look = lambda _: None) -> Doubts | None:
    run.check_room()
    run.says("Deciding")
    crash_points.reached(crash_points.BEFORE_BUILD)
    settings = run.settings
    with run.report.timed("build"):
        doubts = build(
            run.home,
            BuildOptions(
                now=run.around.clock(),
                allow_mass_change=run.options.allow_mass_change,
                mass_change_share=settings.mass_change_share,
                mass_change_count=settings.mass_change_count,
                small_flow_share=settings.small_flow_share,
                small_flow_count=settings.small_flow_count,
                hash_key_is_short=is_short(hash_key(run.home.folder)),
            ),
            lambda: run.says(COMPILING),
            look,
        )
    crash_points.reached(crash_points.BUILT)
    return doubts


def _note_and_publish(run: Run, publish_always: bool) -> None:
    with run.warehouse() as warehouse:
        run.report.held = _count(warehouse, _HELD)
        is_quiet = _count(warehouse, _TO_PUSH) == 0
    if publish_always or not is_quiet:
        _publish(run)


def _publish(run: Run) -> None:
    """Publish what people look at, with the models of an installation's own."""
    faults = build_own(
        run.home,
        lambda: run.says("Compiling your own models"),
        run.settings.own_model_most_seconds,
    )
    run.report.warnings += [each for each in faults if each not in run.report.warnings]
    publish(run.home)


@contextmanager
def end_noted(run: Run) -> Iterator[None]:
    """Write down how the run ended, also when it had to stop."""
    try:
        yield
    except Exception as stopped:
        error = in_words(stopped)
        guarded = isinstance(error, StoppedByGuard)
        run.report.worsen(
            STOPPED_BY_GUARD if guarded else STOPPED_BY_ERROR,
            "stopped by a guard" if guarded else "stopped by an error",
            str(error),
        )
        with suppress(LenkeError, OSError, duckdb.Error):  # the first tells more
            _finish(run)
        raise error from stopped
    _finish(run)


def _finish(run: Run) -> None:
    report = run.report
    with run.ledger() as ledger:
        ledger.finish_run(
            run.run_id, report.outcome, report.exit_code, report.as_json()
        )


def look_again(run: Run) -> None:
    """Build and publish once more when the run changed anything.

    What people look at is then what is there now, and the plan is what is left to do:
    nobody has let that pass the guards.
    """
    report = run.report
    changed = any(
        number for counts in report.writes.values() for number in counts.values()
    )
    if not (changed or report.links or report.ended_links or report.conflicts):
        _publish(run)  # that the run has ended
        return
    _build(replace(run, options=replace(run.options, allow_mass_change=False)))
    _note_and_publish(run, publish_always=True)


def note_planned(run: Run) -> None:
    """Count what a push of the newest build would do."""
    with run.warehouse() as warehouse:
        writes = warehouse.execute(
            "select operation, count(*) from inspection.plan group by all order by all"
        ).fetchall()
        run.report.planned = Planned(
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
