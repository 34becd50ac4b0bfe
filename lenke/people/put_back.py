"""What came over a link that a person ends, and what is to be put back of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from connections.http.errors import ConfigurationError
from connections.machine.database import attached, connect
from ledger.ledger import Ledger
from lenke.home.places import Home
from lenke.people.decided import Decision
from lenke.people.to_be import Pair, to_be
from lenke.showing.local_time import shown

_COPIED = """
select
    decided_kind, record_key, property, name, value_before, value_given, value_now,
    since, left_because
from inspection.inspect_copied_values
where flow = $flow and source_key = $source_key and target_key = $target_key
order by decided_kind, name
"""


@dataclass(frozen=True)
class Copied:
    """A value that came over a link: of the target as JSON, of the source in our words.

    `left_because` says why it can't be put back; None: it can. `kind` is that of the
    decision that puts it back.
    """

    kind: str
    record_key: str
    property: str
    name: str
    value_before: str | None
    value_given: str | None
    value_now: str | None
    since: datetime
    left_because: str | None


def copied(home: Home, pair: Pair) -> list[Copied] | None:
    """Give what came over a pair's link, the source's values first.

    None: nothing has been built by this Lenke, so nobody can tell. Nobody else may have
    the warehouse or the ledger open.
    """
    if not (home.warehouse.exists() and home.ledger.exists()):
        return None
    with (
        connect(home.warehouse) as warehouse,
        attached(warehouse, home.ledger, "ledger_file"),
    ):
        try:
            rows = warehouse.execute(_COPIED, vars(pair)).fetchall()
        except duckdb.CatalogException:
            return None
    return [Copied(*row) for row in rows]


def wanted(ledger: Ledger, pair: Pair, found: Sequence[Copied]) -> list[Decision]:
    """Give the decisions that put back what can be, but for what waits already.

    Raises ConfigurationError when the link has not ended by a person's word, or when
    one of the records has been linked with another since.
    """
    _refuse_other_links(ledger, pair)
    waiting = set(ledger.ask("waiting_put_backs", **vars(pair)))
    return [
        Decision(
            each.kind,
            pair.source_key,
            flow=pair.flow,
            target_key=pair.target_key,
            property=each.property,
            decided_value=each.value_before,
        )
        for each in found
        if each.left_because is None and (each.kind, each.property) not in waiting
    ]


def in_words(found: Sequence[Copied]) -> str:
    """Say how many values came over a link, and since when."""
    if not found:
        return "No value had been copied over their link."
    since = min(each.since for each in found)
    values = "1 value had" if len(found) == 1 else f"{len(found)} values had"
    return f"{values} been copied over their link since {shown(since)}."


def _refuse_other_links(ledger: Ledger, pair: Pair) -> None:
    """Raise ConfigurationError when what the records hold is about other links, too."""
    for (gone_key,) in ledger.ask("newest_end_of_pair", **vars(pair)):
        raise ConfigurationError(
            f"Their link ended because {gone_key} is gone, and not by a person's word: "
            "nothing can be put back. Nothing was decided. Edit the record that is "
            "left in its own system."
        )
    for other in to_be(ledger):
        same_source = (other.flow, other.source_key) == (pair.flow, pair.source_key)
        if other != pair and (same_source or other.target_key == pair.target_key):
            key = pair.source_key if same_source else pair.target_key
            raise ConfigurationError(
                f"{key} has been linked since: {other.source_key} with "
                f"{other.target_key} in {other.flow}. What it holds now is between "
                "those two, so nothing can be put back. Nothing was decided. Edit it "
                "in its own system, or end that link first: lenke unlink "
                f"{other.flow} {other.source_key} {other.target_key}"
            )
