"""What the models and the reference say of a star, in the same words."""

import json
from typing import Any

import duckdb

from tests.planner.stars import Conflict, Decision, Star
from tests.planner.world import World

Facts = dict[tuple[str, ...], Any]


def of_reference(world: World, star: Star, decision: Decision) -> Facts:
    """Give all that the reference says of a star that the models look at."""
    facts: Facts = {}
    available = {each.key for each in star.members if each.is_available}
    for name, agreed in decision.agreed.items():
        winner = (agreed.won_by, agreed.won_at, agreed.rule)
        facts["agreed", name] = (agreed.value, *winner)
    for lost in decision.conflicts:
        facts["conflict", lost.property, lost.loser] = _as_row(lost)
    for (member, name), fate in decision.fates.items():
        facts["outcome", member, name] = (fate.outcome, fate.held_because)
        if fate.outcome == "update":
            facts["update", member, name] = (fate.sent, fate.refers_to)
    for (member, name), note in decision.notes.items():
        said = (note.observed, note.delivered, note.is_delivered)
        facts["note", member, name] = said
    for member, waits in decision.waits.items():
        record = world.records[member]
        is_new = record.state == "none"
        if waits != (record.waits and not is_new) and (
            not is_new or member in available
        ):
            facts["waits", member] = waits
    return facts


def news_of_reference(decision: Decision) -> Facts:
    """Give what the gate would have kept from us: nothing, if it does its work."""
    facts: Facts = {}
    for name, agreed in decision.agreed.items():
        if agreed.rule not in ("stays", "ask"):
            facts["agreed", name] = (agreed.value, agreed.rule)
    for lost in decision.conflicts:
        facts["conflict", lost.property, lost.loser] = _as_row(lost)
    for (member, name), fate in decision.fates.items():
        if fate.outcome == "update":
            facts["update", member, name] = (fate.sent, fate.refers_to)
    for (member, name), note in decision.notes.items():
        said = (note.observed, note.delivered, note.is_delivered)
        facts["note", member, name] = said
    return facts


def _as_row(lost: Conflict) -> tuple[Any, ...]:
    return (lost.winner, lost.winning_value, lost.losing_value, lost.rule, lost.status)


def of_models(warehouse: duckdb.DuckDBPyConnection) -> dict[str, Facts]:
    """Give all that the models say, by star."""
    found: dict[str, Facts] = {}

    def add(star: str, fact: tuple[str, ...], value: Any) -> None:
        of_star = found.setdefault(star, {})
        while fact in of_star:
            fact = (*fact, "again")
        of_star[fact] = value

    for star, name, *said in rows_of(
        warehouse,
        "merging.merge_agreed",
        "source_key, property, agreed_value, won_by, won_at, rule",
    ):
        add(star, ("agreed", name), tuple(said))
    for star, name, loser, *said in rows_of(
        warehouse,
        "merging.merge_conflicts where rule not in ('source_gone', 'target_gone')",
        "source_key, property, losing_key, winning_key, winning_value, losing_value, "
        "rule, status",
    ):
        add(star, ("conflict", name, loser), tuple(said))
    star_of = {}
    for star, member, name, outcome, reason in rows_of(
        warehouse,
        "merging.merge_outcomes",
        "source_key, member_key, property, outcome, held_because",
    ):
        star_of[member] = star
        because = reason if outcome == "held" else None
        add(star, ("outcome", member, name), (outcome, because))
    for star, member, name, after, reference in rows_of(
        warehouse,
        "outbound.outbound_candidates where operation = 'update'",
        "source_key, system_name || ':' || entity || ':' || record_id, property, "
        "value_after, case when reference_flow is not null then reference_key end",
    ):
        add(star, ("update", member, name), (_loaded(after), reference))
    for member, name, *said in rows_of(
        warehouse,
        "merging.merge_ledger_observations",
        "record_key, property, observed, delivered, is_delivered",
    ):
        add(star_of[member], ("note", member, name), tuple(said))
    for star, member, waits in rows_of(
        warehouse,
        "merging.merge_ledger_record_states as states "
        "inner join merging.merge_members as members "
        "on states.record_key = members.member_key "
        "left join ledger_file.ledger.record_states as before "
        "on states.record_key = before.record_key "
        "where states.waits is distinct from coalesce(before.waits, false)",
        "members.source_key, states.record_key, states.waits",
    ):
        add(star, ("waits", member), waits)
    return found


def _loaded(native: str | None) -> Any:
    try:
        return None if native is None else json.loads(native)
    except ValueError:
        return f"no JSON: {native}"


def rows_of(
    warehouse: duckdb.DuckDBPyConnection, relation: str, columns: str
) -> list[tuple[Any, ...]]:
    """Give columns of a relation of the warehouse."""
    rows: list[tuple[Any, ...]] = warehouse.execute(
        f"select {columns} from {relation}"
    ).fetchall()
    return rows
