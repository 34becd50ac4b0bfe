"""A home with a hostile name, and six systems with hostile records and answers."""

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result
from werkzeug.wrappers import Request, Response

from lenke.cli import app
from simulators.kit.core import Simulator
from simulators.kit.stage import open_simulators, serve, without_rate_limits
from simulators.kit.store import Store
from tests.security.canaries import LogText

HOSTILE_FOLDER = 'we\'ird "home"; {{ 7*7 }} {% raw %} [a] %41 ${HOME} ø'

HOSTILE_TEXTS = (
    "'; drop table x; --",
    "{{ 7*7 }}",
    "{% raw %}",
    "${HOME}",
    "=cmd|' /C calc'!A0",
    "\x1b[31mred",
    "\x1b]8;;http://evil\x07link",
    "[red]markup[/red]",
    "back\\[slash]",
    "nul\x00here",
    "half HALF pair",
    "Ola \u202egnirts",
    "\x9b31m c1",
    'quo"te',
)
# A simulator can't store half a surrogate pair, so it is put into its answers.
_HALF, _AS_ESCAPE = b"HALF", b"\\ud83d"

HOSTILE_IDS = (
    "'; drop table x; --",
    "a:b:c",
    "a/b/../c",
    "%2F%2e%2e",
    "..",
    "line\nbreak",
    "?x=1#y",
    "//evil.example/",
    "{{ 7*7 }}",
)

NATIONAL_ID = "01828012327"
OTHER_NATIONAL_ID = "02828012366"  # only PowerOffice holds it
THIRD_NATIONAL_ID = "04828012334"  # only Tidsbanken holds it
INTERNATIONAL_ID = "SE-811228-9874-X"  # only PowerOffice holds it
NATIONAL_IDS = {501: NATIONAL_ID, 502: THIRD_NATIONAL_ID}


@dataclass
class Night:
    """What was run, said, logged and asked for."""

    home: Path
    systems: dict[str, Simulator]
    issued: dict[str, str]
    heard: dict[str, list[bytes]]
    log: LogText
    results: list[tuple[str, Result]] = field(default_factory=list)

    def lenke(self, *words: str) -> Result:
        """Run a command in this process, as its user would."""
        found = CliRunner().invoke(app, list(words))
        self.results.append((" ".join(words), found))
        return found

    @property
    def canaries(self) -> dict[str, str]:
        """Give everything that may nowhere be found, by name."""
        numbers = (NATIONAL_ID, OTHER_NATIONAL_ID, THIRD_NATIONAL_ID)
        spaced = {f"{one} with a blank": f"{one[:6]} {one[6:]}" for one in numbers}
        plain = {one: one for one in (*numbers, INTERNATIONAL_ID)}
        return {**self.issued, **plain, **spaced}


@contextmanager
def night_in(folder: Path) -> Iterator[Night]:
    """Serve six systems and hear every byte that they are sent; all at debug level."""
    home = folder / HOSTILE_FOLDER
    store = Store(None)
    knobs: dict[str, dict[str, Any]] = {**without_rate_limits()}
    knobs["powerofficego"] = {**knobs["powerofficego"], "masked_identity": False}
    systems = open_simulators(store, knobs=knobs)
    night = Night(home, systems, {}, {name: [] for name in systems}, LogText())
    root, before_level = logging.getLogger(), logging.getLogger().level
    environment, umask = dict(os.environ), os.umask(0)
    root.addHandler(night.log)
    root.setLevel(logging.DEBUG)
    try:
        with serve(systems, requests_per_second=10_000) as stage:
            os.environ.update(stage.environment)
            os.environ.update(
                LENKE_HOME=str(home),
                LENKE__SETTLE_SECONDS="0",
                LENKE__FULL_LISTING_HOURS="0",
                DBT_DEBUG="1",
                DBT_LOG_LEVEL="debug",
                DBT_LOG_LEVEL_FILE="debug",
                DBT_LOG_PATH=str(folder / "logs of dbt"),
                RUNTIME__LOG_LEVEL="DEBUG",
            )
            os.environ.pop("LENKE_HASH_KEY", None)
            for name, system in systems.items():
                system.before.append(_hears(night.heard[name]))
                system.after.append(_notes_tokens(name, night.issued))
                secrets = stage.settings[name].items()
                night.issued.update(
                    {
                        f"{name} {setting}": value
                        for setting, value in secrets
                        if value.startswith("simulated-") and setting != "client_id"
                    }
                )
            systems["tidsbanken"].after.append(_halves_pairs)
            fill(systems)
            yield night
    finally:
        os.umask(umask)
        root.removeHandler(night.log)
        root.setLevel(before_level)
        os.environ.clear()
        os.environ.update(environment)
        store.close()


