"""How a test speaks with the simulated web shop."""

from typing import Any

import httpx2

from simulators.kit.exact_json import loads
from tests.simulators.own_contract.talk import Json


def create(http: httpx2.Client, path: str, **members: Any) -> Json:
    answer = http.post(path, json=members)
    assert answer.status_code == 201, answer.text
    return dict(loads(answer.content))


def line(**members: Any) -> Json:
    return {"description": "Arbeid", "quantity": 1, "unitPrice": 100, **members}
