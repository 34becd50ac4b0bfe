"""One process at a time uses a token that dies with its use; nobody waits for ever."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from connections.http.errors import SystemStopped

# A sign-in takes seconds. Whoever has the lock for longer waits for a slow answer, or
# hangs, and the next run can do what this one can't.
_SECONDS = 60.0


@contextmanager
def alone_with(kept: Path, system: str) -> Iterator[None]:
    """Be the only process that uses what is kept in a file of a system.

    Raises SystemStopped when another process goes on using it, and when its lock file
    can't be had, such as one that another user left.
    """
    lock = FileLock(f"{kept}.lock", mode=0o600)
    try:
        lock.acquire(timeout=_SECONDS)
    except Timeout:
        raise SystemStopped(
            f"{system}: another process has had {lock.lock_file} for more than "
            f"{_SECONDS:g} seconds, so nothing was sent to this system. Let it end, or "
            "end it when it hangs, and run again."
        ) from None
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise SystemStopped(
            f"{system}: {lock.lock_file} can't be locked ({reason}), so nothing was "
            "sent to this system. It may be another user's: when nobody else runs "
            "Lenke here, remove it, and run again."
        ) from None
    try:
        yield
    finally:
        lock.release()
