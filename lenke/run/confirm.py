"""Confirm before believing: read singly what the lists make doubtful, and decide again.

Lists lie: a stale page shows an old value, paging leaves a record out. The build names
the records that need it (`merge_to_confirm`); a quiet run has none, and costs nothing.
"""

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


def confirm(run: Run) -> bool:
    """Read what is doubtful, one GET each; True when the build has to be made anew.

    A system with too many doubtful records is not asked but rests.
    """
    with run.warehouse() as warehouse:
        too_many = dict(warehouse.execute(_TOO_MANY).fetchall())
        suspects = [Suspect(*row) for row in warehouse.execute(_SUSPECTS).fetchall()]
    if not (suspects or too_many):
        return False
    folder = run.home.folder
    count = run.counter("records read singly", len(suspects))
    run.says(f"Confirming {len(suspects):,} records")
    with run.report.timed("load"):
        stopped = read_singly(
            folder,
            run.sessions.http,
            suspects,
            run_id=run.run_id,
            hash_key=hash_key(folder),
            on_progress=lambda: count(1),
        )
        rest_systems(folder, too_many)
    for words in stopped.values():
        run.report.worsen(PARTLY_DONE, "partly done", words)
    return True
