"""An edit of every mapped property, on either side, arrives on the other sides.

The seeds say which properties there are, so a new row is tested without a new test.
"""

import csv
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from lenke.home.places import SEEDS
from tests.circle.conftest import Meeting

SOURCES = {
    ("tidsbanken", "ansatt"): "411",
    ("tidsbanken", "avdeling"): "10",
    ("tidsbanken", "kunde"): "K1",
    ("tidsbanken", "prosjekt"): "20001",
    ("membercare", "companies"): "104417",
    ("membercare", "organizations"): "5501",
    ("membercare", "invoices"): "700512",
    ("membercare", "products"): "31",
}
_numbers = count(1)


def _seed(name: str) -> list[dict[str, str]]:
    path = SEEDS / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FLOWS = {row["flow"]: row for row in _seed("flows.csv")}
MAPPINGS = _seed("property_mappings.csv")
SPELLINGS = {
    (row["system_name"], row["entity"], row["property"]): row
    for row in _seed("entity_properties.csv")
}


def _side(row: dict[str, str], side: str) -> tuple[str, str, dict[str, str]]:
    flow = FLOWS[row["flow"]]
    system, entity = flow[f"{side}_system"], flow[f"{side}_entity"]
    return system, entity, SPELLINGS[(system, entity, row[f"{side}_property"])]


def _links(meeting: Meeting) -> dict[tuple[str, str], str]:
    return {
        (flow, source): target
        for flow, source, target in meeting.ask(
            "select flow, source_id, target_id from inspection.links "
            "where ended_at is null"
        )
    }


def _key(
    meeting: Meeting, row: dict[str, str], side: str, links: dict[tuple[str, str], str]
) -> str | None:
    flow = FLOWS[row["flow"]]
    source = SOURCES[(flow["source_system"], flow["source_entity"])]
    return source if side == "source" else links.get((row["flow"], source))


def _new_value(
    meeting: Meeting,
    row: dict[str, str],
    side: str,
    links: dict[tuple[str, str], str],
) -> tuple[Any, Callable[[str], Any]]:
    """Give what a person types on one side, and what the other side should hold."""
    _, _, spelling = _side(row, side)
    number = next(_numbers)
    kind = spelling["kind"]
    same = {
        "text": f"Æ{number:03} endret"[: int(spelling["max_length"] or 99)],
        "email": f"endret{number}@firma.example",
        "phone": f"+4790001{number:03}",
        "organization_number": f"9777{number:05}",
        "number": 12,
        "boolean": False,
    }
    if kind == "reference":
        choices = {
            source: target
            for (flow, source), target in links.items()
            if flow == row["through_flow"]
        }
        source = sorted(choices)[number % len(choices)]
        typed: Any = source if side == "source" else choices[source]
        arrives = choices[source] if side == "source" else source
        if spelling["wire_type"] == "integer":
            typed = int(typed)
        return typed, lambda _kind: arrives
    if kind in ("local_time", "date"):
        late = "FerdigDato" in row["source_property"] or "Due" in row["source_property"]
        year = 2031 if late else 2026
        day = f"{year}-0{1 + number % 9}-1{number % 10}"
        typed = day if kind == "date" else f"{day}T00:00:00"
        return (
            typed,
            lambda their_kind: day if their_kind == "date" else f"{day}T00:00:00",
        )
    value = same[kind]
    return value, lambda _kind: value


def _nested(path: str, value: Any, record: dict[str, Any]) -> dict[str, Any]:
    """Give the change a person makes, for members inside of members too."""
    first, _, rest = path.removeprefix("$.").partition(".")
    if not rest:
        return {first: value}
    held = record.get(first) or {}
    return {first: {**held, **_nested(rest, value, held)}}


def _held(record: dict[str, Any], path: str) -> Any:
    value: Any = record
    for name in path.removeprefix("$.").split("."):
        value = (value or {}).get(name)
    return value


def _spelled(value: Any, kind: str) -> Any:
    if kind == "local_time" and isinstance(value, str):
        return value[:19]
    return value


def _type_everywhere(
    meeting: Meeting, side: str, rows: list[dict[str, str]]
) -> list[tuple[dict[str, str], Callable[[str], Any]]]:
    links = _links(meeting)
    typed = []
    seen: dict[tuple[str, str], Callable[[str], Any]] = {}
    for row in rows:
        system, entity, spelling = _side(row, side)
        key = _key(meeting, row, side, links)
        if key is None:
            continue
        once = (system + entity + key, row[f"{side}_property"])
        if once not in seen or spelling["kind"] == "reference":
            value, arrives = _new_value(meeting, row, side, links)
            if once not in seen:
                change = _nested(
                    spelling["json_path"], value, meeting.get(system, entity, key)
                )
                meeting.edit(system, entity, key, **change)
                seen[once] = arrives
        typed.append((row, seen[once]))
    return typed


def _check_arrivals(
    meeting: Meeting,
    side: str,
    typed: list[tuple[dict[str, str], Callable[[str], Any]]],
) -> None:
    links = _links(meeting)
    wrong = []
    for row, arrives in typed:
        system, entity, spelling = _side(row, side)
        key = _key(meeting, row, side, links)
        assert key is not None
        held = _held(meeting.get(system, entity, key), spelling["json_path"])
        expected = arrives(spelling["kind"])
        if spelling["wire_type"] == "integer":
            expected = int(expected)
        if _spelled(held, spelling["kind"]) != expected:
            wrong.append(
                f"{row['flow']} {system} {entity} {spelling['property']}: "
                f"{held!r}, not {expected!r}"
            )
    assert not wrong, "\n".join(wrong)


def _editable_source_rows() -> list[dict[str, str]]:
    return [
        row
        for row in MAPPINGS
        if row["direction"] != "on_create"
        and "_derived" not in _side(row, "source")[2]["json_path"]
    ]


def test_an_edit_of_every_source_property_arrives_and_is_not_echoed(
    meeting: Meeting,
) -> None:
    typed = _type_everywhere(meeting, "source", _editable_source_rows())

    report = meeting.sync()

    assert report.exit_code == 0, report.warnings
    _check_arrivals(meeting, "target", typed)
    meeting.sync()
    assert meeting.writes() == {}


@pytest.mark.parametrize(
    "place",
    [
        0,
        pytest.param(1, marks=pytest.mark.long),
        pytest.param(2, marks=pytest.mark.long),
    ],
)
def test_an_edit_of_every_target_property_arrives_and_is_not_echoed(
    meeting: Meeting, place: int
) -> None:
    """Each star has up to three targets; one of them is edited at a time."""
    flows_of: dict[tuple[str, str], list[str]] = {}
    for name, flow in FLOWS.items():
        star = (flow["source_system"], flow["source_entity"])
        flows_of.setdefault(star, []).append(name)
    chosen = {flows[place] for flows in flows_of.values() if len(flows) > place}
    rows = [
        row for row in MAPPINGS if row["flow"] in chosen and row["direction"] == "both"
    ]
    typed = _type_everywhere(meeting, "target", rows)

    report = meeting.sync()

    assert report.exit_code == 0, report.warnings
    _check_arrivals(meeting, "source", typed)
    meeting.sync()
    assert meeting.writes() == {}
