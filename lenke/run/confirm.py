"""Confirm before believing: read singly what the lists make doubtful, and decide again.

Lists lie: a stale page shows an old value, paging leaves a record out. The build names
the records that need it (`merge_to_confirm`); a quiet run has none, and costs nothing.
"""

from dataclasses import dataclass

import duckdb

from connections.private.records import hash_key
from lenke.run.report import PARTLY_DONE
from lenke.run.run import Run
from loaders.run.single import Suspect, read_singly, rest_systems

_TOO_MANY = "select system_name, what_was_seen from merging.merge_confirm_guards"
_SUSPECTS = """
select system_name, entity, record_id
from merging.merge_to_confirm
where system_name not in (select system_name from merging.merge_confirm_guards)
order by all
"""


@dataclass(frozen=True)
class Doubts:
    """What a build found doubtful: records, and systems with too many of them."""

    suspects: list[Suspect]
    too_many: dict[str, str]


def doubts_in(warehouse: duckdb.DuckDBPyConnection) -> Doubts | None:
    """Give what has to be confirmed before it is believed; None: nothing."""
    too_many = dict(warehouse.execute(_TOO_MANY).fetchall())
    suspects = [Suspect(*row) for row in warehouse.execute(_SUSPECTS).fetchall()]
    return Doubts(suspects, too_many) if suspects or too_many else None


def confirm(run: Run, doubts: Doubts) -> None:
    """Read what is doubtful, one GET each; the build has to be made anew then.

    A system with too many doubtful records is not asked but rests.
    """
    folder = run.home.folder
    count = run.counter("records read singly", len(doubts.suspects))
    run.says(f"Confirming {len(doubts.suspects):,} records")
    with run.report.timed("load"):
        stopped = read_singly(
            folder,
            run.sessions.http,
            doubts.suspects,
            run_id=run.run_id,
            hash_key=hash_key(folder),
            on_progress=lambda: count(1),
        )
        rest_systems(folder, doubts.too_many)
    for words in stopped.values():
        run.report.worsen(PARTLY_DONE, "partly done", words)
