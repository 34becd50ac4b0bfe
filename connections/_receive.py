"""Receive one answer to its end, within bounds of time and size.

httpx's time-out begins anew with every byte, so a system that sends one byte a second
could hold a run for days. And an answer without an end would fill the memory.
"""

import threading
from collections.abc import Callable

import httpx

# The longest answers that the contracts know are pages of 5000 records, some 10 MB.
MOST_BYTES = 64 * 2**20
# A whole answer may take so many times as long as a single silence.
TIMES_A_SILENCE = 10

# Of what was decoded already; the length is no longer that of the body.
_ON_THE_WIRE = ("Content-Encoding", "Content-Length", "Transfer-Encoding")


class TooMuch(Exception):  # noqa: N818 - seen in this folder only, says what it means
    """An answer that takes too long or too much room; the text says which."""


def received(
    client: httpx.Client,
    request: httpx.Request,
    *,
    silence: float,
    ticks: Callable[[], float],
    give_up: Callable[[str], None],
) -> httpx.Response:
    """Send a request and give its whole answer, decoded; TooMuch for one out of bounds.

    `silence` is the time-out in seconds. `give_up(reason)` is called, from another
    thread, when not even the headers are complete in time; it must end the connection.
    """
    seconds = silence * TIMES_A_SILENCE
    too_slow = f"was still not answered to the end after {seconds:g} seconds"
    until = ticks() + seconds
    watch = threading.Timer(seconds, give_up, [too_slow])
    watch.daemon = True
    watch.start()
    try:
        response = client.send(request, stream=True)
    finally:
        watch.cancel()
    body = bytearray()
    try:
        for chunk in response.iter_bytes():
            if body and ticks() > until:
                raise TooMuch(too_slow)
            body += chunk
            if len(body) > MOST_BYTES:
                raise TooMuch(f"was answered with more than {MOST_BYTES:,} bytes")
    finally:
        response.close()
    headers = response.headers.copy()
    for name in _ON_THE_WIRE:
        headers.pop(name, None)
    return httpx.Response(
        response.status_code, headers=headers, content=bytes(body), request=request
    )
