"""The console as a web application: each page an address, each deed a form.

It reads what is published, and opens it anew for every page: a run replaces it. What
changes something is done by the command itself, in a process of its own.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from connections.http.errors import ConfigurationError, LenkeError
from lenke.console import forms, shown
from lenke.console.asking import Look, one_look
from lenke.console.door import Door, Refused, headers
from lenke.console.page import Asked, Page
from lenke.console.pages import (
    conflicts,
    decisions,
    finding,
    findings,
    flow,
    now,
    plan,
    record,
    run,
    runs,
    search,
    system,
)
from lenke.home.lock import AnotherRun
from lenke.home.places import Home
from lenke.run.defect import in_words
from lenke.run.running import nobody_runs
from lenke.showing import questions

ROUTES: Mapping[str, Callable[[Look, Asked], Page]] = {
    "/": now.page,
    "/findings": findings.page,
    "/finding": finding.page,
    "/runs": runs.page,
    "/run": run.page,
    "/record": record.page,
    "/search": search.page,
    "/plan": plan.page,
    "/conflicts": conflicts.page,
    "/decisions": decisions.page,
    "/flow": flow.page,
    "/system": system.page,
}

_MOST_SENT = 64 * 1024  # bytes of a form


def make_app(home: Home, door: Door | None = None) -> Flask:
    """Give the console of a home; the `door` says who may come in."""
    door = door or Door()
    app = Flask("lenke.console", static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _MOST_SENT
    for path, page in ROUTES.items():
        app.add_url_rule(path, path, _view(home, page), methods=["GET"])
    app.add_url_rule("/do/<deed>", "do", _deed(home, door), methods=["GET", "POST"])

    @app.before_request
    def check() -> None:
        g.nonce = secrets.token_urlsafe(16)
        door.check(request.method, dict(request.headers))

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(headers(g.nonce))
        return response

    app.register_error_handler(Exception, _error)
    return app


def _view(home: Home, page: Callable[[Look, Asked], Page]) -> Callable[[], Response]:
    def view() -> Response:
        asked = Asked(request.args, _now())
        with one_look(home) as look:
            made = page(look, asked)
            [built] = look.ask(questions.WHY["built"]).rows or [(None,)]
        with nobody_runs(home) as is_free:
            pass
        return _answer(made, asked.now, built_at=built[0], stale=not is_free)

    return view


def _deed(home: Home, door: Door) -> Callable[[str], Response]:
    def do(deed: str) -> Response:
        if request.method == "POST":
            made = forms.posted(home, door, deed, request.form)
        else:
            made = forms.asked(door, deed, request.args)
        response = _answer(made, _now())
        if "retry_after" in made.values:
            response.headers["Retry-After"] = str(made.values["retry_after"])
        return response

    return do


def _error(error: Exception) -> Response:
    """Answer with what is the matter, in words that hold no secret."""
    if isinstance(error, Refused):
        page = Page("nothing", "Not let in", str(error), status=error.status)
        response = _answer(page, _now())
        response.headers.update(error.headers)
        return response
    if isinstance(error, HTTPException):
        words = "There is no such page." if error.code == 404 else error.name + "."
        return _answer(
            Page("nothing", error.name, words, status=error.code or 500), _now()
        )
    told = error if isinstance(error, LenkeError) else in_words(error)
    status = 500
    if isinstance(told, AnotherRun):
        status = 409
    elif isinstance(told, ConfigurationError):
        status = 503
    return _answer(
        Page("nothing", "It can't be shown", str(told), status=status), _now()
    )


def _answer(page: Page, now: datetime, **given: Any) -> Response:
    text = shown.html(
        page,
        nonce=g.nonce,
        path=request.path,
        now=now,
        other_page=_other_page,
        **given,
    )
    return Response(text, status=page.status, mimetype="text/html")


def _other_page(offset: int) -> str:
    """Give the address of this page with other rows."""
    return shown.link(request.path, **{**request.args.to_dict(), "offset": offset})


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
