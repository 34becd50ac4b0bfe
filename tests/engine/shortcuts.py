"""A run without threads and without dlt, which builds only what a push needs.

What decides, reads and writes is the code that ships; only what takes time around it
is left out, so that a run takes a second and is the same each time.
"""

import random
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import duckdb

from connections.machine.database import connect
from lenke.build import build as building
from lenke.build import nodes
from lenke.build.compiled import Node
from lenke.build.options import BuildOptions
from lenke.home.places import Home
from lenke.run import stages
from lenke.run.confirm import Doubts
from loaders.listing import paging
from loaders.run import load
from reverse_etl.push import journal, push
from reverse_etl.push.together import Group, Row
from reverse_etl.unsettled import settle
from tests.compiled import build_some, models, unchanging
from tests.engine.events import done
from tests.engine.violation import Violation
from tests.without_dlt import without_dlt

_ABOUT_THE_BUILD = (building.PLAN_STAMP, "outbound_good_until")
_WHEN_READ = ("loaded_at", "listing_id")


class _Inline:
    """A pool whose tasks are done when they are handed in."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Take what a pool takes."""

    def __enter__(self) -> "_Inline":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def submit(
        self, task: Callable[..., Any], *args: Any, **named: Any
    ) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(task(*args, **named))
        except Exception as error:
            future.set_exception(error)
        return future

    def map(self, task: Callable[..., Any], *lists: Any) -> list[Any]:
        return [task(*each) for each in zip(*lists, strict=False)]

    def shutdown(self) -> None:
        """Wait for nothing: all is done."""


class _AtOnce:
    """Rows that are committed when they are handed in."""

    def __init__(self, commit: Callable[[list[Row]], None]) -> None:
        self._commit = commit
        self.gathering = Group()
        self.gathering.is_over.set()

    def hand_in(self, row: Row) -> Group:
        """Commit a row; give its group, which is over."""
        self._commit([row])
        return self.gathering

    def check(self) -> None:
        """Raise nothing: what failed has been raised where it was handed in."""

    def close(self) -> None:
        """Wait for nothing: all is on disk."""


@contextmanager
def shortcuts() -> Iterator[None]:
    """Run so while the block lasts."""
    with ExitStack() as stack:
        for module in (load, push, settle):
            stack.enter_context(
                mock.patch.object(module, "ThreadPoolExecutor", _Inline)
            )
        stack.enter_context(mock.patch.object(journal, "Together", _AtOnce))
        stack.enter_context(mock.patch.object(stages, "build", _build))
        stack.enter_context(mock.patch.object(stages, "publish"))
        stack.enter_context(mock.patch.object(stages, "look_again"))
        stack.enter_context(mock.patch.object(paging, "_MOST_PAGES", 60))
        stack.enter_context(without_dlt())
        stack.enter_context(unchanging())
        chance = random.Random(1)  # noqa: S311 - the same ids each time
        stack.enter_context(
            mock.patch("secrets.token_hex", lambda size: chance.randbytes(size).hex())
        )
        stack.enter_context(
            mock.patch(
                "uuid.uuid4",
                side_effect=lambda: uuid.UUID(bytes=chance.randbytes(16)),
            )
        )
        yield


def _build(
    home: Home,
    options: BuildOptions,
    _on_compile: Callable[[], None],
    doubts_in: Callable[[duckdb.DuckDBPyConnection], Doubts | None],
) -> Doubts | None:
    """Build what a push needs; what people look at is built at the end.

    Where a run would build nothing, because nothing has changed, every model is run all
    the same, also those that have nothing to come from: every table has to come out as
    it was.
    """
    with connect(home.warehouse) as warehouse:
        is_first = building.built_from(warehouse) is None
    if is_first:
        return building.build(home, options, doubts_in=doubts_in)
    with connect(home.warehouse) as warehouse, nodes.given_back(warehouse):
        nodes.prepare(warehouse, home.ledger, options)
        was_good = building.is_good(warehouse, options)
        before = _contents(warehouse) if was_good else {}
    build_some(home, options, _needed, every_one=was_good)
    with connect(home.warehouse) as warehouse:
        if was_good:
            done["builds that nothing called for"] += 1
            after = _contents(warehouse)
            differ = [name for name, digest in before.items() if after[name] != digest]
            if differ:
                raise Violation(f"a build that was thought needless changed {differ}")
        return doubts_in(warehouse)


def _contents(warehouse: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Give a digest of every table that `_build` builds, but for when it was read."""
    found = {}
    for node in filter(_needed, models().nodes):
        if node.kind == "view" or node.name in _ABOUT_THE_BUILD:
            continue
        columns = warehouse.execute(f"describe {node.relation}").fetchall()
        kept = [f'"{name}"' for name, *_ in columns if name not in _WHEN_READ]
        found[node.name] = warehouse.execute(
            f"select count(*), bit_xor(hash({', '.join(kept)})) from {node.relation}"
        ).fetchall()
    return found


def _needed(node: Node) -> bool:
    """Tell whether a push looks at a model, or at what is made of it."""
    return node.kind == "view" or (
        node.schema != "inspection" or node.name.startswith("inspect_held")
    )
