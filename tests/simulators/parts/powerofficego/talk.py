"""How a test speaks with the simulated PowerOffice Go."""

import json
from typing import Any

import httpx2

from simulators.kit.core import Simulator
from simulators.powerofficego import Knobs

Json = dict[str, Any]
ORIGIN = "http://simulator.test"
UNLIMITED = Knobs(rate_limit_per_second=0)
CHANGED = "LastChangedDateTimeOffset"
KARI: Json = {"FirstName": "Kari", "LastName": "Eksempel"}
NORDLYS: Json = {"Name": "Nordlys Prøvebygg AS"}
ADDRESS: Json = {"AddressLine1": "Testgata 1", "ZipCode": "7010", "City": "Trondheim"}


def sign_in(
    office: Simulator, *, grant: str = "client_credentials", **given: str
) -> httpx2.Response:
    settings = {**office.settings(ORIGIN), **given}
    with httpx2.Client(transport=httpx2.WSGITransport(app=office.wsgi)) as http:
        return http.post(
            settings["base_url"] + "/OAuth/Token",
            data={"grant_type": grant},
            auth=(settings["application_key"], settings["client_key"]),
            headers={"Ocp-Apim-Subscription-Key": settings["subscription_key"]},
        )


def connect(office: Simulator) -> httpx2.Client:
    settings = office.settings(ORIGIN)
    return httpx2.Client(
        transport=httpx2.WSGITransport(app=office.wsgi),
        base_url=settings["base_url"] + "/v2",
        headers={
            "Authorization": f"Bearer {sign_in(office).json()['access_token']}",
            "Ocp-Apim-Subscription-Key": settings["subscription_key"],
        },
    )


def listed(http: httpx2.Client, path: str, **query: str | int) -> list[Json]:
    answer = http.get(path, params=query)
    if answer.status_code == 204:
        return []
    assert answer.status_code == 200, answer.text
    return list(answer.json())


def created(http: httpx2.Client, path: str, body: Json) -> Json:
    answer = http.post(path, json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def patch(http: httpx2.Client, path: str, *operations: Json) -> httpx2.Response:
    return http.patch(
        path,
        content=json.dumps(operations),
        headers={"Content-Type": "application/json-patch+json"},
    )


def replace(path: str, value: object) -> Json:
    return {"op": "replace", "path": path, "value": value}


def detail(answer: httpx2.Response) -> tuple[int, str]:
    """Give status and detail of a problem, however its members are spelt."""
    problem = {name.lower(): value for name, value in answer.json().items()}
    assert problem["status"] == answer.status_code
    assert problem["title"]
    return answer.status_code, problem["detail"]
