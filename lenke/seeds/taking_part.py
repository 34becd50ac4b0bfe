"""Who takes part: what rules about records, and the first day of a flow, may say."""

import re
from collections.abc import Iterator, Mapping

from lenke.seeds.files import Rows
from lenke.seeds.rules import DAY, unknown

_WITHOUT_VALUE = ("is_empty", "is_not_empty")
_OF_WORDS = (
    *("starts_with", "does_not_start_with"),
    *("contains", "does_not_contain"),
)
_OF_ORDER = ("at_least", "at_most")
# What can be asked of a property of a kind, beside `is` and `is_not`; of what nobody
# may see, or what is a list, only whether there is something.
_MORE = {
    "text": _OF_WORDS,
    "email": _OF_WORDS,
    "identifier": _OF_WORDS,
    "number": _OF_ORDER,
    "date": _OF_ORDER,
    "local_time": _OF_ORDER,
}
_EMPTY_OR_NOT = ("national_id", "lines")
_VALUES = {
    "number": (re.compile(r"-?\d+(\.\d+)?"), "a number, with a point"),
    "boolean": (re.compile(r"true|false"), "true or false"),
    "date": (re.compile(DAY), "a day, as 2026-11-30"),
    "local_time": (
        re.compile(rf"{DAY}([T ]\d\d:\d\d(:\d\d)?)?"),
        "a day or a time, as 2026-11-30 or 2026-11-30T08:00",
    ),
}


def impossible_rules(tables: Mapping[str, Rows]) -> Iterator[str]:
    """Name rules about records of which nobody could tell whether they hold."""
    flows = {row["flow"]: row for _, row in tables["flows.csv"]}
    kinds: dict[tuple[str, str], dict[str, str]] = {}
    for _, row in tables["entity_properties.csv"]:
        place = (row["system_name"], row["entity"])
        kinds.setdefault(place, {})[row["property"]] = row["kind"]
    for number, row in tables["record_rules.csv"]:
        flow, side = flows.get(row["flow"]), row["side"]
        if flow is None or side not in ("source", "target"):
            continue  # the rules of columns name these
        entity = (flow[f"{side}_system"], flow[f"{side}_entity"])
        known = kinds.get(entity, {})
        kind = known.get(row["property"])
        if kind is None:
            yield (
                f"record_rules.csv row {number}, property: "
                f"{unknown(row['property'], list(known), of=' '.join(entity))}. Else "
                "add it to entity_properties.csv."
            )
            continue
        wrong = _wrong(row["operator"], row["value"], kind)
        if wrong:
            yield f"record_rules.csv row {number}, {wrong}"


def _wrong(operator: str, value: str, kind: str) -> str | None:
    """Say what is wrong with an operator or a value for a property of a kind."""
    accepted = (
        _WITHOUT_VALUE
        if kind in _EMPTY_OR_NOT
        else ("is", "is_not", *_WITHOUT_VALUE, *_MORE.get(kind, ()))
    )
    if operator not in accepted:
        return (
            f"operator: {operator!r} can't be asked of a property of kind {kind}. "
            f"Accepted: {', '.join(accepted)}"
        )
    if operator in _WITHOUT_VALUE:
        return value and (
            f"value: {operator} goes without a value. Take {value!r} away."
        )
    if not value:
        return (
            f"value: is empty, and {operator} needs one. For nothing at all: is_empty."
        )
    pattern, words = _VALUES.get(kind, (None, ""))
    if pattern is not None and not pattern.fullmatch(value):
        return f"value: {value!r} is none of a {kind}. Accepted: {words}"
    return None


def impossible_starts(tables: Mapping[str, Rows]) -> Iterator[str]:
    """Name flows with a first day that nobody could go by."""
    created = {
        (row["system_name"], row["entity"]): row["created_path"]
        for _, row in tables["entities.csv"]
    }
    for number, row in tables["flows.csv"]:
        place = (row["source_system"], row["source_entity"])
        if not row["starts_at"] or place not in created:
            continue
        if row["mode"] != "create":
            yield (
                f"flows.csv row {number}, starts_at: {row['flow']} only matches, it "
                "creates nothing (mode). Leave it empty."
            )
        elif not created[place]:
            yield (
                f"flows.csv row {number}, starts_at: records of {' '.join(place)} "
                "don't say when they were created (entities.csv, created_path), so "
                "nobody could tell which are older. Leave it empty."
            )
