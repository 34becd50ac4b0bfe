"""Build the models: what dbt compiled, in the order of the graph, in one transaction.

A build that fails or is killed leaves the warehouse as it was. `dbt build` makes the
same tables in a way of its own.
"""

import logging
from collections.abc import Callable, Iterable, Set
from contextlib import suppress
from functools import partial
from typing import TypeVar

import duckdb

from connections.machine.database import MEMORY, connect, first_line
from ledger.ascii_domain import teach
from ledger.ledger import ensure_ledger
from lenke.build.by_dbt import build_failed
from lenke.build.compiled import Check, Compiled
from lenke.build.kept import compiled_models
from lenke.build.nodes import (
    given_back,
    make_room,
    prepare_to_look,
    renew,
    renew_seeds,
    run,
)
from lenke.build.options import BuildOptions
from lenke.home.places import Home
from loaders.raw.tables import create_tables

_BUILT_FROM = "select built_from from outbound.plan_stamp"
_STAMP = "update outbound.plan_stamp set built_from = ?"
# It has the newest listing and the ledger's step, which differ in every run.
PLAN_STAMP = "outbound_plan_stamp"
_IS_GOOD = """
select 1
from outbound.outbound_good_until as build
inner join staging.stg_inputs as now on build.inputs = now.inputs
where coalesce(build.good_until_s > ?, true)
"""
_PLANNED = (
    "select distinct system_name || '__' || entity from outbound.outbound_requests"
)

Doubts = TypeVar("Doubts")

_log = logging.getLogger(__name__)


def build(
    home: Home,
    options: BuildOptions,
    on_compile: Callable[[], None] = lambda: None,
    doubts_in: Callable[[duckdb.DuckDBPyConnection], Doubts | None] = lambda _: None,
) -> Doubts | None:
    """Build every model; BuildFailed names what failed, and why.

    Seeds and views are made anew only when they may differ from those of the last
    build. When nothing may differ, only the stamp on the plan is. `on_compile` is
    called when the models have to be compiled first, which takes seconds. `doubts_in`
    is asked as soon as the models know what lists make doubtful: what it finds is
    given, and nothing is kept then. A build for which `MEMORY` is not enough is made
    once more with what DuckDB takes by itself: most of what the machine has.
    """
    models = compiled_models(home, on_compile)
    ensure_ledger(home.ledger)
    with connect(home.warehouse) as warehouse, given_back(warehouse):
        prepare_to_look(warehouse, home.ledger, options)
        is_known = built_from(warehouse) == models.key
        is_still_good = is_known and is_good(warehouse, options)
        if not is_still_good:
            teach(warehouse)
        make = partial(_make, warehouse, models, doubts_in, is_known, is_still_good)
        try:
            return _in_one_transaction(warehouse, make)
        except duckdb.OutOfMemoryException:
            _log.info("The build needs more memory than %s, and takes it.", MEMORY)
            warehouse.execute("reset memory_limit")
        try:
            return _in_one_transaction(warehouse, make)
        except duckdb.OutOfMemoryException as error:
            raise build_failed([("memory", first_line(error))]) from error


def _in_one_transaction(
    warehouse: duckdb.DuckDBPyConnection, make: Callable[[], Doubts | None]
) -> Doubts | None:
    """Keep what is made when there are no doubts about it; nothing of it otherwise."""
    warehouse.begin()
    try:
        doubts = make()
    except BaseException:
        with suppress(duckdb.Error):  # the first error tells more
            warehouse.rollback()
        raise
    if doubts is None:
        warehouse.commit()
    else:
        warehouse.rollback()
    return doubts


def _make(
    warehouse: duckdb.DuckDBPyConnection,
    models: Compiled,
    doubts_in: Callable[[duckdb.DuckDBPyConnection], Doubts | None],
    is_known: bool,
    is_still_good: bool,
) -> Doubts | None:
    """Build the models, and no more of them than tell the doubts when there are any."""
    how = partial(renew, views=models.views) if is_known else run
    if not is_known:
        create_tables(warehouse)
        make_room(warehouse, models)
        renew_seeds(warehouse, models)
    if not is_still_good:
        how(warehouse, (node for node in models.nodes if node.tells_doubts))
    if (doubts := doubts_in(warehouse)) is not None:
        return doubts
    if is_still_good:
        run(warehouse, models.only(PLAN_STAMP))
    else:
        how(warehouse, (node for node in models.nodes if not node.tells_doubts))
        if planned := _planned(warehouse):
            pass_checks(warehouse, models.checks, planned)
    warehouse.execute(_STAMP, [models.key])
    return None


def built_from(warehouse: duckdb.DuckDBPyConnection) -> str | None:
    """Give the key of what the last build ran; None: nothing, or it was dbt's own."""
    try:
        rows = warehouse.execute(_BUILT_FROM).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException):
        return None
    return rows[0][0] if rows else None


def is_good(warehouse: duckdb.DuckDBPyConnection, options: BuildOptions) -> bool:
    """Tell whether the last build is what a build would make now."""
    return bool(warehouse.execute(_IS_GOOD, [options.now.timestamp()]).fetchall())


def _planned(warehouse: duckdb.DuckDBPyConnection) -> set[str]:
    """Give the entities that a push would write to, as `system__entity`."""
    return {entity for (entity,) in warehouse.execute(_PLANNED).fetchall()}


def pass_checks(
    warehouse: duckdb.DuckDBPyConnection, checks: Iterable[Check], planned: Set[str]
) -> None:
    """Raise BuildFailed unless all that a push would send is what it should be.

    Values are told nowhere: only how many rows are wrong.
    """
    failed = []
    for check in checks:
        if check.about is not None and check.about not in planned:
            continue
        rows = f"from ({check.sql}) select count(*)"
        [(wrong,)] = warehouse.execute(rows).fetchall()
        if wrong:
            words = f"{wrong} rows are wrong; after `dbt build` you can look at them"
            if check.stops:
                failed.append((check.name, words))
            else:
                _log.warning("%s: %s", check.name, words)
    if failed:
        raise build_failed(failed)
