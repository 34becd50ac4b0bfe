"""A sync at a pace: one process to supervise, each turn a process of its own.

A turn that is killed takes nothing with it: the next one settles what it left open. A
turn's memory goes back when it ends. The first SIGTERM or Ctrl-C lets the active turn
come to its end, a second one stops it as it would stop a sync.
"""

import os
import random
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import FrameType

from lenke.run.report import DONE, WRONG_USAGE

# So many installations of one machine or one vendor don't all ask in the same second.
JITTER = 0.1
SHORTEST_PAUSE = 1.0

_STOPPING = (signal.SIGTERM, signal.SIGINT)


@dataclass
class Schedule:
    """Turns of `command`, each begun `every` so long after the one before it began.

    `says` hears what a person should know; `spread` gives a number between two.
    """

    command: Sequence[str]
    every: timedelta
    says: Callable[[str], None]
    spread: Callable[[float, float], float] = random.uniform
    asked_to_stop: int = 0
    _turn: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    def keep_on(self) -> int:
        """Turn until a signal ends it; give the exit code.

        Only a first turn that can't begin (exit code 2: settings, seeds) ends it of
        itself: nothing would be different in the next one.
        """
        with self._listening() as woken:
            is_first = True
            while not self.asked_to_stop:
                began = time.monotonic()
                code = self._one()
                if is_first and code == WRONG_USAGE:
                    return WRONG_USAGE
                is_first = False
                if not self.asked_to_stop:
                    select.select([woken], [], [], self.pause(began))
        return DONE

    def _one(self) -> int:
        # In a session of its own, or the terminal's Ctrl-C would stop it as well.
        self._turn = subprocess.Popen(  # noqa: S603 - this very command
            self.command, start_new_session=True
        )
        code = self._turn.wait()
        self._turn = None
        if code < 0:
            self.says(
                f"The sync was ended by {signal.Signals(-code).name}. The next one "
                "looks what became of its writes, and goes on."
            )
        return code

    def pause(self, began: float) -> float:
        """Give the seconds until the next turn, when the last one began then."""
        wanted = self.every.total_seconds() * self.spread(1 - JITTER, 1 + JITTER)
        return max(wanted - (time.monotonic() - began), SHORTEST_PAUSE)

    @contextmanager
    def _listening(self) -> Iterator[int]:
        """Hear signals; give what can be read as soon as one has come."""
        woken, wakes = os.pipe()
        os.set_blocking(wakes, False)
        before = {each: signal.signal(each, self._hear) for each in _STOPPING}
        waker = signal.set_wakeup_fd(wakes)
        try:
            yield woken
        finally:
            signal.set_wakeup_fd(waker)
            for each, handler in before.items():
                signal.signal(each, handler)
            os.close(woken)
            os.close(wakes)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop += 1
        turn = self._turn
        if turn is None:
            return
        if self.asked_to_stop == 1:
            self.says("Stopping when this sync is done; a second time stops it now.")
        else:
            turn.send_signal(signal.SIGINT)
