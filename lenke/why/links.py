"""With whom a record is linked, with whom it was, and why it is not."""

from collections.abc import Iterator

from lenke.showing.layout import visible
from lenke.why.evidence import evidence
from lenke.why.star import Row, Star
from lenke.why.told import Fact, command, when
from lenke.why.words import RESTS

_AT_MOST = 3  # candidates whose command is given

_OF_FLOW = {
    "excluded": RESTS["excluded"],
    "before_start": (
        "it was created before the day from which the flow creates records "
        "(starts_at in seeds/flows.csv)"
    ),
}


def linked(star: Star) -> Iterator[Fact]:
    """Tell the links of a star, those that last first, each the newest first."""
    in_turn = sorted(
        star.links, key=lambda row: str(row["established_at"] or "9"), reverse=True
    )
    for row in sorted(in_turn, key=lambda row: row["ended_at"] is not None):
        yield Fact(
            _link(star, row), at=row["ended_at"] or row["established_at"], row=row
        )


def unlinked(star: Star, findings: list[Row]) -> Iterator[Fact]:
    """Tell the flows in which a record is without a link, and why.

    Takes the findings that say the same away from `findings`: they have the commands.
    """
    for row in star.table("unlinked"):
        told = [
            each
            for each in findings
            if each["record_key"] == row["source_key"]
            and row["flow"] in f"{each['message']} {each['next_step']}"
        ]
        for each in told:
            findings.remove(each)
        yield Fact(
            _not_linked(star, row),
            is_new=True,
            next_steps=tuple(each["next_step"] for each in told)
            or tuple(filter(None, [row["next_step"]]))
            or tuple(_choices(row)),
            row=row,
        )
    told_of = {row["flow"] for row in star.table("unlinked")}
    linked_in = {row["flow"] for row in star.links if row["ended_at"] is None}
    for source in star.sources:
        yield from _flows_at_rest(star, source, told_of | linked_in)


def _choices(row: Row) -> Iterator[str]:
    """Give the commands that link the right pair: a finding tells of all of a crowd."""
    for key in (row["candidate_keys"] or "").split(", ")[:_AT_MOST]:
        if key:
            words = command("link", row["flow"], row["source_key"], key)
            yield f"If they belong together: `{words}`."


def _flows_at_rest(star: Star, source: str, known: set[str]) -> Iterator[Fact]:
    system, entity, _ = source.split(":", 2)
    for row in star.table("flows"):
        if (
            row["flow"].startswith(f"{system}_{entity}__")
            and row["flow"] not in known
            and not row["is_active"]
        ):
            because = RESTS.get(
                row["rests_because"], "a system of it is not read, or not configured"
            )
            yield Fact(
                f"In {row['flow']} nothing is linked now: {because}.",
                is_new=True,
                row=row,
            )


def _link(star: Star, row: Row) -> str:
    source, target = star.names.of(row["source_key"]), star.names.of(row["target_key"])
    if row["established_at"] is None:
        return (
            f"{source} and {target} will be linked by the next push: "
            f"{evidence(star, row)}."
        )
    since = when(row["established_at"])
    if row["ended_at"] is not None:
        return (
            f"{source} and {target} were linked from {since} to "
            f"{when(row['ended_at'])}: {evidence(star, row)}. It ended: "
            f"{visible(row['ended_because'])}."
        )
    rests = row["rests_because"]
    return f"{source} and {target} are linked since {since}: {evidence(star, row)}." + (
        f" The link rests: {RESTS.get(rests, rests)}." if rests else ""
    )


def _not_linked(star: Star, row: Row) -> str:
    source = star.names.of(row["source_key"])
    because = _OF_FLOW.get(row["outcome"]) or row["reason"] or row["outcome"]
    words = f"In {row['flow']} {source} is not linked: {visible(because)}"
    if row["candidate_keys"]:
        keys = [star.names.of(key) for key in row["candidate_keys"].split(", ")]
        words += f" ({visible(row['matched_by'])}): {', '.join(keys)}"
    if row["details"]:
        words += f" ({visible(row['details'])})"
    return words + "."
