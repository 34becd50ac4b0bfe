"""What a map of values may say: codes that can be told apart, both ways."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from lenke.seeds.files import Row, Rows
from lenke.seeds.rules import unknown

_FILE = "value_maps.csv"

# Kinds whose values are codes and words, and what is canonical of each.
_CODES = {
    "text": (re.compile(r"\S(.*\S)?"), "a text without blanks at its ends"),
    "number": (
        re.compile(r"0|-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?)"),
        "a number in its shortest form, as 3 or 2.5",
    ),
    "boolean": (re.compile("true|false"), "true or false"),
}


def impossible_maps(tables: Mapping[str, Rows]) -> Iterator[str]:
    """Name rows by which nobody could translate, there or back."""
    mapped = {
        (row["flow"], row["source_property"]): row
        for _, row in tables["property_mappings.csv"]
    }
    flows = {row["flow"]: row for _, row in tables["flows.csv"]}
    properties = {
        (row["system_name"], row["entity"], row["property"]): row
        for _, row in tables["entity_properties.csv"]
    }
    matched = {
        (row["flow"], row[f"{side}_property"], side)
        for _, row in tables["link_rules.csv"]
        for side in ("source", "target")
    }
    for number, row in tables[_FILE]:
        flow = flows.get(row["flow"])
        if flow is None:
            continue  # the rules of columns name these
        mapping = mapped.get((row["flow"], row["source_property"]))
        if mapping is None:
            names = [name for of, name in mapped if of == row["flow"]]
            yield (
                f"{_FILE} row {number}, source_property: "
                f"{unknown(row['source_property'], names, of=row['flow'])}. Else map "
                "it in property_mappings.csv."
            )
            continue
        for side in ("source", "target"):
            name = mapping[f"{side}_property"]
            place = (flow[f"{side}_system"], flow[f"{side}_entity"], name)
            if (row["flow"], name, side) in matched:
                yield (
                    f"{_FILE} row {number}, source_property: {name} is compared by a "
                    "rule of link_rules.csv, and what two records have in common is "
                    "not translated. Map another property, or take that rule away."
                )
            elif place in properties:
                wrong = _wrong(row[f"{side}_value"], properties[place])
                if wrong:
                    yield f"{_FILE} row {number}, {side}_{wrong}"
    yield from _without_way_back(tables[_FILE])


def _wrong(value: str, of: Row) -> str | None:
    """Say what is wrong with a value, from the last word of its column on."""
    if of["kind"] not in _CODES:
        return (
            f"value: {of['property']} is of kind {of['kind']}, which has no codes. "
            f"Accepted: {', '.join(_CODES)}"
        )
    pattern, words = _CODES[of["kind"]]
    if value and not pattern.fullmatch(value):
        return f"value: {value!r} is none of a {of['kind']}. Accepted: {words}"
    if of["max_length"].isdigit() and len(value) > int(of["max_length"]):
        return (
            f"value: {value!r} is longer than the {of['max_length']} characters that "
            f"{of['property']} takes."
        )
    return None


def _without_way_back(rows: Rows) -> Iterator[str]:
    """Name targets' values that stand for several of the source's."""
    leading: dict[tuple[str, str, str], list[tuple[int, bool]]] = defaultdict(list)
    for number, row in rows:
        place = (row["flow"], row["source_property"], row["target_value"])
        leading[place].append((number, row["is_way_back"] == "true"))
    for (_, name, value), found in leading.items():
        back = [number for number, is_way_back in found if is_way_back]
        if len(found) > 1 and len(back) != 1:
            all_rows = ", ".join(str(number) for number, _ in found)
            yield (
                f"{_FILE} rows {all_rows}, is_way_back: {value!r} stands for "
                f"{len(found)} values of {name}, and {len(back)} of the rows are the "
                "way back. Set it to true in exactly one: that is what counts when "
                "somebody types the value in the target."
            )
