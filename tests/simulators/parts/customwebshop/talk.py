"""How a test speaks with the simulated web shop."""

from typing import Any

import httpx2

from simulators.kit.exact_json import loads

Json = dict[str, Any]


def create(http: httpx2.Client, path: str, **members: Any) -> Json:
    answer = http.post(path, json=members)
    assert answer.status_code == 201, answer.text
    return dict(loads(answer.content))


def patch(
    http: httpx2.Client, path: str, record: Json, changes: Json
) -> httpx2.Response:
    headers = {"If-Match": "*", "Content-Type": "application/merge-patch+json"}
    return http.patch(f"{path}/{record['id']}", json=changes, headers=headers)


def delete(http: httpx2.Client, path: str, record: Json, mode: str) -> httpx2.Response:
    headers = {"If-Match": "*"}
    return http.delete(f"{path}/{record['id']}?mode={mode}", headers=headers)


def kind(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def pointers(answer: httpx2.Response) -> list[str]:
    assert kind(answer) == (422, "validation")
    return [error["pointer"] for error in answer.json()["errors"]]


def line(**members: Any) -> Json:
    return {"description": "Arbeid", "quantity": 1, "unitPrice": 100, **members}
