"""HTTP/1.1 in as few lines as its callers need, with a latency and a limit of calls."""

import asyncio
import json
import urllib.parse
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

COUNTS = "/bench/counts"
REASONS = {200: "OK", 201: "Created", 204: "No Content", 404: "Not Found"}


@dataclass(frozen=True)
class Request:
    """One request; `path` without the query, header names in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What is answered."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def rendered(self) -> bytes:
        """Give the answer as it goes over the wire."""
        head = [f"HTTP/1.1 {self.status} {REASONS.get(self.status, 'Other')}"]
        if self.body:
            head.append("Content-Type: application/json; charset=utf-8")
        if self.status != 204:
            head.append(f"Content-Length: {len(self.body)}")
        head += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*head, "", ""]).encode() + self.body


Answering = Callable[[Request], Answer]


@dataclass
class Port:
    """One system at its port: what answers, how slowly, how often, and the counts.

    `limit` calls a second are answered, in any second; those beyond it get a 429.
    """

    answer: Answering
    latency: float = 0.0
    limit: int = 0
    calls: int = 0
    writes: int = 0
    refused: int = 0
    first_write: float = 0.0
    last_write: float = 0.0
    _recent: deque[float] = field(default_factory=deque)

    def handle(self, request: Request, now: float) -> Answer:
        """Count a request, and answer it; `COUNTS` tells what was counted."""
        if request.path == COUNTS:
            return Answer(200, as_json(self.counts()))
        if self.limit and self._is_too_many(now):
            self.refused += 1
            return Answer(429, headers={"Retry-After": "1"})
        self.calls += 1
        if request.method != "GET" and "token" not in request.path.lower():
            self.writes += 1
            self.first_write = self.first_write or now
            self.last_write = now
        return self.answer(request)

    def counts(self) -> dict[str, float]:
        """Give what was counted, and the seconds between the first and last write."""
        return {
            "calls": self.calls,
            "writes": self.writes,
            "refused": self.refused,
            "seconds_of_writing": self.last_write - self.first_write,
        }

    def _is_too_many(self, now: float) -> bool:
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if len(self._recent) >= self.limit:
            return True
        self._recent.append(now)
        return False


class Connection(asyncio.Protocol):
    """One caller's connection, kept open; requests on it come one after the other."""

    def __init__(self, port: Port) -> None:
        """Answer by `port`."""
        self._port = port
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is complete."""
        self._buffer += data
        while request := self._next():
            loop = asyncio.get_running_loop()
            rendered = self._port.handle(request, loop.time()).rendered()
            if self._port.latency:
                loop.call_later(self._port.latency, self._send, rendered)
            else:
                self._send(rendered)

    def _send(self, rendered: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(rendered)

    def _next(self) -> Request | None:
        head, blank, rest = self._buffer.partition(b"\r\n\r\n")
        if not blank:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        length = int(headers.get("content-length", 0))
        if len(rest) < length:
            return None
        self._buffer = rest[length:]
        method, target, _ = first.split(" ")
        path, _, query = target.partition("?")
        return Request(
            method,
            urllib.parse.unquote(path),
            dict(urllib.parse.parse_qsl(query, keep_blank_values=True)),
            headers,
            rest[:length],
        )


def as_json(value: object) -> bytes:
    """Give a body."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
