"""How a test speaks with the simulated CRM-Office."""

from collections.abc import Callable
from typing import Any

import httpx2

from simulators.crmoffice import Knobs
from simulators.kit.core import Simulator

Connect = Callable[[Simulator], httpx2.Client]
Json = dict[str, Any]
UNLIMITED = Knobs(rate_limit_per_minute=0)
ORIGIN = "http://simulator.test"


def create(http: httpx2.Client, path: str, **members: Any) -> str:
    named = {"/contacts": {"familyName": "Prøvesen"}, "/activities": {"subject": "x"}}
    answer = http.post(path, json={**named[path], **members})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def read(http: httpx2.Client, path: str, key: str) -> Json:
    answer = http.get(f"{path}/{key}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def items(http: httpx2.Client, path: str, **query: str) -> list[Json]:
    answer = http.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def ids(http: httpx2.Client, path: str, **query: str) -> list[str]:
    return [record["id"] for record in items(http, path, **query)]


def refusal(answer: httpx2.Response) -> tuple[int, str, str]:
    body = answer.json()
    assert set(body) == {"error", "message"}
    return answer.status_code, body["error"], body["message"].partition(":")[0]


def sign_in(crm: Simulator, **form: str | None) -> httpx2.Response:
    settings = crm.settings(ORIGIN)
    whole = {
        "grant_type": "refresh_token",
        "client_id": settings["client_id"],
        "client_secret": settings["client_secret"],
        "refresh_token": settings["refresh_token"],
        **form,
    }
    sent = {name: value for name, value in whole.items() if value is not None}
    with httpx2.Client(transport=httpx2.WSGITransport(app=crm.wsgi)) as http:
        return http.post(settings["token_url"], data=sent)
