"""How a test speaks with a system of our own contract."""

from collections.abc import Callable, Iterator
from io import BufferedReader, RawIOBase
from typing import Any

import httpx2
from werkzeug.test import create_environ
from werkzeug.wrappers import Request

from simulators import custompms, customwebshop
from simulators.kit.core import Simulator
from simulators.own_contract.api import Knobs

Connect = Callable[[Simulator], httpx2.Client]
Json = dict[str, Any]
SIMULATE = {"customwebshop": customwebshop.simulate, "custompms": custompms.simulate}
UNLIMITED = Knobs(rate_limit_per_minute=0)


def create(http: httpx2.Client, name: str = "Nordlys", **members: Any) -> Json:
    answer = http.post("/customers", json={"name": name, **members})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def patch(
    http: httpx2.Client, key: str, changes: object, if_match: str = "*"
) -> httpx2.Response:
    headers = {
        "If-Match": if_match,
        "Content-Type": "application/merge-patch+json",
    }
    return http.patch(f"/customers/{key}", json=changes, headers=headers)


def delete(http: httpx2.Client, key: str, if_match: str = "*") -> httpx2.Response:
    return http.delete(f"/customers/{key}", headers={"If-Match": if_match})


def patch_at(
    http: httpx2.Client, path: str, record: Json, changes: Json
) -> httpx2.Response:
    headers = {"If-Match": "*", "Content-Type": "application/merge-patch+json"}
    return http.patch(f"{path}/{record['id']}", json=changes, headers=headers)


def delete_at(
    http: httpx2.Client, path: str, record: Json, mode: str
) -> httpx2.Response:
    headers = {"If-Match": "*"}
    return http.delete(f"{path}/{record['id']}?mode={mode}", headers=headers)


def post_bit_by_bit(
    simulator: Simulator, body: Iterator[bytes], key: str
) -> httpx2.Response:
    """Post a body that arrives bit by bit, while the simulator is reading it."""
    token = simulator.settings("")["token"]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    environ = create_environ(
        "/api/v1/customers",
        method="POST",
        headers=headers,
        content_length=len('{"name":"Nordlys"}'),
    )
    environ["wsgi.input"] = BufferedReader(Bits(body))
    response = simulator.answer(Request(environ))
    return httpx2.Response(response.status_code, content=response.get_data())


class Bits(RawIOBase):
    """A stream that gives what an iterator gives, when it gives it."""

    def __init__(self, bits: Iterator[bytes]) -> None:
        self._bits = bits

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        bit = next(self._bits, b"")
        buffer[: len(bit)] = bit
        return len(bit)


def names(answer: httpx2.Response) -> list[str]:
    return [record["name"] for record in answer.json()["data"]]


def kind(answer: httpx2.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["title"]
    return answer.status_code, problem["type"].rpartition("/")[2]


def pointers(answer: httpx2.Response) -> list[str]:
    assert kind(answer) == (422, "validation")
    return [error["pointer"] for error in answer.json()["errors"]]
