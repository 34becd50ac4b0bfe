"""How a test speaks with the simulated Tidsbanken."""

from typing import Any

import httpx2

from simulators.kit.core import Simulator
from simulators.tidsbanken import Knobs

Json = dict[str, Any]
ORIGIN = "http://simulator.test"
UNLIMITED = Knobs(rate_limit_per_minute=0)
KARI = {"Id": 412, "Fornavn": "Kari", "Etternavn": "Eksempel"}
NORDLYS = {"Id": "K1001", "Navn": "Nordlys Prøvebygg AS"}
LIST_PATHS = {
    "ansatt": "/ansatt/ansatt",
    "avdeling": "/ansatt/Avdeling",
    "kunde": "/prosjekt/Kunde",
    "prosjekt": "/prosjekt/Prosjekt",
}
RECORDS: dict[str, Json] = {
    "ansatt": KARI,
    "avdeling": {"Id": "10", "Navn": "Montasje"},
    "kunde": NORDLYS,
    "prosjekt": {"Id": "20017", "Navn": "Ombygging lager"},
}


def connect(bank: Simulator) -> httpx2.Client:
    settings = bank.settings(ORIGIN)
    return httpx2.Client(
        transport=httpx2.WSGITransport(app=bank.wsgi),
        base_url=settings["base_url"],
        headers={
            "tb-key": settings["tb_key"],
            "x-api-version": "3.0",
            "Ocp-Apim-Subscription-Key": settings["subscription_key"],
        },
    )


def rows(http: httpx2.Client, path: str, **query: str) -> list[Json]:
    answer = http.get(path, params={f"${name}": text for name, text in query.items()})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["value"])


def ids(http: httpx2.Client, path: str, **query: str) -> list[Any]:
    return [row["Id"] for row in rows(http, path, **query)]


def refusal(answer: httpx2.Response) -> tuple[int, str]:
    """Give status and code of an error of the service, not of the gateway."""
    body = answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    return answer.status_code, body["error"]["code"]


BAD_REQUEST = (400, "BadRequest")
