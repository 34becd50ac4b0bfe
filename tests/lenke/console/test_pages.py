"""What the pages say, with the SQL that they show, and of whatever value."""

import re
from pathlib import Path
from urllib.parse import quote, unquote_plus

import duckdb
import pytest

from lenke.console import asking
from lenke.console.app import ROUTES
from lenke.home.places import Home
from lenke.showing.look import ask_in_sql
from tests.lenke.console.conftest import (
    HOSTILE,
    HOSTILE_PAGES,
    OLDER_RUN,
    RUN,
    client_of,
    flow_row,
    publish,
)
from tests.lenke.console.reading import Read, read
from tests.lenke.published import FLOW, KARI, KARI_THERE, OLA, OTHER_FLOW

PAGES = (
    "/",
    "/findings",
    "/findings?kind=held_refused",
    "/finding?id=a1b2c3d4e5f60718",
    "/plan",
    "/conflicts",
    "/runs",
    "/runs?trouble=1",
    f"/run?id={RUN}",
    f"/record?key={KARI}",
    "/search?q=kari",
    "/decisions",
    f"/flow?name={FLOW}",
    "/system?name=tidsbanken",
)


def page(home: Path, address: str, status: int = 200) -> Read:
    """Open a page of the console."""
    answer = client_of(home).get(address)
    assert answer.status_code == status, answer.text
    return read(answer.text)


def test_every_page_has_an_address_and_is_asked_for_here() -> None:
    assert {each.split("?")[0] for each in PAGES} == set(ROUTES)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_begins_with_a_sentence_and_says_how_old_it_is(
    address: str, home: Path
) -> None:
    found = page(home, address)

    assert [each.get("class") for each in found.all("p")][:2] == [
        "sentence",
        "quiet age",
    ]
    assert "As of 2026-01-03 12:00" in found.text


@pytest.mark.parametrize("address", PAGES)
def test_the_sql_that_a_page_shows_can_be_asked(address: str, home: Path) -> None:
    found = page(home, address)

    shown = [each for each in found.all("pre") if each.get("aria-label") == "SQL"]
    assert shown
    texts = list(re.findall(r"<code>(-- .*?)</code>", found.page, flags=re.S))
    assert len(texts) == len(shown)
    for text in texts:
        ask_in_sql(Home(home), re.sub("&#39;|&#34;|&lt;|&gt;|&amp;", _sign, text))


def _sign(found: re.Match[str]) -> str:
    signs = {"&#39;": "'", "&#34;": '"', "&lt;": "<", "&gt;": ">", "&amp;": "&"}
    return signs[found[0]]


def test_what_is_shown_as_sql_gives_the_rows_of_the_page(hostile_home: Path) -> None:
    given = {"past": True, "conflict": "c1", "offset": 0}
    with asking.one_look(Home(hostile_home)) as look:
        answer = look.at("conflicts", **given)

        assert answer.rows
        assert look.of(answer.sql).rows == answer.rows


@pytest.mark.parametrize("address", HOSTILE_PAGES)
def test_a_hostile_value_is_text_on_every_page(
    address: str, hostile_home: Path
) -> None:
    found = page(hostile_home, address)

    assert "<script>alert(1)</script>" in found.text
    names = {name for name, _ in found.elements}
    assert not names & {"script", "b", "img", "iframe", "object", "embed"}
    for _, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert "style" not in attributes
    assert "49" not in found.text.split("{{7*7}}")[0][-5:]
    assert "\x1b" not in found.page
    assert "\u202e" not in found.page
    assert "<U+202E>" in found.text


@pytest.mark.parametrize("address", HOSTILE_PAGES)
def test_a_hostile_value_leads_nowhere_else(address: str, hostile_home: Path) -> None:
    found = page(hostile_home, address)

    for link in found.links():
        assert link.startswith(("/", "#"))
        assert not link.startswith("//")
        assert not re.search(r"[\"'<>`\x1b]", link)


def test_a_hostile_record_has_a_story_and_can_be_searched(hostile_home: Path) -> None:
    key = f"tidsbanken:ansatt:{HOSTILE}"

    told = page(hostile_home, f"/record?key={quote(key)}")
    hits = page(hostile_home, f"/search?q={quote('<script>')}")

    assert "<script>alert(1)</script>" in told.text
    assert key in [unquote_plus(each.partition("key=")[2]) for each in hits.links()]


def test_a_form_gives_back_a_key_as_it_is(hostile_home: Path) -> None:
    key = f"tidsbanken:ansatt:{HOSTILE}"

    found = page(hostile_home, f"/do/pause?what={quote(key)}")

    assert found.field("what") == key


def test_now_says_the_worst_word_of_each_flow(home: Path) -> None:
    found = page(home, "/")

    assert "5 findings" in found.text
    assert f"/flow?name={FLOW}" in found.links()
    assert "partly done" in found.text
    assert re.search(
        r'class="state wait"><span aria-hidden="true">◐</span>', found.page
    )


