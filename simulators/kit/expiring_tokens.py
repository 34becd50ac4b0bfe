"""Access tokens that expire, kept in memory: they do not outlive their simulator."""

import uuid
from datetime import datetime, timedelta

from simulators.kit.http import Clock


class ExpiringTokens:
    """The tokens that one simulator handed out."""

    def __init__(self, lifetime: timedelta, clock: Clock) -> None:
        """Let each one be good for `lifetime`."""
        self._lifetime = lifetime
        self._clock = clock
        self._ends: dict[str, datetime] = {}

    def new(self) -> tuple[str, datetime]:
        """Hand out a token; give it and when it ends."""
        now = self._clock()
        self._ends = {token: end for token, end in self._ends.items() if now < end}
        token, ends = str(uuid.uuid4()), now + self._lifetime
        self._ends[token] = ends
        return token, ends

    def knows(self, token: str) -> bool:
        """Say whether it was handed out, and not long ago."""
        return token in self._ends

    def accepts(self, token: str) -> bool:
        """Say whether it is good now."""
        ends = self._ends.get(token)
        return ends is not None and self._clock() < ends
