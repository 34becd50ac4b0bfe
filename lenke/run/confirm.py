"""Confirm before believing: read singly what the lists make doubtful, and decide again.

Lists lie: a stale page shows an old value, paging leaves a record out. The build names
the records that need it (`merge_to_confirm`); a quiet run has none, and costs nothing.
"""

import threading

from connections.machine.database import connect
from connections.private.records import hash_key
from lenke.home.places import Home
from lenke.run.report import PARTLY_DONE, RunReport
from lenke.run.surroundings import Sessions, Surroundings
from loaders.run.single import Suspect, read_singly, rest_systems

_TOO_MANY = "select system_name, what_was_seen from merging.merge_confirm_guards"
_SUSPECTS = """
select system_name, entity, record_id
from merging.merge_to_confirm
where system_name not in (select system_name from merging.merge_confirm_guards)
order by all
"""


def confirm(
    home: Home, opened: Sessions, report: RunReport, around: Surroundings
) -> bool:
    """Read what is doubtful, one GET each; True when the build has to be made anew.

    A system with too many doubtful records is not asked but rests.
    """
    with connect(home.warehouse, read_only=True) as warehouse:
        too_many = dict(warehouse.execute(_TOO_MANY).fetchall())
        suspects = [Suspect(*row) for row in warehouse.execute(_SUSPECTS).fetchall()]
    if not (suspects or too_many):
        return False
    lock = threading.Lock()
    read = 0

    def count() -> None:
        nonlocal read
        with lock:
            read += 1
            around.on_progress("records read singly", read)

    around.on_stage(f"Confirming {len(suspects)} records")
    with report.timed("load"):
        stopped = read_singly(
            home.folder,
            opened.http,
            suspects,
            run_id=report.run_id,
            hash_key=hash_key(home.folder),
            on_progress=count,
        )
        rest_systems(home.folder, too_many)
    for words in stopped.values():
        report.worsen(PARTLY_DONE, "partly done", words)
    return True
