"""Receive one answer to its end, within bounds of time and size.

httpx2's time-out begins anew with every byte, so a system that sends one byte a second
could hold a run for days. An answer without an end would fill the memory, and so would
a small one that unpacks to a huge one: what arrives is counted and timed as it arrives,
and unpacked only as far as the bound.
"""

import time
import zlib
from collections.abc import Callable, Iterator
from functools import partial

import httpx2

from connections.http.end import End
from connections.http.judge import unreachable
from connections.http.sending import name_of, terms_of
from connections.http.watch import Watch

# The longest answers that the contracts know are pages of 5000 records, some 10 MB.
MOST_BYTES = 64 * 2**20
# A key has some thousand characters; what could be one is kept out of all words.
MOST_BYTES_OF_KEYS = 64 * 2**10
# A whole answer may take so many times as long as a single silence.
TIMES_A_SILENCE = 10

# The one coding that is asked for, beside none.
CODING = "gzip"
_CODINGS = ("", "identity", CODING, f"x-{CODING}")
_GZIP_WINDOW = 16 + zlib.MAX_WBITS

# Of what was decoded already; the length is no longer that of the body.
_ON_THE_WIRE = (b"content-encoding", b"content-length", b"transfer-encoding")


class TooMuch(Exception):  # noqa: N818 - seen in this folder only, says what it means
    """An answer that takes too long or too much room; the text says which."""


class Receiving(httpx2.BaseTransport):
    """Gives a whole answer, decoded; TooMuch for one out of bounds.

    When the headers are not complete in time, or when nothing that belongs to the body
    comes any more although the connection is alive, the session is ended from another
    thread: there is no other way to end what waits for a byte. Raises
    httpx2.DecodingError for a body that can't be unpacked.
    """

    def __init__(
        self,
        below: httpx2.BaseTransport,
        system: str,
        end: End,
        *,
        silence: float,
        ticks: Callable[[], float],
    ) -> None:
        self._below = below
        self._system = system
        self._end = end
        self._silence = silence
        self._ticks = ticks
        self._watch = Watch()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and receive its answer to the end."""
        self._end.check()
        seconds = self._silence * TIMES_A_SILENCE
        too_slow = f"was still not answered to the end after {seconds:g} seconds"
        until = self._ticks() + seconds
        clock = self._watch.begin(seconds, partial(self._give_up, request, too_slow))
        try:
            response = self._below.handle_request(request)
            response.request = request
            body = _Body(response, terms_of(request).most_bytes)
            try:
                # Between two chunks the loop can tell the time itself; within one it
                # can't.
                clock.until = time.monotonic() + seconds + self._silence
                for chunk in _raw_chunks(response):
                    if body.arrived and self._ticks() > until:
                        raise TooMuch(too_slow)
                    body.add(chunk)
            finally:
                response.close()
        finally:
            self._watch.end(clock)
        return httpx2.Response(
            response.status_code,
            headers=[
                (name, value)
                for name, value in response.headers.raw
                if name.lower() not in _ON_THE_WIRE
            ],
            content=body.whole(),
            request=request,
        )

    def close(self) -> None:
        """Close what is below."""
        self._watch.close()
        self._below.close()

    def _give_up(self, request: httpx2.Request, reason: str) -> None:
        self._end.come(str(unreachable(self._system, name_of(request), reason)))
        self.close()


def _raw_chunks(response: httpx2.Response) -> Iterator[bytes]:
    """Give what arrives, as it was on the wire; also of an answer that came whole."""
    if not isinstance(response.stream, httpx2.SyncByteStream):
        raise TypeError("a client that blocks gives a stream that blocks")
    yield from response.stream


class _Body:
    """A body that is unpacked as it arrives, and never further than its bound."""

    def __init__(self, response: httpx2.Response, most_bytes: int) -> None:
        self.arrived = 0
        self._response = response
        self._most_bytes = most_bytes
        self._unpacked = bytearray()
        coding = response.headers.get("Content-Encoding", "").strip().lower()
        if coding not in _CODINGS:
            raise httpx2.DecodingError(
                f"it is packed as {coding[:40]!r}, and only {CODING} was asked for"
            )
        is_packed = coding.endswith(CODING)
        self._unpack = zlib.decompressobj(_GZIP_WINDOW) if is_packed else None

    def add(self, chunk: bytes) -> None:
        """Take what has arrived; TooMuch when that, or what is in it, is too much."""
        self.arrived += len(chunk)
        if self._unpack is None:
            self._unpacked += chunk
        else:
            room = self._most_bytes - len(self._unpacked) + 1
            try:
                self._unpacked += self._unpack.decompress(chunk, room)
            except zlib.error as error:
                raise self._no_gzip() from error
        if max(self.arrived, len(self._unpacked)) > self._most_bytes:
            raise TooMuch(f"was answered with more than {self._most_bytes:,} bytes")

    def whole(self) -> bytes:
        """Give the body; DecodingError when its packing is not whole."""
        if self._unpack is not None and self.arrived and not self._unpack.eof:
            raise self._no_gzip()
        return bytes(self._unpacked)

    def _no_gzip(self) -> httpx2.DecodingError:
        words = f"it is said to be {CODING}, and can't be unpacked to its end"
        return httpx2.DecodingError(words, request=self._response.request)
