"""A warehouse in which everything is built and nothing was read: where a home begins.

It is made once, when the models are compiled. A first run copies it: all views, seeds
and descriptions are there then, and an empty table where there is nothing to decide.
"""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from connections.machine.database import connect, copied
from ledger.ledger import ensure_ledger
from lenke.build.compiled import Compiled
from lenke.build.nodes import make_room, prepare, run
from lenke.build.options import BuildOptions
from lenke.home.lock import open_warehouse
from lenke.home.places import Home

# Bytes that DuckDB writes before there is anything in a file.
_HEADERS = 12_288
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


def begin_home(home: Home, models: Callable[[], Compiled]) -> None:
    """Let a home without a warehouse begin with that one.

    A person may have looked at the home before its first run: a file that has nothing
    in it is none, unless somebody has it open: AnotherRun. One may also have deleted a
    damaged warehouse: the log of a killed run that is still there is of that one. Where
    the copy can't be made, the first build makes all, and says what the matter is.
    """
    logs = list(home.folder.glob(f"{home.warehouse.name}.wal*"))
    if not home.warehouse.exists():
        for log in logs:
            log.unlink()
    elif logs or not _has_nothing(home.warehouse):
        return
    else:
        open_warehouse(home).close()
    new = home.folder / f".{home.warehouse.name}.new"
    if copied(models().warehouse, new):
        new.chmod(0o600)
        new.rename(home.warehouse)


def _has_nothing(file: Path) -> bool:
    return file.is_file() and file.stat().st_size <= _HEADERS
