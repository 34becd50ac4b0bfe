"""Most of a small flow, many small runs, and an import stop until a person looks.

One shop has sixty customers here, as in a small company.
"""

from collections.abc import Iterator
from itertools import count

import pytest

from lenke.commands.ending import exit_code
from lenke.run.guards import StoppedByGuard
from tests.circle.conftest import Meeting, quickly, synced_in

pytestmark = pytest.mark.long

FLOW = "tidsbanken_kunde__customwebshop_customer"
CUSTOMERS = 60

_numbers = count(1)


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    """A world whose customers are imported while it is in step."""
    with quickly():
        made = synced_in(tmp_path_factory.mktemp("home"))
        made.sync()
        for number in range(5, CUSTOMERS + 1):
            made.systems["tidsbanken"].insert(
                "kunde", {"Id": f"K{number}", "Navn": f"Kunde {number}"}
            )
        yield made


@pytest.fixture
def imported(meeting: Meeting) -> Meeting:
    """The same world when the import has passed, whichever tests ran before."""
    if len(meeting.linked(FLOW)) < CUSTOMERS:
        meeting.sync(allow_mass_change=True)
    return meeting


def rename(meeting: Meeting, which: slice) -> dict[str, str]:
    """Let the shop rename customers at once; give the new names by Kunde."""
    names = {}
    for kunde, shop in sorted(meeting.linked(FLOW).items())[which]:
        names[kunde] = f"Fra butikken {next(_numbers)}"
        meeting.systems["customwebshop"].edit("customer", shop, {"name": names[kunde]})
    meeting.clock.advance(600)
    return names


def in_tidsbanken(meeting: Meeting, kunder: dict[str, str]) -> dict[str, str]:
    """Give the names that Tidsbanken has for these."""
    return {key: meeting.get("tidsbanken", "kunde", key)["Navn"] for key in kunder}


def test_an_import_stops_until_a_person_lets_it_pass(meeting: Meeting) -> None:
    with pytest.raises(StoppedByGuard, match=f"{FLOW} would create 56 records"):
        meeting.sync()
    sent = meeting.writes()

    passed = meeting.sync(allow_mass_change=True)

    assert sent == {}
    assert passed.exit_code == 0
    assert len(meeting.linked(FLOW)) == CUSTOMERS
    assert meeting.sync().exit_code == 0


def test_most_customers_renamed_by_the_shop_go_nowhere_unseen(
    imported: Meeting,
) -> None:
    names = rename(imported, slice(49))

    with pytest.raises(StoppedByGuard) as stopped:
        imported.sync()

    assert imported.writes() == {}
    assert exit_code(stopped.value) == 4
    assert f"{FLOW} would update 49 records, and has 60 links" in str(stopped.value)
    assert "at most 9, or 50% of the links" in str(stopped.value)
    assert imported.sync(allow_mass_change=True).exit_code == 0
    assert in_tidsbanken(imported, names) == names


def test_many_small_runs_stop_like_one_large_one_until_a_day_is_over(
    imported: Meeting,
) -> None:
    for start in (0, 9, 18):
        rename(imported, slice(start, start + 9))
        assert imported.sync().exit_code == 0, "what a person let pass counts no more"
    names = rename(imported, slice(27, 36))

    with pytest.raises(StoppedByGuard) as stopped:
        imported.sync()

    assert imported.writes() == {}
    assert (
        f"{FLOW} would update 9 records, and has 60 links; with what it has written "
        "within 24 hours, that is 36 (expected: at most 9, or 50% of the links)"
    ) in str(stopped.value)
    imported.clock.advance(25 * 3600)
    assert imported.sync().exit_code == 0
    assert in_tidsbanken(imported, names) == names
