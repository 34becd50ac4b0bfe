"""A session with a system: what it sends, repeats, refuses and says."""

from decimal import Decimal

import httpx2
import pytest

from connections.http.address import segment
from connections.http.errors import (
    ConfigurationError,
    ContractChanged,
    Refused,
    SystemStopped,
    Unreachable,
    Unsure,
)
from tests.connections.http.scripted import BASE, Clock, Server, session, session_with


def test_a_request_goes_below_base_url_with_its_keys_and_an_encoded_query() -> None:
    server = Server(httpx2.Response(200, json=[]))

    session(server).get("/kunder", params={"$filter": "a ge 2025+01:00", "all": True})

    (request,) = server.seen
    assert str(request.url) == f"{BASE}/kunder?$filter=a%20ge%202025%2B01:00&all=true"
    assert request.headers["Authorization"] == "Bearer abcd"


def test_numbers_arrive_and_leave_as_they_were_written() -> None:
    server = Server(httpx2.Response(200, text='{"price": 100.10, "æ": 1}'))
    http = session(server)

    record = http.get("/products/1").json()
    http.request("POST", "/products", json=record)

    assert record["price"] == Decimal("100.10")
    assert server.seen[1].content == '{"price":100.10,"æ":1}'.encode()


def test_an_id_becomes_one_segment_of_the_path() -> None:
    assert segment("a/b?c'1") == "a%2Fb%3Fc%271"
    assert segment("%2F..\n@evil.example:8") == "%252F..%0A%40evil.example%3A8"


@pytest.mark.parametrize("record_id", ["", ".", "..", "a" * 70_000, "\ud800"])
def test_an_id_that_fits_no_address_is_refused_for_its_record_alone(
    record_id: str,
) -> None:
    with pytest.raises(Refused, match="cannot be the id"):
        segment(record_id)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/api/v1/contacts?page=2",
        "http://api.example/api/v1/contacts",
        "https://api.example:8443/api/v1/contacts",
        "https://api.example@evil.example/",
        "//evil.example/contacts",
    ],
)
def test_a_link_to_another_origin_is_refused_before_anything_is_sent(
    address: str,
) -> None:
    server = Server(httpx2.Response(200, json=[]))

    with pytest.raises(ContractChanged, match="crmoffice"):
        session(server).get(address if "://" in address else f"https:{address}")

    assert server.seen == []


def test_a_whole_address_of_the_same_origin_is_followed() -> None:
    server = Server(httpx2.Response(200, json=[]))

    session(server).get("https://API.example:443/api/v1/contacts?page=2")

    assert server.seen[0].url.path == "/api/v1/contacts"


def test_a_redirect_is_not_followed_and_names_both_origins() -> None:
    server = Server(
        httpx2.Response(302, headers={"Location": "https://evil.example/x"})
    )

    with pytest.raises(ContractChanged, match=r"api\.example:443 to https://evil\.ex"):
        session(server).get("/contacts")

    assert len(server.seen) == 1


def test_too_many_calls_wait_as_long_as_the_system_asks() -> None:
    server = Server(
        httpx2.Response(429, headers={"Retry-After": "7"}),
        httpx2.Response(429, headers={"Retry-After": "Mon, 03 Mar 2025 12:00:20 GMT"}),
        httpx2.Response(204),
    )
    clock = Clock()

    answer = session(server, clock).request("PATCH", "/contacts/1", json={})

    assert answer.status == 204
    assert [round(seconds - 0.25) for seconds in clock.slept] == [7, 20]


def test_too_many_calls_without_a_time_wait_longer_each_time_and_end() -> None:
    server = Server(httpx2.Response(429, html="<p>slow down</p>"))
    clock = Clock()

    with pytest.raises(Unreachable, match="429"):
        session(server, clock).get("/contacts")

    assert len(server.seen) == 8
    assert sum(clock.slept) > 60


