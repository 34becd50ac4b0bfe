"""Why two records became a link: what brought them together, and what both had then."""

from collections.abc import Iterator

from lenke.seeds.filled import seed_rows
from lenke.showing.layout import visible
from lenke.why.star import Row, Star
from lenke.why.told import when


def evidence(star: Star, row: Row) -> str:
    """Give what has made a link: a person, a write of ours, or what both had."""
    by = row["matched_by"]
    if by == "created":
        return "Lenke made the one from the other"
    if by == "external_reference":
        return "the one bears the key of the other"
    if by == "returned":
        return "the record came back, and its link with it"
    if by == "person":
        for each in star.table("decisions"):
            if each["kind"] == "link" and all(
                each[name] == row[name] for name in ("flow", "source_key", "target_key")
            ):
                reason = f" ({visible(each['reason'])})" if each["reason"] else ""
                return (
                    f"{visible(each['decided_by'])} decided it on "
                    f"{when(each['decided_at'])}{reason}"
                )
        return "a person decided it"
    same = list(dict.fromkeys(_in_common(star, row)))
    what = f" {' and the same '.join(same)}" if same else ""
    it = "them" if len(same) > 1 else "it"
    return (
        f"both had the same{what} then, and nobody else had {it} (rule {visible(by)})"
    )


def _in_common(star: Star, row: Row) -> Iterator[str]:
    """Give what the rules compared, with its value; a national id is only named."""
    for rule in seed_rows("link_rules.csv"):
        if rule["flow"] != row["flow"] or rule["combination"] not in row[
            "matched_by"
        ].split(", "):
            continue
        name = rule["source_property"]
        if _kind(row["source_key"], name) == "national_id":
            yield "national id"
        else:
            value = _agreed_then(star, row, name)
            yield name if value is None else f"{name} {star.names.value(value)}"


def _agreed_then(star: Star, row: Row, name: str) -> str | None:
    """Give what was agreed on when the link was made; None where nobody says so."""
    for each in star.table("history"):  # the newest first
        if (
            each["source_key"] == row["source_key"]
            and each["property"] == name
            and each["agreed_at"] <= (row["established_at"] or each["agreed_at"])
        ):
            return str(each["value_to"]) if each["value_to"] is not None else None
    return None


def _kind(source_key: str, name: str) -> str | None:
    system, entity, _ = source_key.split(":", 2)
    for row in seed_rows("entity_properties.csv"):
        if (row["system_name"], row["entity"], row["property"]) == (
            *(system, entity),
            name,
        ):
            return row["kind"]
    return None
