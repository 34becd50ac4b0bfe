"""Nothing changed, nothing built; whatever a build looks at calls for one."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from unittest import mock

import duckdb
import pytest

from lenke.build import build as building
from lenke.build.compiled import Node
from lenke.build.nodes import prepare, renew, run
from lenke.build.options import BuildOptions
from tests.circle.conftest import Meeting, meeting_in, quickly, synced_in
from tests.compiled import seeds_changed

COMPANY = "104417"


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    """A world in which nobody has edited anything for a while."""
    with quickly():
        made = synced_in(tmp_path_factory.mktemp("home"))
        made.clock.advance(3 * 3600)
        made.sync()
        yield made


@contextmanager
def what_is_built() -> Iterator[list[str]]:
    """Collect the names of the models that are built in the block."""
    names: list[str] = []

    def noted(how: Callable[..., None]) -> Callable[..., None]:
        def with_names(
            warehouse: duckdb.DuckDBPyConnection, nodes: Iterable[Node], **more: object
        ) -> None:
            chosen = list(nodes)
            names.extend(node.name for node in chosen)
            how(warehouse, chosen, **more)

        return with_names

    with (
        mock.patch.object(building, "run", noted(run)),
        mock.patch.object(building, "renew", noted(renew)),
    ):
        yield names


def is_quiet(meeting: Meeting, **options: bool) -> bool:
    """Let a run pass; tell whether it built nothing but the stamp."""
    with what_is_built() as built:
        assert meeting.sync(**options).exit_code == 0
    assert building.PLAN_STAMP in built
    return built == [building.PLAN_STAMP]


def settled(meeting: Meeting, **options: bool) -> None:
    """Let runs pass until one builds nothing."""
    for _ in range(4):
        if is_quiet(meeting, **options):
            return
    raise AssertionError("every run builds")


def test_a_quiet_run_builds_nothing_and_is_written_down_all_the_same(
    meeting: Meeting,
) -> None:
    settled(meeting)
    runs = meeting.ask("select count(*), max(started_at) from inspection.runs")

    assert is_quiet(meeting)

    [(before, then)], [(after, now)] = (
        runs,
        meeting.ask("select count(*), max(started_at) from inspection.runs"),
    )
    assert after == before + 1
    assert now > then
    with duckdb.connect(str(meeting.home.warehouse)) as warehouse:
        [(stamped, newest)] = warehouse.execute(
            "select newest_listing, (select max(listing_id) from raw.listings) "
            "from outbound.plan_stamp"
        ).fetchall()
    assert stamped == newest


@pytest.mark.long
def test_a_full_listing_of_the_same_records_is_nothing_new(meeting: Meeting) -> None:
    settled(meeting, full=True)  # what was written is shown once more

    assert is_quiet(meeting, full=True)
    assert is_quiet(meeting)


def test_what_somebody_edits_is_built(meeting: Meeting) -> None:
    settled(meeting)
    meeting.edit("tidsbanken", "prosjekt", "20001", Navn="Noe nytt")

    assert not is_quiet(meeting)

    settled(meeting)


@pytest.mark.long
def test_a_setting_a_seed_and_what_a_person_lets_pass_are_built(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(meeting)

    with monkeypatch.context() as patch:
        patch.setenv("LENKE__MASS_CHANGE_COUNT", "49")
        another_setting = is_quiet(meeting)
        the_same = is_quiet(meeting)
    with seeds_changed("update seeds.limits set limit_value = limit_value"):
        another_seed = is_quiet(meeting)
    settled(meeting)
    let_pass = is_quiet(meeting, allow_mass_change=True)

    assert not another_setting
    assert the_same
    assert not another_seed
    assert not let_pass


@pytest.mark.long
def test_a_system_that_is_not_asked_any_more_is_built(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(meeting)

    with monkeypatch.context() as patch:
        patch.delenv("SOURCES__CUSTOMWEBSHOP__BASE_URL")
        without = is_quiet(meeting)
        again = is_quiet(meeting)

    assert not without
    assert again
    settled(meeting)


def test_a_contact_that_begins_later_is_built_then(meeting: Meeting) -> None:
    later = meeting.clock() + timedelta(hours=6)
    contacts = [
        *meeting.get("membercare", "companies", COMPANY)["contacts"],
        {
            "id": 987654,
            "type": 1,
            "value": "siden@eksempel.no",
            "start": later.strftime("%Y-%m-%dT%H:%M:%S"),
        },
    ]
    meeting.edit("membercare", "companies", COMPANY, contacts=contacts)
    settled(meeting)
    before = shown(meeting)
    meeting.clock.advance(4 * 3600)  # no full listing is due before

    built = not is_quiet(meeting)

    assert built
    assert ("siden@eksempel.no",) not in before
    assert ("siden@eksempel.no",) in shown(meeting)


def shown(meeting: Meeting) -> list[tuple[object, ...]]:
    """Give the addresses that companies have now."""
    with duckdb.connect(str(meeting.home.warehouse)) as warehouse:
        prepare(warehouse, meeting.home.ledger, BuildOptions(now=meeting.clock()))
        rows: list[tuple[object, ...]] = warehouse.execute(
            "select contact_value from staging.stg_membercare__company_contacts "
            "where is_in_force"
        ).fetchall()
        return rows


def test_the_first_run_of_a_home_makes_no_views_and_no_seeds(tmp_path: Path) -> None:
    with (
        quickly(),
        mock.patch.object(building, "renew_seeds") as seeds_made,
        what_is_built() as built,
    ):
        meeting_in(tmp_path).plan()

    assert not seeds_made.called
    assert {"match_links", "outbound_requests"} <= set(built)
