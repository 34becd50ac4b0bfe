"""The end of a session: whoever waits or sends stops at once, with the same words."""

import threading
from collections.abc import Callable

from connections.http.errors import SystemStopped


class End:
    """Whether a session was ended, and why; shared by its threads.

    `sleep` replaces how it waits; a wait without it ends when the session does.
    """

    def __init__(self, system: str, sleep: Callable[[float], None] | None) -> None:
        self._words = f"{system}: the session was ended. Run again."
        self._sleep = sleep
        self._came = threading.Event()

    def come(self, words: str | None = None) -> None:
        """End the session; `words` say why, where a person did not ask for it."""
        if words is not None:
            self._words = words
        self._came.set()

    def check(self) -> None:
        """Return while the session goes on; SystemStopped afterwards."""
        if self._came.is_set():
            raise SystemStopped(self._words)

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until the session is ended."""
        self.check()
        if self._sleep is not None:
            self._sleep(seconds)
        else:
            self._came.wait(seconds)
