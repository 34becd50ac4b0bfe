"""Which records are spoken for, so that no answer puts one into two stars."""

import threading
from array import array
from bisect import bisect_left
from functools import cached_property
from hashlib import md5

from ledger.ledger import Ledger
from ledger.statements import sql

_NUMBERS_OF_64_BITS = "Q"  # a million of them take eight megabytes
_AT_ONCE = 4096


class Claims:
    """The records that are linked, and those that this push made; threads share it.

    The links are read once, when a first record is claimed, and only as fingerprints.
    One that is found among them is looked up in the ledger, which knows whose it is.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._made: dict[str, tuple[str, str]] = {}

    def claim(self, record_key: str, flow: str, source_key: str) -> bool:
        """Say whether a record can be the new target of a source; keep it for that."""
        with self._lock:
            if self._may_be_linked(record_key) and self._ledger.ask(
                "linked_to_another",
                target_key=record_key,
                flow=flow,
                source_key=source_key,
            ):
                return False
            ours = (flow, source_key)
            return self._made.setdefault(record_key, ours) == ours

    @cached_property
    def _linked(self) -> "array[int]":
        """The fingerprints of all linked records, in order."""
        linked = array(_NUMBERS_OF_64_BITS)
        with self._ledger.transaction() as connection:
            found = connection.execute(sql("linked_fingerprints"))
            while rows := found.fetchmany(_AT_ONCE):
                linked.extend([number for (number,) in rows])
        return linked

    def _may_be_linked(self, record_key: str) -> bool:
        """Say no for a record that has no link, and hardly ever yes for another one."""
        sought = _fingerprint(record_key)
        place = bisect_left(self._linked, sought)
        return place < len(self._linked) and self._linked[place] == sought


def _fingerprint(record_key: str) -> int:
    """Give what `md5_number_lower` of DuckDB gives."""
    digest = md5(record_key.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[8:], "little")