@pytest.mark.parametrize(
    "trouble",
    [httpx2.ReadTimeout("slow"), httpx2.ReadError("reset"), httpx2.Response(502)],
)
def test_a_read_is_repeated_after_trouble(trouble: httpx2.Response | Exception) -> None:
    server = Server(trouble, httpx2.Response(200, json=[]))

    answer = session(server).get("/contacts")

    assert answer.status == 200
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    "trouble",
    [
        httpx2.ReadTimeout("slow"),
        httpx2.RemoteProtocolError("closed"),
        httpx2.Response(500),
        httpx2.Response(503),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_write_without_a_clear_answer_is_unsure_and_never_repeated(
    method: str, trouble: httpx2.Response | Exception
) -> None:
    server = Server(trouble, httpx2.Response(201))

    with pytest.raises(Unsure, match="look before sending it again"):
        session(server).request(method, "/contacts", json={})

    assert len(server.seen) == 1


def test_a_write_that_was_turned_away_for_a_while_is_repeated() -> None:
    away = httpx2.Response(503, headers={"Retry-After": "2"})
    server = Server(away, httpx2.ConnectError("refused"), httpx2.Response(201))

    answer = session(server).request(
        "POST", "/contacts", json={}, headers={"Idempotency-Key": "1"}
    )

    assert answer.status == 201


@pytest.mark.parametrize(
    "kind", ["text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml"]
)
def test_a_web_page_in_answer_to_a_write_is_unsure_whatever_its_type(kind: str) -> None:
    page = httpx2.Response(200, text="<p>wait</p>", headers={"Content-Type": kind})

    with pytest.raises(Unsure, match="200 with a web page"):
        session(Server(page)).request("DELETE", "/contacts/1")


def test_a_create_that_a_system_would_not_recognise_is_never_repeated() -> None:
    away = httpx2.Response(503, headers={"Retry-After": "2"})
    server = Server(away, httpx2.Response(201))

    with pytest.raises(Unsure, match="503"):
        session(server).request("POST", "/contacts", json={})

    assert len(server.seen) == 1


def test_a_connection_that_never_opens_is_unreachable_also_for_a_write() -> None:
    server = Server(httpx2.ConnectError("refused"))

    with pytest.raises(Unreachable, match="could not connect"):
        session(server).request("POST", "/contacts", json={})


def test_an_answer_that_is_no_json_is_quoted_without_secrets_and_identity_numbers() -> (
    None
):
    server = Server(httpx2.Response(200, html="<p>01017012345 s3cret-key down</p>"))

    with pytest.raises(ContractChanged, match=r"not JSON.*down") as caught:
        session(server).get("/contacts").json()

    assert "01017012345" not in str(caught.value)
    assert "s3cret-key" not in str(caught.value)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('"companyName is missing"', "companyName is missing"),
        (
            '{"error": {"code": "taken", "message": "Id is taken"}}',
            "taken - Id is taken",
        ),
        ('{"Title": "Refused", "detail": "in use"}', "Refused - in use"),
        (
            '{"title": "Bad", "errors": [{"pointer": "/email", "detail": "no"}]}',
            "Bad - /email no",
        ),
        ("<h1>oh  no</h1>", "<h1>oh no</h1>"),
        ("", ""),
    ],
)
def test_the_words_of_a_refusal_are_found_wherever_a_system_puts_them(
    body: str, words: str
) -> None:
    answer = session(Server(httpx2.Response(400, text=body))).get("/contacts")

    assert answer.words == words


@pytest.mark.parametrize(
    "base_url",
    [
        "http://api.example",
        "ftp://api.example",
        "api.example",
        "https://user:pass@api.example",
        "https://api.example?x=1",
    ],
)
def test_an_address_that_would_expose_credentials_is_refused(base_url: str) -> None:
    with pytest.raises(ConfigurationError, match="base_url"):
        session(Server(httpx2.Response(200)), base_url=base_url)


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_plain_http_is_accepted_on_this_machine(host: str) -> None:
    server = Server(httpx2.Response(200))

    session(server, base_url=f"http://{host}/crm/").get("/contacts")

    assert server.seen[0].url.path == "/crm/contacts"


def test_an_ended_session_sends_nothing_more() -> None:
    server = Server(httpx2.Response(200))
    http = session(server)

    http.close()

    with pytest.raises(SystemStopped, match="ended"):
        http.get("/contacts")
    assert server.seen == []


@pytest.mark.parametrize(
    "link", ["https://[", "https://api.example:x/", "https://xn--a/", "https://xn--/"]
)
def test_a_link_that_is_no_address_is_a_changed_contract(link: str) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(302, headers={"Location": link})

    http = session_with(answer)

    with pytest.raises(ContractChanged, match="Nothing was sent"):
        http.get(link)
    with pytest.raises(SystemStopped):
        http.get("/projects")