def fill(systems: dict[str, Simulator]) -> None:
    """Put in people with identity numbers, hostile texts and hostile ids."""
    for number, text in enumerate(HOSTILE_TEXTS, start=501):
        systems["tidsbanken"].insert(
            "ansatt",
            {
                "Id": number,
                "Fornavn": text,
                "Etternavn": f"Nummer {number}",
                "Epost": f"p{number}@firma.example",
                "Personnummer": NATIONAL_IDS.get(number, ""),
                "Aktiv": True,
            },
        )
    for number, key in enumerate(HOSTILE_IDS):
        systems["tidsbanken"].insert(
            "kunde", {"Id": key, "Navn": f"Kunde {number}", "Aktiv": True}
        )
    power = systems["powerofficego"]
    owner = power.insert("customers", {"Name": "Eier AS"})["Id"]
    power.insert(
        "employees",
        {
            "Number": 501,
            "FirstName": "Ansatt",
            "LastName": "I klartekst",
            "NationalIdNumber": OTHER_NATIONAL_ID,
            "InternationalIdNumber": INTERNATIONAL_ID,
        },
    )
    for last, national_id in (("En", NATIONAL_ID), ("To", OTHER_NATIONAL_ID)):
        power.insert(
            "contactperson",
            {
                "ContactId": owner,
                "FirstName": "Kontakt",
                "LastName": last,
                "SocialSecurityNumber": national_id,
            },
        )


def echo(request: Request) -> str:
    """Give what a careless system puts into an error: all that it was sent and more."""
    headers = "; ".join(f"{name}={value}" for name, value in request.headers)
    spaced = f"{NATIONAL_ID[:6]} {NATIONAL_ID[6:]}"
    return (
        f"{OTHER_NATIONAL_ID} {spaced} https://x.example/?q=Kari%20{NATIONAL_ID} "
        f"{spaced.replace(' ', '%20')} {NATIONAL_ID[:6]}-{NATIONAL_ID[6:]} {headers} "
        f"{request.get_data(as_text=True)}"
    )


def echoing(status: int, request: Request, *, html: bool = False) -> Response:
    """Answer with an echo, in the members where systems put their reasons."""
    said = echo(request)
    if html:
        return Response(f"{said} <html>", status, content_type="text/html")
    body = {"title": "No", "detail": said, "message": said, "error": said}
    headers = {"X-Echo": said.encode("ascii", "replace").decode().replace("\n", " ")}
    return Response(json.dumps(body), status, headers, content_type="application/json")


def instead(
    method: str, path: str, answer: Callable[[Request], Response]
) -> Callable[[Request], Response | None]:
    """Give a hook that answers such requests in the system's place."""

    def hook(request: Request) -> Response | None:
        if request.method == method and path in request.path:
            return answer(request)
        return None

    return hook


@contextmanager
def answering(night: Night, hooks: Mapping[str, Any]) -> Iterator[None]:
    """Let systems answer otherwise until the block ends."""
    for system, hook in hooks.items():
        night.systems[system].before.append(hook)
    try:
        yield
    finally:
        for system, hook in hooks.items():
            night.systems[system].before.remove(hook)


def _hears(heard: list[bytes]) -> Callable[[Request], Response | None]:
    def hook(request: Request) -> Response | None:
        head = f"{request.method} {request.url}\n{request.headers}"
        heard.append(head.encode(errors="surrogatepass") + request.get_data())
        return None

    return hook


def _notes_tokens(
    name: str, issued: dict[str, str]
) -> Callable[[Request, Response], Response]:
    def hook(request: Request, response: Response) -> Response:
        if request.path.lower().endswith("/token") and response.status_code == 200:
            try:
                body: dict[str, Any] = json.loads(response.get_data())
            except ValueError:  # half an answer
                return response
            for member in ("access_token", "refresh_token", "value"):
                if member in body:
                    issued[f"{name} {member} {len(issued)}"] = body[member]
        return response

    return hook


def _halves_pairs(_request: Request, response: Response) -> Response:
    response.set_data(response.get_data().replace(_HALF, _AS_ESCAPE))
    return response
