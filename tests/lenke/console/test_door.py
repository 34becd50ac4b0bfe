"""Who is let in: by which name, from which page, with which password and token."""

import base64
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from connections.http.errors import ConfigurationError
from lenke.console.app import ROUTES, make_app
from lenke.console.door import Door, Refused
from lenke.console.serve import door_of
from lenke.home.places import Home
from tests.lenke.console.conftest import client_of
from tests.lenke.console.reading import read

EVERYWHERE = "0.0.0.0"  # noqa: S104 - a name; nothing listens
PASSWORD = "sixteen-signs-or-more"
OURS = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


def basic(password: str) -> dict[str, str]:
    """Sign in as browsers do."""
    return {
        "Authorization": "Basic "
        + base64.b64encode(f"anybody:{password}".encode()).decode()
    }


def guarded(home: Path, *names: str) -> FlaskClient:
    """Give a console behind a password, which is called by names."""
    return make_app(Home(home), Door(PASSWORD, frozenset(names))).test_client()


@pytest.mark.parametrize(
    "host",
    ["localhost:8760", "127.0.0.1", "127.0.0.1:8760", "[::1]:8760", "LOCALHOST"],
)
def test_this_machine_is_let_in(host: str, home: Path) -> None:
    assert client_of(home).get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8760"),
        *("10.0.0.7", EVERYWHERE, "[::ffff:10.0.0.7]", "", "a@localhost@b", "[", "::1"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_rebound_name_is_refused(method: str, host: str, home: Path) -> None:
    answer = client_of(home).open("/", method=method, headers={"Host": host})

    assert answer.status_code in (400, 421)
    assert "Kari" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "http://evil.example/localhost"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_page_does_nothing(
    headers: dict[str, str], home: Path
) -> None:
    client = client_of(home)
    token = read(client.get("/do/pause").text).field("token")

    answer = client.post(
        "/do/pause", data={"token": token, "what": "crmoffice"}, headers=headers
    )

    assert answer.status_code == 403
    assert "Nothing was done." in answer.text


@pytest.mark.parametrize("token", ["", "x", "eyJhIjoxfQ.aa.bb"])
def test_a_form_without_a_token_of_ours_does_nothing(token: str, home: Path) -> None:
    answer = client_of(home).post(
        "/do/pause", data={"token": token, "what": "crmoffice"}, headers=OURS
    )

    assert answer.status_code == 403


def test_a_token_is_for_its_own_form_and_console(home: Path) -> None:
    client, other = client_of(home), client_of(home)
    token = read(client.get("/do/pause").text).field("token")

    of_another_form = client.post(
        "/do/resume", data={"token": token, "what": "crmoffice"}, headers=OURS
    )
    of_another_console = other.post(
        "/do/pause", data={"token": token, "what": "crmoffice"}, headers=OURS
    )

    assert of_another_form.status_code == of_another_console.status_code == 403


def test_a_form_that_was_sent_is_not_taken_again() -> None:
    door = Door()
    number = door.number()
    door.once(number)

    for sent in (number, "of nobody"):
        with pytest.raises(Refused, match="sent already"):
            door.once(sent)


def test_what_a_foreign_page_embeds_is_refused_and_a_link_is_followed(
    home: Path,
) -> None:
    client = client_of(home)
    foreign = {"Sec-Fetch-Site": "cross-site"}

    image = client.get("/", headers={**foreign, "Sec-Fetch-Mode": "no-cors"})
    frame = client.get(
        "/",
        headers={**foreign, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    )
    link = client.get(
        "/",
        headers={**foreign, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    )

    assert (image.status_code, frame.status_code, link.status_code) == (403, 403, 200)


@pytest.mark.parametrize("address", [*ROUTES, "/do/pause", "/nothing-here"])
def test_every_answer_has_a_strict_policy(address: str, home: Path) -> None:
    client = client_of(home)

    first, second = client.get(address), client.get(address)

    policy = first.headers["Content-Security-Policy"]
    [style] = read(first.text).all("style")
    assert policy == (
        f"default-src 'none'; style-src 'nonce-{style['nonce']}'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
    assert policy != second.headers["Content-Security-Policy"]
    assert first.headers["Cache-Control"] == "no-store"
    assert first.headers["Referrer-Policy"] == "same-origin"
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in first.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_are_only_read(method: str, home: Path) -> None:
    answer = client_of(home).open("/findings", method=method, headers=OURS)

    assert answer.status_code == 405


def test_a_large_form_is_not_read(home: Path) -> None:
    answer = client_of(home).post(
        "/do/pause", data={"what": "x" * 100_000}, headers=OURS
    )

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "headers",
    [
        *({}, basic(""), basic("wrong"), basic(PASSWORD + "x"), basic(PASSWORD[:-1])),
        *({"Authorization": "Basic ???"}, {"Authorization": f"Bearer {PASSWORD}"}),
    ],
)
def test_without_the_password_nobody_is_let_in(
    headers: dict[str, str], home: Path
) -> None:
    answer = guarded(home).get("/", headers=headers)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert "Kari" not in answer.text
    assert PASSWORD not in answer.text


def test_with_the_password_an_address_and_a_given_name_are_let_in(home: Path) -> None:
    client = guarded(home, "lenke.firma.example")

    for host in ("10.0.0.7:8760", "lenke.firma.example", "localhost"):
        headers = {**basic(PASSWORD), "Host": host}
        assert client.get("/", headers=headers).status_code == 200
    rebound = client.get("/", headers={**basic(PASSWORD), "Host": "evil.example"})
    assert rebound.status_code == 421


def test_others_come_in_only_where_a_password_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    for host, names in ((EVERYWHERE, []), ("10.0.0.7", []), ("127.0.0.1", ["a.no"])):
        with pytest.raises(ConfigurationError, match="no password is set"):
            door_of(home, host, names)
    assert door_of(home, "127.0.0.1", []).password is None
    assert door_of(home, "::1", []).password is None

    monkeypatch.setenv("LENKE__CONSOLE_PASSWORD", "short")
    with pytest.raises(ConfigurationError, match="16 at least"):
        door_of(home, EVERYWHERE, [])

    monkeypatch.setenv("LENKE__CONSOLE_PASSWORD", PASSWORD)
    door = door_of(home, EVERYWHERE, ["Lenke.Firma.Example"])
    assert door.names == {"lenke.firma.example"}
    assert PASSWORD not in repr(door)


def test_the_password_is_not_read_from_where_others_may_read(tmp_path: Path) -> None:
    (tmp_path / ".dlt").mkdir(mode=0o700)
    (tmp_path / ".dlt/config.toml").write_text(
        f'[lenke]\nconsole_password = "{PASSWORD}"\n'
    )

    assert door_of(Home(tmp_path), "127.0.0.1", []).password is None
