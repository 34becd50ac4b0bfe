"""Which records are spoken for, so that no answer puts one into two stars."""

import threading

from ledger.ledger import Ledger

_LINKED_TO_ANOTHER = """
select 1 from ledger.links
where
    ended_at is null
    and target_key = ?
    and not (flow = ? and source_key = ?)
limit 1
"""


class Claims:
    """The records that are linked, and those that this push made; threads share it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._made: dict[str, tuple[str, str]] = {}

    def claim(self, record_key: str, flow: str, source_key: str) -> bool:
        """Say whether a record can be the new target of a source; keep it for that."""
        if self._ledger.fetch(_LINKED_TO_ANOTHER, [record_key, flow, source_key]):
            return False
        with self._lock:
            ours = (flow, source_key)
            return self._made.setdefault(record_key, ours) == ours
