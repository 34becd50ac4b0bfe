"""What is decided to be put back, and what of that waits already."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connections.http.errors import ConfigurationError
from ledger.ledger import Ledger, open_ledger
from lenke.home.places import Home
from lenke.people import links
from lenke.people.links import pair_of
from lenke.people.put_back import Copied, copied

FLOW = "tidsbanken_ansatt__crmoffice_contacts"
PAIR = pair_of(FLOW, "1", "11")
NOON = datetime(2026, 2, 2, 12, tzinfo=UTC)
GIVEN = Copied(
    "put_back_target",
    PAIR.target_key,
    "Fornavn",
    "givenName",
    '"Nina"',
    '"Kari"',
    '"Kari"',
    datetime(2026, 1, 1, 12),
    None,
)
TAKEN = replace(
    GIVEN,
    kind="put_back_source",
    record_key=PAIR.source_key,
    property="Mobil",
    name="Mobil",
    value_before=None,
)
EDITED = replace(
    GIVEN,
    property="Etternavn",
    name="familyName",
    left_because="somebody has edited it since",
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger in which the pair is linked."""
    with open_ledger(tmp_path / "ledger.duckdb", clock=lambda: NOON) as opened:
        opened.start_run("sync")
        insert_link(opened, PAIR.source_key, PAIR.target_key)
        yield opened


def insert_link(ledger: Ledger, source_key: str, target_key: str) -> None:
    """Let two records be linked."""
    ledger.connection.execute(
        "insert into ledger.links (flow, source_key, target_key, matched_by, "
        "established_at, established_run_id) values (?, ?, ?, 'person', ?, 'r')",
        [FLOW, source_key, target_key, ledger.now()],
    )


def end_link(ledger: Ledger, gone_key: str | None) -> None:
    """Let the pair's link have ended."""
    ledger.connection.execute(
        "update ledger.links set ended_at = ?, gone_key = ?", [ledger.now(), gone_key]
    )


def decided(ledger: Ledger) -> list[tuple[str, str | None, str | None]]:
    """Give the decisions: kind, property and value."""
    return ledger.fetch(
        "select kind, property, decided_value from ledger.decisions order by all"
    )


def test_without_a_word_nothing_is_put_back_and_the_way_is_told(ledger: Ledger) -> None:
    words = links.unlink(ledger, PAIR, None, [TAKEN, GIVEN, EDITED])

    assert decided(ledger) == [("unlink", None, None)]
    assert "3 values had been copied over their link since 2026-01-01 13:00" in words
    assert f"lenke unlink {FLOW} {PAIR.source_key} {PAIR.target_key} --put-back" in (
        words
    )


def test_where_nothing_can_be_put_back_no_way_is_told(ledger: Ledger) -> None:
    words = links.unlink(ledger, PAIR, None, [EDITED])

    assert "--put-back" not in words


def test_each_side_gets_what_it_held_but_where_somebody_has_edited(
    ledger: Ledger,
) -> None:
    words = links.unlink(ledger, PAIR, None, [TAKEN, GIVEN, EDITED], put_back=True)

    assert decided(ledger) == [
        ("put_back_source", "Mobil", None),
        ("put_back_target", "Fornavn", '"Nina"'),
        ("unlink", None, None),
    ]
    assert "2 to be put back" in words
    assert "1 are left as they are" in words


def test_what_waits_to_be_put_back_is_not_decided_twice(ledger: Ledger) -> None:
    links.unlink(ledger, PAIR, None, [GIVEN], put_back=True)

    links.unlink(ledger, PAIR, None, [GIVEN, TAKEN], put_back=True)

    assert [kind for kind, *_ in decided(ledger)] == [
        "put_back_source",
        "put_back_target",
        "unlink",
    ]


def test_after_a_link_that_ended_by_itself_nothing_is_put_back(ledger: Ledger) -> None:
    end_link(ledger, PAIR.source_key)

    with pytest.raises(ConfigurationError, match=f"because {PAIR.source_key} is gone"):
        links.unlink(ledger, PAIR, None, [GIVEN], put_back=True)

    assert decided(ledger) == []


@pytest.mark.parametrize(
    ("source", "target", "key"),
    [
        ("tidsbanken:ansatt:1", "crmoffice:contacts:12", PAIR.source_key),
        ("tidsbanken:ansatt:2", PAIR.target_key, PAIR.target_key),
    ],
)
def test_what_has_been_linked_since_is_left(
    ledger: Ledger, source: str, target: str, key: str
) -> None:
    end_link(ledger, None)
    insert_link(ledger, source, target)

    with pytest.raises(ConfigurationError, match=f"{key} has been linked since"):
        links.unlink(ledger, PAIR, None, [GIVEN], put_back=True)

    assert decided(ledger) == []


def test_before_anything_is_built_nobody_can_tell_what_was_copied(
    tmp_path: Path, ledger: Ledger
) -> None:
    assert copied(Home(tmp_path), PAIR) is None


def test_what_is_off_is_named_because_nobody_looks_at_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"flow": PAIR.flow, "source_property": name, "is_enabled": is_enabled}
        for name, is_enabled in (("Epost", "false"), ("Mobil", "true"))
    ]
    monkeypatch.setattr(links, "seed_rows", lambda _: rows)

    words = links.unlink(ledger, PAIR, None, [GIVEN], put_back=True)

    assert "What came over in Epost is not looked at" in words
    assert "Mobil" not in words