def test_what_nothing_was_read_of_is_not_called_well(tmp_path: Path) -> None:
    publish(
        tmp_path,
        coverage=[flow_row(OTHER_FLOW, is_active=False)],
        **{table: [] for table in ("findings", "plan", "records", "links")},
        conflicts=[],
    )

    found = page(tmp_path, "/")

    assert "No findings. No run yet; 0 writes wait." in found.text
    assert 'class="state unknown"' in found.page
    assert 'class="state well"' not in found.page


def test_findings_stand_by_what_they_stop_with_the_next_step(home: Path) -> None:
    found = page(home, "/findings")

    assert "5 findings open, 5 new since yesterday 07:00." in found.text
    assert "What stops a record" in found.text
    assert f"lenke link {OTHER_FLOW} {OLA}" in found.text
    [do] = {each for each in found.links() if each.startswith("/do/link")}
    assert f"flow={OTHER_FLOW}&source={quote(OLA)}" in do


def test_a_finding_shows_who_is_concerned_side_by_side(home: Path) -> None:
    found = page(home, "/finding?id=a1b2c3d4e5f60718")

    assert "Ola Lie" in found.text
    assert "/do/acknowledge?finding=a1b2c3d4e5f60718" in found.links()
    assert "lenke findings acknowledge a1b2c3d4" in found.text


def test_runs_say_what_came_of_their_writes(home: Path) -> None:
    found, trouble = page(home, "/runs"), page(home, "/runs?trouble=1")

    assert f"/run?id={OLDER_RUN}" in found.links()
    assert f"/run?id={OLDER_RUN}" not in trouble.links()
    assert f"/run?id={RUN}" in trouble.links()
    [chart] = found.all("svg")
    assert chart["role"] == "img"
    assert "Writes of each run" in (chart["aria-label"] or "")


def test_a_run_says_before_and_after_and_the_systems_own_words(home: Path) -> None:
    found = page(home, f"/run?id={RUN}")

    assert "The system said: no such number" in found.text
    assert "+4791000001" in found.text
    assert "Exit code 3" in found.text
    assert "ansatt 40" in found.text


def test_a_record_shows_its_members_and_an_emptied_value(home: Path) -> None:
    found = page(home, f"/record?key={KARI}")

    assert "Kari Ås" in found.text
    assert f"/record?key={quote(KARI_THERE)}" in found.links()
    assert "Somebody emptied it in tidsbanken:ansatt:411" in found.text
    assert "shows +4791000001" in found.text
    assert "waits" in found.text


def test_what_was_emptied_is_not_shown_as_it_was(home: Path) -> None:
    with asking.one_look(Home(home)) as look:
        [row] = look.at("values", keys=[KARI_THERE]).rows

    assert row["agreed_value"] is None


@pytest.mark.parametrize(
    ("typed", "hit"),
    [("411", KARI), ("KARI Å", KARI), (KARI_THERE, KARI_THERE), ("91000001", KARI)],
)
def test_search_finds_ids_keys_names_and_values(
    typed: str, hit: str, home: Path
) -> None:
    found = page(home, f"/search?q={quote(typed)}")

    assert f"/record?key={quote(hit)}" in found.links()


@pytest.mark.parametrize(
    "address",
    ["/finding?id=x", "/run", "/record?key=x", "/flow?name=x", "/system?name=x", "/x"],
)
def test_what_nobody_knows_is_said(address: str, home: Path) -> None:
    found = page(home, address, status=404)

    assert "There is no" in found.text or "Nobody knows" in found.text


@pytest.mark.parametrize("offset", ["-1", "x", "²", "9" * 30, "1e3"])
def test_an_odd_offset_is_none(offset: str, home: Path) -> None:
    page(home, f"/findings?offset={quote(offset)}")


def test_more_rows_than_a_page_are_counted_and_led_to(tmp_path: Path) -> None:
    publish(
        tmp_path,
        conflicts=[
            {
                "conflict_id": f"{number:03}",
                "source_key": KARI,
                "property": "Mobil",
                "losing_key": KARI_THERE,
                "rule": "newest",
                "status": "open",
                "losing_value": f"value {number}",
            }
            for number in range(120)
        ],
    )

    first = page(tmp_path, "/conflicts")
    second = page(tmp_path, "/conflicts?offset=50")

    assert "120 values not taken, 120 unseen." in first.text
    assert "1 to 50 of 120." in first.text
    assert "/conflicts?offset=50" in first.links()
    assert "51 to 100 of 120." in second.text
    assert {"/conflicts?offset=0", "/conflicts?offset=100"} <= set(second.links())


def test_where_nothing_is_published_it_says_what_to_do(tmp_path: Path) -> None:
    found = page(tmp_path, "/", status=503)

    assert "Run `lenke plan` or `lenke sync` first." in found.text


def test_a_file_that_is_replaced_is_shown_at_once(tmp_path: Path) -> None:
    publish(tmp_path)
    client = client_of(tmp_path)
    before = client.get("/findings").text

    with duckdb.connect(":memory:"):
        (tmp_path / "inspection.duckdb").unlink()
    publish(tmp_path, findings=[])

    assert "No findings: all is well." in client.get("/findings").text
    assert "No findings" not in before
