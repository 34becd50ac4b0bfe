"""Idempotency-Key: a repeated POST gets the first answer instead of a second record."""

import hashlib
import threading
from datetime import timedelta

from werkzeug.wrappers import Request, Response

from simulators.kit.exact_json import Record
from simulators.kit.http import Clock, Handler, Refused
from simulators.kit.store import Database, Entity
from simulators.own_contract.paging import stamp
from simulators.own_contract.problems import Refuse

KEYS = Entity("idempotency_keys", {"used": lambda kept: kept["used"]}, ("used",))
LONGEST_KEY = 255
REPLAYED_HEADERS = ("ETag", "Location", "Content-Type")


def idempotent(
    database: Database,
    handler: Handler,
    *,
    lifetime: timedelta,
    clock: Clock,
    refuse: Refuse,
) -> Handler:
    """Answer a POST whose key is known with the answer that it got the first time.

    Every answer is kept but 5xx, in the same commit as what it answers for.
    """
    running: set[str] = set()
    lock = threading.Lock()

    def answer(request: Request) -> Response:
        key = request.headers.get("Idempotency-Key")
        if request.method != "POST" or key is None:
            return handler(request)
        if not 1 <= len(key) <= LONGEST_KEY:
            raise refuse(
                "invalid-parameter", f"Idempotency-Key: 1 to {LONGEST_KEY} characters"
            )
        name = _digest(request.headers.get("Authorization", "") + "\n" + key)
        with lock:
            if name in running:
                raise refuse("idempotency-busy", "Wait for the first call to end.")
            running.add(name)
        try:
            with database.transaction():
                return first_or_again(name, request)
        finally:
            with lock:
                running.remove(name)

    def first_or_again(name: str, request: Request) -> Response:
        now = clock()
        table = database[KEYS.name]
        table.remove_where("used <= ?", (stamp(now - lifetime),))
        body = _digest(f"{request.path}\n{request.get_data().hex()}")
        kept = table.get(name)
        if kept is not None:
            if kept["body"] != body:
                raise refuse("idempotency-mismatch", "One key belongs to one request.")
            return _again(kept)
        response = _answered(database, handler, request)
        if response.status_code < 500:
            table.put(name, _kept(response, body, stamp(now)))
        return response

    return answer


def _answered(database: Database, handler: Handler, request: Request) -> Response:
    """Give the answer, also when it is a refusal: that is kept too."""
    try:
        with database.transaction():
            return handler(request)
    except Refused as refused:
        return refused.response


def _kept(response: Response, body: str, used: str) -> Record:
    headers = {
        name: response.headers[name]
        for name in REPLAYED_HEADERS
        if name in response.headers
    }
    return {
        "used": used,
        "body": body,
        "status": response.status_code,
        "headers": headers,
        "text": response.get_data(as_text=True),
    }


def _again(kept: Record) -> Response:
    headers = {**kept["headers"], "Idempotency-Replayed": "true"}
    return Response(kept["text"], status=kept["status"], headers=headers)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
