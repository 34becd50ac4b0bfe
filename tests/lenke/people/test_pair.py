"""A pair is named by its two records; the flow only where they don't say it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from connections.http.errors import ConfigurationError
from lenke.cli import app
from lenke.home.places import Home
from lenke.people.pair import pair_meant
from lenke.people.to_be import Pair
from tests.lenke.published import (
    FLOW,
    KARI,
    KARI_THERE,
    OLA,
    OTHER_FLOW,
    PERSON,
    publish,
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a few published records and links."""
    publish(tmp_path)
    return Home(tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        (OTHER_FLOW, OLA, PERSON),
        (OTHER_FLOW, "416", "51200771/7700123"),
        (OLA, PERSON),
        (PERSON, OLA),
        ("416", PERSON),
        (PERSON, "416"),
        (OLA, "51200771/7700123"),
        ("51200771/7700123", OLA),
        ("416", "51200771/7700123"),
    ],
)
def test_two_records_are_enough_as_keys_or_ids_in_any_order(
    home: Home, words: tuple[str, ...]
) -> None:
    assert pair_meant(home, "link", words) == Pair(OTHER_FLOW, OLA, PERSON)


def test_two_keys_say_it_before_anything_is_published(tmp_path: Path) -> None:
    pair = pair_meant(Home(tmp_path), "link", (KARI, KARI_THERE))

    assert pair == Pair(FLOW, KARI, KARI_THERE)


def test_ids_that_can_mean_several_pairs_are_refused_with_the_commands(
    tmp_path: Path,
) -> None:
    publish(
        tmp_path,
        records=[
            {
                "system": system,
                "entity": entity,
                "record_id": "1",
                "record_key": f"{system}:{entity}:1",
                "is_there": True,
            }
            for system, entity in (
                ("tidsbanken", "ansatt"),
                ("crmoffice", "contacts"),
                ("powerofficego", "employees"),
            )
        ],
        links=[],
    )
    with pytest.raises(ConfigurationError) as refused:
        pair_meant(Home(tmp_path), "link", ("1", "1"))

    assert "1 and 1 can mean 2 pairs; nothing was decided" in str(refused.value)
    assert (
        f"  lenke link {FLOW} tidsbanken:ansatt:1 crmoffice:contacts:1"
        in str(refused.value).splitlines()
    )


def test_of_several_pairs_a_link_that_is_there_is_the_one_to_end(
    tmp_path: Path,
) -> None:
    publish(
        tmp_path,
        records=[
            {
                "system": system,
                "entity": entity,
                "record_id": number,
                "record_key": f"{system}:{entity}:{number}",
                "is_there": True,
            }
            for system, entity, number in (
                ("tidsbanken", "ansatt", "1"),
                ("tidsbanken", "ansatt", "2"),
                ("crmoffice", "contacts", "9"),
                ("powerofficego", "employees", "9"),
            )
        ],
        links=[
            {
                "flow": FLOW,
                "source_key": "tidsbanken:ansatt:1",
                "target_key": "crmoffice:contacts:9",
            }
        ],
    )
    meant = Pair(FLOW, "tidsbanken:ansatt:1", "crmoffice:contacts:9")

    assert pair_meant(Home(tmp_path), "unlink", ("1", "9")) == meant
    assert pair_meant(Home(tmp_path), "unlink", ("1",)) == meant
    assert pair_meant(Home(tmp_path), "unlink", (FLOW, "1")) == meant
    with pytest.raises(ConfigurationError, match="can mean 2 pairs"):
        pair_meant(Home(tmp_path), "link", ("1", "9"))
    with pytest.raises(ConfigurationError, match="has no link that could be ended"):
        pair_meant(Home(tmp_path), "unlink", ("2",))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tidsbanken:kunde:K1", PERSON), "No flow leads from tidsbanken:kunde:K1"),
        ((KARI, OLA), "No flow leads from"),
        (("4111", KARI_THERE), "Nobody knows a record '4111'"),
        ((KARI,), "lenke link [FLOW] SOURCE TARGET"),
        ((FLOW, KARI), f"{FLOW} is a flow, and a pair is two records"),
        ((FLOW, KARI, KARI_THERE, "more"), "What was typed is 4 words"),
        (("", KARI_THERE), "An empty id names no record"),
    ],
)
def test_what_names_no_pair_is_refused_in_words(
    home: Home, words: tuple[str, ...], said: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        pair_meant(home, "link", words)

    assert said in str(refused.value)


def test_the_commands_take_what_names_a_pair(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LENKE_HOME", str(home.folder))

    linked = CliRunner().invoke(app, ["link", KARI, OLA])
    unlinked = CliRunner().invoke(app, ["unlink", "nobody"])

    assert (linked.exit_code, unlinked.exit_code) == (2, 2)
    assert "No flow leads" in " ".join(linked.stderr.split())
    assert "Nobody knows a record 'nobody'" in " ".join(unlinked.stderr.split())
