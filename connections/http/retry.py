"""When a request is repeated, how often, and after how long."""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type

from connections.http.errors import LenkeError

Result = TypeVar("Result")

# A busy system says so at once, and a limit per minute is over after a minute. A silent
# one costs the whole time-out each time. Who wants us to wait for longer than the
# longest wait gets the next run: a run must not hold its lock for an hour of silence.
_ATTEMPTS_WHEN_BUSY = 8
_ATTEMPTS_WHEN_SILENT = 4
_LONGEST_WAIT = 120.0


class TryAgain(Exception):  # noqa: N818 - it is an instruction, seen in this folder only
    """The same request may work later; `wait` is what the system asked for, seconds."""

    def __init__(
        self, reason: str, *, busy: bool = False, wait: float | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.busy = busy
        self.wait = wait


def with_patience(
    attempt: Callable[[], Result],
    *,
    sleep: Callable[[float], None],
    on_giving_up: Callable[[str], LenkeError],
) -> Result:
    """Call `attempt` until it does not raise TryAgain, a bounded number of times."""
    try:
        return attempt()  # nearly always the only one, so it goes by itself
    except TryAgain as error:
        failed = [error]

    def this_attempt_or_the_next() -> Result:
        if failed:
            raise failed.pop()
        return attempt()

    retrying = Retrying(
        retry=retry_if_exception_type(TryAgain),
        stop=_enough,
        wait=_seconds_to_wait,
        sleep=sleep,
        reraise=True,
    )
    try:
        return retrying(this_attempt_or_the_next)
    except TryAgain as error:
        reason = error.reason
        if _asks_too_much(error):
            reason += f", and to come back after {error.wait:,.0f} seconds"
        tries = retrying.statistics.get("attempt_number", 1)
        raise on_giving_up(f"{reason} ({tries} tries)") from error


def retry_after_seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """Read `Retry-After` (seconds or a date); None when absent or unreadable."""
    text = headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - now).total_seconds(), 0.0)


def _enough(state: RetryCallState) -> bool:
    error = _error(state)
    allowed = _ATTEMPTS_WHEN_BUSY if error.busy else _ATTEMPTS_WHEN_SILENT
    return _asks_too_much(error) or state.attempt_number >= allowed


def _asks_too_much(error: TryAgain) -> bool:
    return error.wait is not None and error.wait > _LONGEST_WAIT


def _seconds_to_wait(state: RetryCallState) -> float:
    asked = _error(state).wait
    # A second at least: one contract wants that, and a date has whole seconds only.
    seconds = 2.0 ** (state.attempt_number - 1) if asked is None else max(asked, 1.0)
    jitter = random.random() / 2  # noqa: S311 - spreads callers out, guards nothing
    return min(seconds, _LONGEST_WAIT) + jitter


def _error(state: RetryCallState) -> TryAgain:
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, TryAgain):
        raise TypeError(f"only TryAgain is repeated, this is {error!r}")
    return error
