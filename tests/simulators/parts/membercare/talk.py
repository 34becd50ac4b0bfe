"""How a test speaks with the simulated Membercare."""

from collections.abc import Callable, Iterable
from typing import Any

import httpx2

from simulators.kit.core import Simulator

Json = dict[str, Any]
ORIGIN = "http://simulator.test"
NORDLYS: Json = {"companyName": "Nordlys Prøvebygg AS"}
EMAIL: Json = {"type": 1, "value": "post@nordlys.example", "start": None, "end": None}
ORG_NUMBER = "/registrationNumbers/norwegianCompanyNumber"
NORWEGIAN = "registrationNumberNorwegianCompanyNumber"


def sign_in(care: Simulator, **given: str) -> httpx2.Response:
    settings = care.settings(ORIGIN)
    body = {
        "clientApiKey": settings["client_api_key"],
        "personToImpersonate": settings["person_to_impersonate"],
        **given,
    }
    with httpx2.Client(transport=httpx2.WSGITransport(app=care.wsgi)) as http:
        return http.post(f"{settings['base_url']}/token", json=body)


def served(care: Simulator) -> Callable[..., Iterable[bytes]]:
    """Hand paths over as PEP 3333 has them, which httpx2 does for ASCII only."""

    def app(environ: Any, start_response: Any) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")
        return care.wsgi(environ, start_response)

    return app


def connect(care: Simulator) -> httpx2.Client:
    return httpx2.Client(
        transport=httpx2.WSGITransport(app=served(care)),
        base_url=care.settings(ORIGIN)["base_url"],
        headers={"token": sign_in(care).json()["value"]},
    )


def got(http: httpx2.Client, path: str, **query: str | int | bool) -> Any:
    answer = http.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def result(http: httpx2.Client, path: str, **query: str | int | bool) -> list[Json]:
    return list(got(http, path, **query)["result"])


def words(answer: httpx2.Response) -> tuple[int, str]:
    """Give status and words of a refusal, which is a bare JSON string."""
    said = answer.json()
    assert isinstance(said, str)
    return answer.status_code, said


def invoice(care: Simulator, **members: Any) -> Json:
    return care.insert(
        "invoices",
        {
            "payer": {"debtorAccountNumber": "2001", "name": "Kari", "memberType": 1},
            "financeDate": "2025-03-01T00:00:00",
            "invoiceItems": [{"description": "Årskontingent", "unitPrice": 400}],
            **members,
        },
    )
