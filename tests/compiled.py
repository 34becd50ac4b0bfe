"""What tests change about a build: other seeds, and some of the models only.

What they run is what a run runs: the models as dbt compiled them, in one transaction.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from unittest import mock

import duckdb

from connections.machine.database import connect
from lenke.build import build as building
from lenke.build import nodes
from lenke.build.compiled import Compiled, Node
from lenke.build.kept import compiled_models
from lenke.build.options import BuildOptions
from lenke.home.places import PROJECT, Home
from lenke.run import begin


@cache
def models() -> Compiled:
    """Give the models as they are compiled: no test changes the project."""
    return compiled_models(Home(PROJECT))


@contextmanager
def seeds_changed(*statements: str) -> Iterator[None]:
    """Let every build in the block have other seeds: SQL on the tables `seeds.*`.

    Blocks can be nested. After the block the seeds are those of the project again.
    """
    before = in_force()
    with tempfile.TemporaryDirectory() as folder:
        changed = Path(folder) / before.warehouse.name
        shutil.copy(before.warehouse, changed)
        with duckdb.connect(changed) as warehouse:
            for statement in statements:
                warehouse.execute(statement)
        key = hashlib.sha256(repr((before.key, statements)).encode()).hexdigest()
        after = replace(before, key=key, warehouse=changed)
        with _compiled(after):
            yield


@contextmanager
def _compiled(found: Compiled) -> Iterator[None]:
    """Let every build in the block find these models, and homes begin with them."""
    with (
        mock.patch.object(building, "compiled_models", return_value=found),
        mock.patch.object(begin, "compiled_models", return_value=found),
    ):
        yield


def in_force() -> Compiled:
    """Give the models that a build would run now, other seeds and all."""
    asked: Callable[[Home], Compiled] = vars(building)["compiled_models"]
    return asked(Home(PROJECT))


@contextmanager
def unchanging() -> Iterator[None]:
    """Let no build in the block look whether the project has changed."""
    with _compiled(models()):
        yield


def build(home: Home) -> None:
    """Build everything, as a run would now."""
    building.build(home, BuildOptions(now=datetime.now(UTC)))


def build_some(
    home: Home,
    options: BuildOptions,
    chosen: Callable[[Node], bool],
    every_one: bool = False,
) -> None:
    """Build the chosen models in a warehouse that has its views already.

    `every_one` runs also those that have nothing to come from.
    """
    with connect(home.warehouse) as warehouse, nodes.given_back(warehouse):
        nodes.prepare(warehouse, home.ledger, options)
        wanted = list(filter(chosen, models().nodes))
        if every_one:
            nodes.run(warehouse, [each for each in wanted if each.kind == "table"])
        else:
            nodes.renew(warehouse, wanted, models().views)
