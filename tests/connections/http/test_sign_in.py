"""Signing in: when, how often, and how long it lasts."""

from typing import Any

import httpx2
import pytest

from connections.http.client import Http
from connections.http.errors import ContractChanged, SignInRefused
from connections.http.sign_in import Credentials, lifetime
from tests.connections.http.scripted import Clock, Server, session

DAY = 86_400.0


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        (1200, 1200.0),
        ("1200", 1200.0),
        (None, 600.0),
        (0, 600.0),
        (-5, 600.0),
        ("nan", 600.0),
        (10**400, DAY),
        ("9" * 401, DAY),
        ("inf", DAY),
    ],
)
def test_a_token_lasts_as_long_as_somebody_can_mean(told: Any, seconds: float) -> None:
    assert lifetime("crmoffice", {"expires_in": told}, default=600.0) == seconds


@pytest.mark.parametrize("told", ["soon", [1200], {"a": 1}, True])
def test_what_is_no_number_of_seconds_is_a_changed_contract(told: Any) -> None:
    with pytest.raises(ContractChanged, match="no number of seconds"):
        lifetime("crmoffice", {"expires_in": told}, default=600.0)


def test_a_401_signs_in_anew_once_and_repeats() -> None:
    tokens = iter(["old1", "new1"])
    server = Server(httpx2.Response(401), httpx2.Response(200, json=[]))

    answer = session(
        server, sign_in=lambda _http: Credentials({"token": next(tokens)})
    ).get("/contacts")

    assert answer.status == 200
    assert [request.headers["token"] for request in server.seen] == ["old1", "new1"]


def test_a_401_with_keys_that_cannot_be_renewed_is_a_refused_sign_in() -> None:
    server = Server(httpx2.Response(401, json={"message": "unknown s3cret-key"}))

    with pytest.raises(SignInRefused) as caught:
        session(server).get("/contacts")

    assert len(server.seen) == 2
    assert "s3cret" not in str(caught.value)


def test_a_401_that_does_not_come_again_is_passed_over_with_the_same_keys() -> None:
    server = Server(httpx2.Response(401), httpx2.Response(200, json=[]))

    assert session(server).get("/contacts").status == 200


def test_a_refused_sign_in_is_asked_for_once_only() -> None:
    asked = []

    def sign_in(_http: Http) -> Credentials:
        asked.append(1)
        raise SignInRefused("no")

    http = session(Server(httpx2.Response(200)), sign_in=sign_in)
    for _ in range(3):
        with pytest.raises(SignInRefused):
            http.get("/contacts")

    assert len(asked) == 1


def test_a_token_is_renewed_before_its_life_ends() -> None:
    clock = Clock()
    tokens = iter(["old1", "new1"])
    server = Server(httpx2.Response(200, json=[]))
    http = session(
        server,
        clock,
        sign_in=lambda _http: Credentials({"token": next(tokens)}, lasts_seconds=1200),
    )

    http.get("/contacts")
    clock.seconds += 1171
    http.get("/contacts")

    assert [request.headers["token"] for request in server.seen] == ["old1", "new1"]


def test_a_request_is_signed_anew_and_what_was_sent_stays_as_it_was() -> None:
    tokens = iter(["old1", "new1"])
    server = Server(httpx2.Response(401))
    http = session(server, sign_in=lambda _http: Credentials({"token": next(tokens)}))

    with pytest.raises(SignInRefused):
        http.request("PATCH", "/contacts/7", json={"name": "Ny"})

    assert [each.headers["token"] for each in server.seen] == ["old1", "new1"]
    assert [each.read() for each in server.seen] == [b'{"name":"Ny"}'] * 2
