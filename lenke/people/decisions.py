"""What people have decided: take back what no run has carried out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from connections.http.errors import ConfigurationError
from connections.machine.database import attached, connect
from ledger.ledger import open_ledger
from lenke.home.places import Home
from lenke.people.decided import take_back
from lenke.people.to_be import Pair, refuse_rivals, to_be
from lenke.showing.questions import SHORT_ID

_NAMED = """
select
    decision_id, kind, flow, source_key, target_key, property, decided_value,
    decided_at, status, details, run_id, conflict_id
from inspection.decisions
where starts_with(decision_id, $typed)
order by decided_at desc, decision_id
"""

PUT_BACK_SOURCE, PUT_BACK_TARGET = "put_back_source", "put_back_target"
_TAKES_OTHERS_ALONG = ("restore", "unlink", PUT_BACK_SOURCE, PUT_BACK_TARGET)

# What a person decides at once about values that are decided together is one.
_TOGETHER = """
select decision_id
from inspection.decisions
where
    kind in ('restore', 'put_back_source', 'put_back_target') and status = 'waits'
    and source_key = $source_key
    and target_key is not distinct from $target_key and decided_at = $decided_at
"""


@dataclass(frozen=True)
class Decided:
    """A decision, and what has become of it."""

    decision_id: str
    kind: str
    flow: str | None
    source_key: str | None
    target_key: str | None
    property: str | None
    decided_value: str | None
    decided_at: datetime
    status: str
    details: str | None
    run_id: str | None
    conflict_id: str | None

    def in_words(self) -> str:
        """Say what was decided, in a few words."""
        record = self.target_key if self.kind == PUT_BACK_TARGET else self.source_key
        about = (
            f"{self.property} of {record}: {self.decided_value or 'empty'}"
            if self.property
            else " and ".join(filter(None, [self.source_key, self.target_key]))
        )
        return " ".join(
            filter(
                None,
                [
                    self.kind,
                    about,
                    self.flow and (f"in {self.flow}" if about else self.flow),
                ],
            )
        )


def withdraw(
    home: Home, typed: str, reason: str | None, dry_run: bool = False
) -> list[Decided]:
    """Take back a decision that no run has carried out; give all that goes with it.

    A dry run takes back nothing. Nobody else may have the warehouse or the ledger open.
    Raises ConfigurationError when the id names none or several, and when it is too
    late: with the command that undoes it.
    """
    chosen, together = _chosen(home, typed)
    if chosen.status not in ("waits", "in force"):
        raise ConfigurationError(_too_late(chosen))
    ids = [each.decision_id for each in together]
    with open_ledger(home.ledger, for_trial=dry_run) as ledger:
        if chosen.flow and chosen.source_key and chosen.target_key:
            pair = Pair(chosen.flow, chosen.source_key, chosen.target_key)
            if pair in to_be(ledger, without=ids):
                refuse_rivals(ledger, [pair], without=ids)
        take_back(ledger, ids, reason)
    return together


def _chosen(home: Home, typed: str) -> tuple[Decided, list[Decided]]:
    """Give the decision that an id names, and what was decided together with it."""
    rows: list[tuple[Any, ...]] = []
    with (
        connect(home.warehouse) as warehouse,
        attached(warehouse, home.ledger, "ledger_file"),
    ):
        try:
            rows = warehouse.execute(_NAMED, {"typed": typed.lower()}).fetchall()
        except duckdb.CatalogException:
            raise ConfigurationError(
                "Nothing has been built yet by this Lenke. Nothing was taken back. Run "
                "`lenke plan` first; it sends nothing."
            ) from None
        found = [Decided(*row) for row in rows]
        if not typed or not found:
            raise ConfigurationError(
                f"There is no decision {typed!r}. `lenke decisions` shows all of them, "
                "with their ids."
            )
        if len(found) > 1:
            raise ConfigurationError(
                f"{typed!r} names {len(found)} decisions. Type more of the id: "
                + ", ".join(
                    each.decision_id[: len(typed) + SHORT_ID] for each in found[:5]
                )
            )
        [chosen] = found
        together = [chosen]
        if chosen.kind in _TAKES_OTHERS_ALONG and chosen.status == "waits":
            ids = warehouse.execute(
                _TOGETHER,
                {
                    "source_key": chosen.source_key,
                    "target_key": chosen.target_key,
                    "decided_at": chosen.decided_at,
                },
            ).fetchall()
            together = [
                Decided(*warehouse.execute(_NAMED, {"typed": each}).fetchall()[0])
                for each in dict.fromkeys(
                    [chosen.decision_id, *(id_ for (id_,) in ids)]
                )
            ]
    return chosen, together


def _too_late(decided: Decided) -> str:
    """Say why a decision can't be taken back, and what undoes it."""
    pair = f"{decided.flow} {decided.source_key} {decided.target_key}"
    if decided.status == "carried out":
        undo = {
            "link": f"To end the link: lenke unlink {pair}",
            "unlink": f"To link them again: lenke link {pair}",
            PUT_BACK_SOURCE: "Type the value where it belongs.",
            PUT_BACK_TARGET: "Type the value where it belongs.",
            "restore": "The value that it replaced stands in the conflicts: lenke "
            f"conflicts --past --record {decided.source_key}",
            "acknowledge": "To have the value after all: lenke conflicts restore "
            f"{(decided.conflict_id or 'ID')[:SHORT_ID]}",
        }.get(decided.kind, "Decide the opposite.")
        by_run = f" by run {decided.run_id}" if decided.run_id else ""
        why = f"was carried out{by_run}. {undo}"
    else:
        why = f"is {decided.status}: {decided.details}."
    return f"Nothing was taken back: {decided.in_words()} {why}"
