"""What is decided in the console: shown first, then done by the command itself."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from typer.testing import CliRunner
from werkzeug.test import TestResponse

from lenke.cli import app
from lenke.console.app import make_app
from lenke.home.lock import alone
from tests.circle.conftest import Meeting, quickly, synced_in
from tests.lenke.console.reading import Read, read

OLA = "tidsbanken:ansatt:412"
PEOPLE = "tidsbanken_ansatt__powerofficego_contactperson"
OURS = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    """A world after its first sync, in which nobody has decided anything yet."""
    with quickly():
        yield synced_in(tmp_path_factory.mktemp("home"))


@pytest.fixture
def client(meeting: Meeting) -> FlaskClient:
    """A browser that looks at it."""
    return make_app(meeting.home).test_client()


def try_(client: FlaskClient, deed: str, **fields: str) -> TestResponse:
    """Open a form, fill it in and send it: it says what will happen."""
    token = read(client.get(f"/do/{deed}").text).field("token")
    return client.post(f"/do/{deed}", data={"token": token, **fields}, headers=OURS)


def do(client: FlaskClient, deed: str, shown: TestResponse) -> TestResponse:
    """Send the form that stands below what will happen."""
    token = read(shown.text).field("token")
    return client.post(f"/do/{deed}", data={"token": token}, headers=OURS)


def decisions(meeting: Meeting) -> list[tuple[str, str]]:
    """Give what people have decided, and what has become of it."""
    return [
        (str(kind), str(status))
        for kind, status in meeting.ask(
            "select kind, status from inspection.decisions order by decided_at, kind"
        )
    ]


def page(client: FlaskClient, address: str) -> Read:
    """Open a page."""
    return read(client.get(address).text)


def test_what_will_happen_is_shown_and_then_just_that_is_done_once(
    client: FlaskClient, meeting: Meeting
) -> None:
    before = meeting.home.ledger.read_bytes()
    shown = try_(client, "pause", what=OLA, until="2h", reason="<b>--all</b>")

    assert shown.status_code == 200
    assert "Nothing has been done yet." in read(shown.text).text
    assert f"{OLA} is paused until" in read(shown.text).text
    assert decisions(meeting) == []
    assert meeting.home.ledger.read_bytes() == before

    done = do(client, "pause", shown)
    again = do(client, "pause", shown)

    assert (done.status_code, again.status_code) == (200, 409)
    assert f"{OLA} is paused until" in read(done.text).text
    assert decisions(meeting) == [("pause", "in force")]
    assert "<b>--all</b>" in page(client, "/decisions").text
    [take_back] = [
        each
        for each in page(client, "/decisions").links()
        if each.startswith("/do/withdraw")
    ]
    decision = take_back.partition("decision=")[2]
    taken = do(client, "withdraw", try_(client, "withdraw", decision=decision))
    assert taken.status_code == 200
    assert decisions(meeting) == [("pause", "withdrawn")]


def test_an_unlink_shows_what_had_been_copied_and_puts_it_back(
    client: FlaskClient, meeting: Meeting
) -> None:
    target = f"powerofficego:contactperson:{meeting.linked(PEOPLE)['412']}"

    story = page(client, f"/record?key={quote(OLA)}")
    [unlink] = [each for each in story.links() if "contactperson" in each][-1:]
    shown = try_(client, "unlink", flow=PEOPLE, source=OLA, target=target, put_back="1")

    assert unlink.startswith("/do/unlink?")
    text = read(shown.text).text
    assert "is put back" in text
    assert f"lenke unlink --put-back -- {PEOPLE} {OLA} {target}" in text
    assert ("unlink", "waits") not in decisions(meeting)

    done = do(client, "unlink", shown)

    assert done.status_code == 200
    assert ("unlink", "waits") in decisions(meeting)
    assert ("put_back_target", "waits") in decisions(meeting)


def test_a_run_that_is_active_says_when_to_try_again(
    client: FlaskClient, meeting: Meeting
) -> None:
    shown = try_(client, "pause", what="crmoffice")
    with alone(meeting.home, "sync"):
        answers = [do(client, "pause", shown), try_(client, "pause", what="crmoffice")]
        now = page(client, "/")

    for answer in answers:
        assert answer.status_code == 409
        assert int(answer.headers["Retry-After"]) >= 5
        assert "A run is active, and nothing was done." in read(answer.text).text
    assert "A run is active" in now.text
    assert "A run is active" not in page(client, "/").text
    assert not meeting.ask(
        "select 1 from inspection.decisions where source_key = 'crmoffice'"
    )


@pytest.mark.parametrize(
    ("deed", "fields", "words"),
    [
        ("pause", {"what": "--help"}, "Nobody knows a record '--help'"),
        ("pause", {"what": "$(touch x); 'y"}, "Nobody knows a record"),
        ("pause", {"what": "a\x00b"}, "no command can hold"),
        ("restore", {"conflict": "zzzz"}, "There is no conflict"),
        ("acknowledge", {"finding": "zzzz"}, "There is no finding"),
    ],
)
def test_what_can_not_be_is_refused_in_the_words_of_the_command(
    deed: str, fields: dict[str, str], words: str, client: FlaskClient, meeting: Meeting
) -> None:
    before = decisions(meeting)

    answer = try_(client, deed, **fields)

    assert answer.status_code == 422
    assert words in read(answer.text).text
    assert decisions(meeting) == before


def test_a_form_that_lacks_something_says_what(client: FlaskClient) -> None:
    answer = try_(client, "link", source=OLA)

    assert answer.status_code == 400
    assert "Still missing: Target record. Nothing was done." in read(answer.text).text
    assert read(answer.text).field("source") == OLA


def test_a_finding_can_be_let_stand_where_it_stands(
    client: FlaskClient, meeting: Meeting
) -> None:
    address = page(client, "/findings").page
    [finding, *_] = re.findall(r"/finding\?id=(\w+)", address)

    done = do(client, "acknowledge", try_(client, "acknowledge", finding=finding))

    assert done.status_code == 200
    assert meeting.ask(
        "select acknowledged_at is not null from inspection.findings "
        f"where finding_id = '{finding}'"
    ) == [(True,)]
    assert f"/finding?id={finding}" not in page(client, "/findings").links()
    assert f"/finding?id={finding}" in page(client, "/findings?everything=1").links()


def test_what_is_only_tried_leaves_no_trace(meeting: Meeting) -> None:
    [(flow, source, candidates)] = meeting.ask(
        "select flow, source_key, candidate_keys from inspection.unlinked "
        "where outcome = 'ambiguous' order by all limit 1"
    )
    before = meeting.home.ledger.read_bytes(), meeting.home.inspection.read_bytes()

    for words in (
        ["link", flow, source, candidates.split(", ")[0]],
        ["findings", "acknowledge", "--all"],
        ["conflicts", "acknowledge", "--all"],
        ["pause", "crmoffice"],
    ):
        tried = CliRunner().invoke(app, [*words, "--dry-run"])
        assert tried.exit_code == 0, tried.output
        assert "Nothing is decided: this is what would follow." in tried.stderr
        assert tried.stdout

    after = meeting.home.ledger.read_bytes(), meeting.home.inspection.read_bytes()
    assert after == before
