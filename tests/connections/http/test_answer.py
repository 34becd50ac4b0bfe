"""What is read of an answer, and quoted from it, without trusting it."""

import httpx2
import pytest

from connections.http.errors import ContractChanged
from tests.connections.http.scripted import session_with


@pytest.mark.parametrize(
    "text",
    ["[[0]]," * 2_000_000, '{"":0},' * 2_000_000, '"ab",' * 5_000_000],
    ids=["lists", "objects", "texts"],
)
def test_json_that_would_fill_the_memory_is_not_read(text: str) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=f"[{text[:-1]}]".encode())

    with pytest.raises(ContractChanged, match="more than 268,435,456 bytes of memory"):
        session_with(answer).get("/projects").json()


def test_signs_inside_a_text_take_no_memory() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=b'["' + b"[,:{" * 4_000_000 + b'"]')

    assert len(session_with(answer).get("/projects").json()[0]) == 16_000_000


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"errors": 5}', ""),
        ('{"errors": "no"}', "no"),
        ('{"errors": {"name": ["too long"]}}', "name: too long"),
        ('{"errors": [5, [], {"pointer": "/a", "detail": "no"}]}', "/a no"),
        ('{"message": ' + "[" * 900 + "]" * 900 + "}", ""),
        ('{"message": NaN}', '{"message": NaN}'),
        ('{"message": 1e99999999999999999999}', '{"message": 1e999'),
    ],
)
def test_no_error_is_too_odd_to_be_told(body: str, words: str) -> None:
    http = session_with(lambda _: httpx2.Response(400, text=body))

    assert http.get("/projects").words.startswith(words)
