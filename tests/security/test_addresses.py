"""Where requests go: no id, no answer and no false certificate leads them elsewhere."""

import importlib
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from connections.http import network
from connections.http.client import Http
from connections.http.errors import ConfigurationError, SkipRecord, Unreachable
from connections.http.runtime import Runtime
from connections.http.sign_in import Credentials
from connections.settings.read import systems
from tests.security.world import HOSTILE_IDS

# Of a machine that nobody vouches for; the key guards nothing.
SELF_SIGNED = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgGwGFJ7Me0g/dYuO2
EDKw291oHitRFSx/ihMlXmIh0mGhRANCAARQHyCgQHwGP0r0Z04XFMsE6awPGuC6
sm2noy6XXgf1W3hLzVrYB5YSTNUFJtut+fZ9QgMOEHy+ZglJMQzuuV5v
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUR7GT8mTtMKx3NJ9QtlFYvWxIbKswCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTE1MDY1MloYDzIxMjYxMDI4
MTUwNjUyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARQHyCgQHwGP0r0Z04XFMsE6awPGuC6sm2noy6XXgf1W3hLzVrYB5YS
TNUFJtut+fZ9QgMOEHy+ZglJMQzuuV5vo28wbTAdBgNVHQ4EFgQUhTcCTRzxh8hc
Dio0hCRbi7Ve4cgwHwYDVR0jBBgwFoAUhTcCTRzxh8hcDio0hCRbi7Ve4cgwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhALEGjNo6OVvSAuyHX2Pf+0r0iHPWnU9FoUmS49jAhJNkAiB9
t7fEVo6Ge6xJ01iL6la9V9QrrRHorRgCuVOH+kAAoA==
-----END CERTIFICATE-----
"""

LONG_ID = "9" * 5000


def session(base_url: str, home: Path, transport: Any = None) -> Http:
    return Http(
        "crmoffice",
        base_url,
        sign_in=lambda _http: Credentials(headers={"x-key": "s3cret-key"}),
        limit=None,
        runtime=Runtime(
            home=home, transport_for=lambda _: transport, sleep=lambda _: None
        ),
    )


@pytest.mark.parametrize("system", systems())
@pytest.mark.parametrize("record_id", [*HOSTILE_IDS, LONG_ID, "", "."])
def test_an_id_addresses_no_other_path_and_no_other_host(
    system: str, record_id: str, tmp_path: Path
) -> None:
    sent: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(404)

    http = session("https://a.example/b", tmp_path, httpx2.MockTransport(answer))
    module = importlib.import_module(f"reverse_etl.{system}")
    endpoints = importlib.import_module(f"connections.{system}").ENDPOINTS

    for entity in endpoints:
        for key in (record_id, f"1/{record_id}"):
            with pytest.raises(SkipRecord):  # its system goes on
                module.read(http, entity, key)

    for request in sent:
        assert (request.url.scheme, request.url.host) == ("https", "a.example")
        address = request.url.raw_path.decode().partition("?")[0]
        paths = [f"/b{endpoint.path}" for endpoint in endpoints.values()]
        assert _is_below_one_of(paths, address)


def _is_below_one_of(paths: list[str], address: str) -> bool:
    """Say whether an address is that of an entity, or one segment below it.

    A contact person of PowerOffice has two segments: the contact's id and its own.
    """
    return any(
        address.removeprefix(path).count("/") <= (2 if "Person" in path else 1)
        for path in paths
        if address.startswith(path)
    )


@pytest.fixture
def port_of_a_stranger(tmp_path: Path) -> Iterator[tuple[int, list[bytes]]]:
    """A TLS server whose certificate nobody signed; it keeps what it is told."""
    pem = tmp_path / "self-signed.pem"
    pem.write_text(SELF_SIGNED)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    told: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(connection, server_side=True) as wrapped:
                    told.append(wrapped.recv(10_000))
                    wrapped.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
            except OSError:
                pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listening.getsockname()[1], told
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


def test_a_certificate_that_nobody_signed_ends_it_before_a_key_is_sent(
    port_of_a_stranger: tuple[int, list[bytes]], tmp_path: Path
) -> None:
    port, told = port_of_a_stranger
    http = session(f"https://localhost:{port}", tmp_path)

    with pytest.raises(Unreachable, match="certificate"):
        http.get("/users")

    assert told == []


def test_a_certificate_of_an_own_authority_is_trusted_when_it_is_named(
    port_of_a_stranger: tuple[int, list[bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port, told = port_of_a_stranger
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "self-signed.pem"))
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(network, "is_loopback", lambda _base: False)
    http = session(f"https://localhost:{port}", tmp_path)

    assert http.get("/users").status == 204
    assert len(told) == 1


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_can_not_be_read_are_a_setting_to_correct(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    named = tmp_path / "named.pem"
    if content:
        named.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(named))

    with pytest.raises(ConfigurationError, match="Correct SSL_CERT_FILE"):
        session("https://shop.example", tmp_path)


def test_the_keys_of_the_encryption_are_written_down_for_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = tmp_path / "keys"
    monkeypatch.setenv("SSLKEYLOGFILE", str(keys))

    with pytest.raises(ConfigurationError, match="SSLKEYLOGFILE is set"):
        session("https://shop.example", tmp_path)

    assert not keys.exists()
