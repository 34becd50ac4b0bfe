"""The lowest layer: by the proxies of the environment, but not to this machine."""

import socket
import threading
from pathlib import Path

import httpx2
import pytest

from connections.http.network import Network
from connections.http.runtime import Runtime
from tests.connections.http.scripted import session_with


@pytest.mark.parametrize(
    ("address", "is_asked"), [("https://shop.example", True), ("http://[::1]:9", False)]
)
def test_a_proxy_that_the_environment_names_is_used_but_not_to_this_machine(
    address: str, is_asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bytes] = []
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")

        def listen() -> None:
            connection, _ = proxy.accept()
            with connection:
                heard.append(connection.recv(1000))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        layer = Network("crmoffice", httpx2.URL(address), Runtime(home=Path("unused")))

        with pytest.raises(httpx2.RequestError):
            layer.handle_request(httpx2.Request("GET", f"{address}/users"))
        thread.join(5 if is_asked else 0.1)

    layer.close()
    assert [b"CONNECT shop.example:443" in words for words in heard] == (
        [True] if is_asked else []
    )


def test_what_is_set_as_a_cookie_is_given_back_to_who_set_it() -> None:
    seen: list[str | None] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.headers.get("Cookie"))
        return httpx2.Response(200, headers={"Set-Cookie": "node=b; Path=/"}, json=[])

    http = session_with(answer)
    for _ in range(2):
        http.get("/projects")

    assert seen == [None, "node=b"]
