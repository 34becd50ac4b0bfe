"""A simulator: one system as callers and as the people who work in it meet it.

Beside this file: `store` keeps the records, `http` has what handlers are made of,
`server` serves simulators on this machine.
"""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from werkzeug.wrappers import Request, Response

from simulators.kit.exact_json import Record, dumps, loads
from simulators.kit.http import Handler, Refused
from simulators.kit.store import Database

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Before = Callable[[Request], Response | None]
After = Callable[[Request, Response], Response]

WRITES = ("POST", "PUT", "PATCH", "DELETE")


class Rules(Protocol):
    """The system's own rules for a change, whoever makes it: a caller or a person.

    They stamp, number and normalise, and raise Refused for what the system refuses.
    """

    def insert(self, entity: str, record: Record) -> Record:
        """Store a new record and give it as stored."""

    def edit(self, entity: str, key: str, changes: Record) -> Record:
        """Change the given members of a record and give it as stored."""

    def remove(self, entity: str, key: str, *, hard: bool) -> None:
        """Delete a record; `hard` matters where the system has two ways."""


@dataclass(frozen=True)
class Call:
    """One request and how it was answered; status 0 when no answer came."""

    method: str
    path: str
    query: str
    status: int

    @property
    def writes(self) -> bool:
        """Say whether it could have changed a record; signing in does not."""
        signs_in = self.path.lower().endswith("/token")
        return self.method in WRITES and not signs_in


class Calls:
    """The newest requests, and how many there were of each kind since `clear`."""

    def __init__(self, kept: int = 10_000) -> None:
        """Keep that many calls; the counts go on beyond them."""
        self._kept: deque[Call] = deque(maxlen=kept)
        self._counts: Counter[str] = Counter()
        self._writes = 0
        self._lock = threading.Lock()

    def add(self, call: Call) -> None:
        """Note a call."""
        with self._lock:
            self._kept.append(call)
            self._counts[call.method] += 1
            self._writes += call.writes

    def count(self, *methods: str) -> int:
        """Count the calls with these methods; all of them when none is named."""
        if not methods:
            return self._counts.total()
        return sum(self._counts[method] for method in methods)

    @property
    def writes(self) -> int:
        """Count the calls that could have changed a record."""
        return self._writes

    def clear(self) -> None:
        """Forget everything, to count anew."""
        with self._lock:
            self._kept.clear()
            self._counts.clear()
            self._writes = 0

    def __iter__(self) -> Iterator[Call]:
        """Give the kept calls, oldest first."""
        return iter(list(self._kept))

    def __len__(self) -> int:
        """Count the kept calls."""
        return len(self._kept)


@dataclass(frozen=True)
class Simulator:
    """One simulated system.

    `before` hooks see every request first and may answer in the system's place;
    `after` hooks see every answer last and may replace it. Either may raise: then
    the caller gets no answer, before or after the change was made.
    """

    system: str
    database: Database
    handler: Handler
    rules: Rules
    settings: Callable[[str], dict[str, str]]
    before: list[Before] = field(default_factory=list)
    after: list[After] = field(default_factory=list)
    requests: Calls = field(default_factory=Calls)

    def wsgi(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer over WSGI."""
        return self.answer(Request(environ))(environ, start_response)

    def answer(self, request: Request) -> Response:
        """Answer one request: the one place that every request passes."""
        status = 0
        try:
            response = self._handle(request)
            for hook in self.after:
                response = hook(request, response)
            status = response.status_code
            return response
        finally:
            query = request.query_string.decode("latin-1")
            self.requests.add(Call(request.method, request.path, query, status))

    def records(self, entity: str) -> list[Record]:
        """Give every stored record of an entity, deleted ones with a mark included."""
        return self.database[entity].select()

    def get(self, entity: str, key: str) -> Record | None:
        """Give one stored record, or None."""
        return self.database[entity].get(key)

    def insert(self, entity: str, record: Record) -> Record:
        """Add a record as a person does in the system itself; give it as stored."""
        with self.database.transaction():
            return self.rules.insert(entity, loads(dumps(record)))

    def edit(self, entity: str, key: str, changes: Record) -> Record:
        """Change a record as a person does in the system itself; give it as stored."""
        with self.database.transaction():
            return self.rules.edit(entity, key, loads(dumps(changes)))

    def remove(self, entity: str, key: str, *, hard: bool = False) -> None:
        """Delete a record as a person does in the system itself."""
        with self.database.transaction():
            self.rules.remove(entity, key, hard=hard)

    def _handle(self, request: Request) -> Response:
        try:
            for hook in self.before:
                early = hook(request)
                if early is not None:
                    return early
            return self.handler(request)
        except Refused as refused:
            return refused.response
