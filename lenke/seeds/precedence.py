"""Who wins when several members were edited: what rows must say alike of it."""

from collections.abc import Iterator, Mapping

from lenke.seeds.files import Rows

_Entity = tuple[str, str]
_Numbered = tuple[int, Mapping[str, str]]


def contradicting_precedence(tables: Mapping[str, Rows]) -> Iterator[str]:
    """Name rows that do not agree about who wins, and those where nobody contests."""
    flows = {row["flow"]: row for _, row in tables["flows.csv"]}
    of_property: dict[tuple[_Entity, str], list[_Numbered]] = {}
    for number, row in tables["property_mappings.csv"]:
        flow = flows.get(row["flow"])
        if flow is None:
            continue
        if row["direction"] == "both":
            entity = (flow["source_system"], flow["source_entity"])
            of_property.setdefault((entity, row["source_property"]), []).append(
                (number, row)
            )
        elif row["on_conflict"] != "newest":
            yield (
                f"{_place(number)}: {row['on_conflict']!r} is not for a property with "
                f"direction {row['direction']!r}: only the source's value counts. "
                "Write newest."
            )
    for (_, name), rows in of_property.items():
        yield from _at_odds(name, rows)
    yield from _parted_groups(of_property)


def _at_odds(name: str, rows: list[_Numbered]) -> Iterator[str]:
    """Name rows of one property that say another thing than the first of them."""
    winning = [numbered for numbered in rows if numbered[1]["on_conflict"] == "target"]
    if winning:
        first, row = winning[0]
        for number, other in rows:
            said = other["on_conflict"]
            if number != first and said != "newest":
                yield (
                    f"{_place(number)}: {said!r}, but of {name} the target of "
                    f"{row['flow']} wins (row {first}), and only one can. Write newest."
                )
        return
    first, row = rows[0]
    for number, other in rows[1:]:
        if other["on_conflict"] != row["on_conflict"]:
            yield (
                f"{_place(number)}: {other['on_conflict']!r}, but row {first} says "
                f"{row['on_conflict']!r} of {name} in {row['flow']}. It is one "
                "property with one value: let its rows agree."
            )


def _parted_groups(
    of_property: Mapping[tuple[_Entity, str], list[_Numbered]],
) -> Iterator[str]:
    """Name properties of a group of which another one wins: it is decided as one."""
    groups: dict[tuple[_Entity, str], tuple[str, tuple[str, str]]] = {}
    for (entity, name), rows in of_property.items():
        number, row = next(
            (each for each in rows if each[1]["on_conflict"] != "newest"), rows[0]
        )
        for group in sorted({each["property_group"] for _, each in rows} - {""}):
            says = (row["on_conflict"], row["flow"])
            said = says if says[0] == "target" else (says[0], "")
            other, before = groups.setdefault((entity, group), (name, said))
            if before != said:
                now, then = (" of ".join(filter(None, each)) for each in (said, before))
                yield (
                    f"{_place(number)}: {now} wins {name}, but {then} wins {other}, "
                    f"and {group!r} is decided as one (property_group). Let them agree."
                )


def _place(number: int) -> str:
    return f"property_mappings.csv row {number}, on_conflict"
