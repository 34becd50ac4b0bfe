"""A small share of the search: `make strange` turns many more worlds."""

from collections import Counter

from werkzeug.wrappers import Response

from tests.strange.answers import ANSWERS
from tests.strange.worlds import turn

_PAGE = (
    '{"data": [{"id": 7, "name": "Åse", "version": 3, "updatedAt": "2026-01-01"}, '
    '{"id": 8}], "next_cursor": "abc", "total": 2}'
)
_SIGN_IN = '{"access_token": "abc", "expires_in": 1200, "token_type": "bearer"}'
_HEADERS = {"X-Pagination": '{"totalCount": 2, "totalPages": 1}'}


def test_every_strange_answer_is_another_one() -> None:
    for kind, strange in ANSWERS.items():
        body = _SIGN_IN if kind.startswith("a token") else _PAGE
        true = Response(body, content_type="application/json", headers=_HEADERS)
        given = strange(true)

        assert given is not None, kind
        assert (given.status_code, dict(given.headers), given.get_data()) != (
            true.status_code,
            dict(true.headers),
            true.get_data(),
        ), kind


def test_answers_that_no_contract_knows_break_no_promise() -> None:
    reached: Counter[str] = Counter()

    assert turn(seed=7, runs=3, reached=reached) > 50
    assert len(reached) > 5
