"""Which records are spoken for, so that no answer puts one into two stars."""

import threading

from ledger.ledger import Ledger


class Claims:
    """The records that are linked, and those that this push made; threads share it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._made: dict[str, tuple[str, str]] = {}

    def claim(self, record_key: str, flow: str, source_key: str) -> bool:
        """Say whether a record can be the new target of a source; keep it for that."""
        if self._ledger.ask(
            "linked_to_another", target_key=record_key, flow=flow, source_key=source_key
        ):
            return False
        with self._lock:
            ours = (flow, source_key)
            return self._made.setdefault(record_key, ours) == ours
