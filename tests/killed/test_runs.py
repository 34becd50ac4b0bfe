"""A run that is killed again and again ends as if nothing had happened.

The real command meets six systems over sockets, and is killed by SIGKILL. This is the
share of `make kills` that fits among the other tests: one chain of kills from the very
first run on, through every stage, and once more while the writes that were left open
are settled.
"""

from collections.abc import Iterator

import pytest

from connections.machine import crash_points
from tests.killed.kill import Kill
from tests.killed.trial import FIRST, Ground, ground

pytestmark = pytest.mark.long

_CHAIN = (
    Kill(crash_points.LEDGER_MADE),
    Kill(crash_points.RUN_COUNTED),
    Kill(request="after", number=2),
    Kill(crash_points.RAW_LOADED, number=2),
    Kill(crash_points.INSIDE_LISTINGS, number=3),
    Kill(crash_points.SYSTEMS_NOTED),
    Kill(crash_points.AFTER_SEND, number=9),
    Kill(crash_points.OPEN_WRITE_LOOKED_AT),
    Kill(crash_points.OPEN_WRITE_SETTLED),
    Kill(crash_points.INSIDE_FOLD, number=2),
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Six systems that were never synced."""
    with ground(tmp_path_factory.mktemp("kills") / "scene", (FIRST,)) as made:
        yield made


def test_killed_at_every_stage_it_ends_as_if_it_had_not_been(prepared: Ground) -> None:
    trial = prepared.trial(FIRST, *_CHAIN)

    assert trial.killed == list(_CHAIN)
    assert trial.violations == []


def test_what_two_ends_have_different_is_seen(prepared: Ground) -> None:
    wanted = prepared.undisturbed_end(FIRST)
    systems = prepared.scene.systems
    systems["crmoffice"].insert("contacts", {"familyName": "Én for mye"})

    differences = prepared.end().differences(wanted)

    assert ["crmoffice contacts, too many" in each for each in differences] == [True]
