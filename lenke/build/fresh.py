"""A warehouse in which everything is built and nothing was read: where a home begins.

It is made once, when the models are compiled. A first run copies it: all views, seeds
and descriptions are there then, and an empty table where there is nothing to decide.
"""

import shutil
from datetime import UTC, datetime

from connections.machine.database import connect, copied
from ledger.ledger import ensure_ledger
from lenke.build.compiled import Compiled
from lenke.build.nodes import make_room, prepare, run
from lenke.build.options import BuildOptions
from lenke.home.places import Home

# It is no plan, and bears no witness for a ledger.
_NO_PLAN = """
update outbound.plan_stamp
set ledger_id = null, run_counter = null, built_from = ?
"""


def build_fresh(models: Compiled, home: Home) -> None:
    """Build the models in a home that has their seeds; keep its warehouse with them."""
    ensure_ledger(home.ledger)
    with connect(home.warehouse) as warehouse:
        prepare(warehouse, home.ledger, BuildOptions(now=datetime.now(UTC)))
        warehouse.begin()
        make_room(warehouse, models)
        run(warehouse, models.nodes)
        warehouse.execute(_NO_PLAN, [models.key])
        warehouse.commit()
    shutil.copyfile(home.warehouse, models.warehouse)


def begin_with(models: Compiled, home: Home) -> None:
    """Let a home without a warehouse begin with that one.

    Where it can't be copied, the first build makes all, and says what the matter is.
    """
    new = home.folder / f".{home.warehouse.name}.new"
    if copied(models.warehouse, new):
        new.chmod(0o600)
        new.rename(home.warehouse)
