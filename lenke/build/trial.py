"""Build a part of the models with other seeds, look at it, and keep nothing."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import duckdb

from connections.machine.database import connect
from ledger.ledger import ensure_ledger
from lenke.build.compiled import Compiled
from lenke.build.kept import compiled_models
from lenke.build.nodes import given_back, make_room, prepare, renew_seeds, run
from lenke.build.options import BuildOptions
from lenke.home.places import Home
from loaders.raw.tables import create_tables


@dataclass(frozen=True)
class Trial:
    """A warehouse in which anything can be tried; nothing of it stays."""

    warehouse: duckdb.DuckDBPyConnection
    models: Compiled

    def build(self, names: Collection[str]) -> None:
        """Build these models and all that they are made of."""
        run(self.warehouse, self.models.leading_to(names))

    def build_again(self, names: Collection[str]) -> None:
        """Build just these, in their order."""
        run(self.warehouse, (n for n in self.models.nodes if n.name in names))


@contextmanager
def trial(
    home: Home, options: BuildOptions, on_compile: Callable[[], None] = lambda: None
) -> Iterator[Trial]:
    """Give a trial for a `with` block; whoever calls it is the only run.

    It may take as much memory as DuckDB does by itself, as a build may that needs it.
    """
    models = compiled_models(home, on_compile)
    ensure_ledger(home.ledger)
    with connect(home.warehouse) as warehouse, given_back(warehouse):
        prepare(warehouse, home.ledger, options)
        warehouse.execute("reset memory_limit")
        warehouse.begin()
        try:
            create_tables(warehouse)
            make_room(warehouse, models)
            renew_seeds(warehouse, models)
            yield Trial(warehouse, models)
        finally:
            with suppress(duckdb.Error):  # the first error tells more
                warehouse.rollback()
