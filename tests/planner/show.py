"""A star about which the models and the reference disagree, for a person to read."""

from collections.abc import Iterator

from tests.planner.compare import Difference
from tests.planner.stars import Cell, Member


def shown(difference: Difference) -> str:
    """Give a star in full, as far as the properties in doubt and their groups go."""
    return "\n".join(_lines(difference))


def _lines(difference: Difference) -> Iterator[str]:
    star = difference.star
    yield f"star {star.key}"
    for name in _names_in_doubt(difference):
        agreed = star.agreed.get(name)
        yield f"  {name}: " + (
            f"agreed on {agreed.value!r}, won by {agreed.won_by} at {agreed.won_at}"
            if agreed is not None
            else "nothing agreed"
        )
        for member in star.members:
            if name in member.cells:
                yield "    " + _member(member, member.cells[name])
    for fact, by_models, by_reference in difference.facts:
        yield f"  -> {' '.join(fact)}"
        yield f"       models     {by_models}"
        yield f"       reference  {by_reference}"


def _names_in_doubt(difference: Difference) -> list[str]:
    words = {word for fact, _, _ in difference.facts for word in fact}
    cells = {
        name: cell
        for one in difference.star.members
        for name, cell in one.cells.items()
    }
    units = {cell.spelling.unit for name, cell in cells.items() if name in words}
    return [name for name, cell in cells.items() if cell.spelling.unit in units]


def _member(member: Member, cell: Cell) -> str:
    memory = cell.memory
    remembered = "never seen"
    if memory is not None:
        stands_for = repr(memory.delivered) if memory.is_delivered else "nothing"
        remembered = f"observed {memory.observed} for {stands_for}"
    spelling = cell.spelling
    how = [
        spelling.stored_as,
        spelling.max_length,
        spelling.accepts,
        spelling.direction,
    ]
    return (
        f"{member.key} ({', '.join(str(one) for one in how if one)}) says "
        f"{cell.listed}, {remembered}; stamp {member.stamp} (+/- {member.doubt} s)"
        + ("" if member.is_available else "; not available")
        + ("; written since" if member.written_since_listed else "")
        + ("" if member.is_proven else "; unproven")
    )
