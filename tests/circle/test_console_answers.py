"""The fifteen questions of `lenke why` again, from the console alone.

Who, when, where, why, why not, what now, what next: each answered on a page that a
person comes to by links from the first one, or by what they type into the search.
"""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from lenke.console.app import make_app
from tests.circle.questions import EMOJI, K1, K2, KARI, OLA
from tests.circle.test_resting import CONTACTS
from tests.circle.test_why import HOSTILE, PEOPLE, World
from tests.circle.test_why import world as world  # the same world, told once
from tests.lenke.console.reading import Read, read

pytestmark = pytest.mark.long


@pytest.fixture
def client(world: World) -> FlaskClient:
    """A browser that looks at it."""
    return make_app(world.meeting.home).test_client()


def story(client: FlaskClient, typed: str, key: str) -> Read:
    """Find a record by what is typed, and follow its link."""
    hits = read(client.get(f"/search?q={quote(typed)}").text)
    address = f"/record?key={quote(key)}"
    assert address in hits.links()
    found = client.get(address)
    assert found.status_code == 200
    return read(found.text)


def test_who_typed_it_when_and_where_and_what_it_was_before(
    world: World, client: FlaskClient
) -> None:
    told = story(client, "Ola Nordvik", OLA).text

    assert (
        f"User 1 of tidsbanken typed “+4791000001” in {OLA} (Ola Nordvik) on "
        f"{world.typed_at}. Before it was “+4790000412”." in told
    )


def test_who_won_what_lost_and_how_it_comes_back(client: FlaskClient) -> None:
    found = story(client, "Nordmo", OLA)

    assert "Others were edited too; this was the newest." in found.text
    assert f"“Nordmo”, the value of {OLA} (Ola Nordvik), was not taken" in found.text
    assert [each for each in found.links() if each.startswith("/do/restore?conflict=")]
    lost = read(client.get("/conflicts").text)
    assert "Nordmo" in lost.text
    assert "another one was newer" in lost.text


def test_what_was_refused_in_the_systems_own_words_and_in_which_run(
    world: World, client: FlaskClient
) -> None:
    told = story(client, "+4770000099", K1).text

    assert f"was sent to customwebshop:customer:{world.shop}" in told
    assert "refused. It said: " in told
    trouble = read(client.get("/runs?trouble=1").text)
    runs = [each for each in trouble.links() if each.startswith("/run?")]
    assert any("The system said:" in client.get(each).text for each in runs)


def test_with_whom_it_is_linked_since_when_and_on_what_evidence(
    client: FlaskClient,
) -> None:
    told = story(client, "412", OLA).text

    assert "Lenke made the one from the other." in told
    assert "(rule national id)" in told
    assert told.count("are linked since ") == 3


def test_why_a_link_has_ended_and_who_decided_it(client: FlaskClient) -> None:
    told = story(client, "Kari Ås", KARI).text

    assert "It ended: unlinked by " in told
    assert "do not belong together (not her). Carried out." in told
    assert "not her" in read(client.get("/decisions").text).text


def test_why_nothing_is_linked_and_what_now(client: FlaskClient) -> None:
    flow = read(client.get(f"/flow?name={PEOPLE}").text)

    assert "it matches several records, or others match the same" in flow.text
    links = [each for each in flow.links() if each.startswith("/do/link?")]
    assert any("ansatt%3A414" in each for each in links)


def test_who_is_gone_paused_and_left_out(world: World, client: FlaskClient) -> None:
    gone = story(client, "tidsbanken:ansatt:413", "tidsbanken:ansatt:413").text
    paused = story(client, "K2", K2)
    out = story(client, EMOJI, EMOJI).text

    assert "It ended: " in gone
    assert f"rests. In force until {world.until}." in paused.text
    assert [each for each in paused.links() if each.startswith("/do/resume?")]
    assert "the rules about records leave it out" in out
    assert HOSTILE.split("\x1b")[0] in out


def test_why_a_reference_waits(client: FlaskClient) -> None:
    told = story(client, "20002", "tidsbanken:prosjekt:20002").text

    assert "999" in told
    assert "the record that it refers to has no link yet" in told
    assert "What it waits for now" in told


def test_what_is_wrong_now_and_what_comes_next(
    world: World, client: FlaskClient
) -> None:
    first = read(client.get("/").text)

    assert "lost value unseen" in first.text
    assert "older finding" in first.text
    for address in ("/findings", "/plan", "/conflicts", f"/flow?name={CONTACTS}"):
        assert address in first.links()
    [(planned,)] = world.meeting.ask("select count(*) from inspection.plan")
    assert f"{planned} writes wait" in first.text


def test_no_national_id_is_on_any_page(client: FlaskClient) -> None:
    told = story(client, "412", OLA)
    hits = read(client.get("/search?q=01828012327").text)

    assert "01828012327" not in told.page
    assert "No record bears" in hits.text
