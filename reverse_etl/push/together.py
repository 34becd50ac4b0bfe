"""Commit what many threads hand in together: one commit costs as much as forty.

What is handed in within a moment after a commit has begun is a group. Groups are
committed one after the other, in the order in which they began, by one thread.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

Row = Mapping[str, Any]

# Seconds from the beginning of a commit to that of the next, at least.
_MOMENT = 0.02


@dataclass(eq=False)
class Group:
    """Rows that are committed together; `error` is what kept them from it."""

    rows: list[Row] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)
    error: BaseException | None = None

    def wait(self) -> None:
        """Return when the rows are on disk; raise what kept them from it."""
        self.is_over.wait()
        if self.error is not None:
            raise self.error


class Together:
    """Groups of rows on their way to the disk; several threads may share it."""

    def __init__(self, commit: Callable[[list[Row]], None]) -> None:
        self._commit = commit
        self._lock = threading.Lock()
        self._is_closed = False
        self._lost: BaseException | None = None
        self._begun: SimpleQueue[Group | None] = SimpleQueue()
        self.gathering = Group()
        self._writer = threading.Thread(
            target=self._commit_all, name="journal", daemon=True
        )
        self._writer.start()

    def hand_in(self, row: Row) -> Group:
        """Take a row; give its group, for those who want to wait for it."""
        with self._lock:
            if self._is_closed:
                raise RuntimeError("rows were handed in after the end")
            group = self.gathering
            group.rows.append(row)
            if len(group.rows) == 1:
                self._begun.put(group)
        return group

    def check(self) -> None:
        """Raise what has kept a row from the disk, whoever waited for it."""
        if self._lost is not None:
            raise self._lost

    def close(self) -> None:
        """Return when every row is on disk, or has failed."""
        with self._lock:
            self._is_closed = True
        self._begun.put(None)
        self._writer.join()

    def _commit_all(self) -> None:
        begun = float("-inf")
        while (group := self._begun.get()) is not None:
            time.sleep(max(begun + _MOMENT - time.monotonic(), 0))
            begun = time.monotonic()
            with self._lock:
                self.gathering = Group()
            try:
                self._commit(group.rows)
            except BaseException as error:
                group.error = self._lost = error
            group.is_over.set()
