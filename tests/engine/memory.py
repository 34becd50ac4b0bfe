"""What Lenke knows of a world: stars, agreed values, findings."""

from collections import defaultdict
from typing import Any

import duckdb

from tests.engine.engine import Engine
from tests.engine.seeds import Member, members


def stars_of(engine: Engine) -> dict[str, list[tuple[str, str]]]:
    stars: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for flow, source, target in engine.links():
        if source not in engine.removed and target not in engine.removed:
            stars[source].append((flow, target))
    return stars


def members_of(key: str, flow: str) -> list[Member]:
    system, entity, _ = key.split(":", 2)
    return [each for each in members()[system, entity] if each.flow == flow]


def agreed_in(engine: Engine) -> dict[tuple[str, str], str | None]:
    rows = engine.ledger(
        "select source_key, property, agreed_value from ledger.agreed_values"
    )
    return {(source, name): value for source, name, value in rows}


def findings_of(engine: Engine) -> set[tuple[str, str | None]]:
    return set(_built(engine, "select record_key, property from inspection.findings"))


def refusals_of(engine: Engine) -> list[dict[str, Any]]:
    """Give the refused writes that wait, as an acknowledgement names them."""
    names = ("refusal_id", "record_key", "flow")
    rows = _built(
        engine, f"select distinct {', '.join(names)} from inspection.refusals"
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def _built(engine: Engine, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(engine.home.warehouse)) as warehouse:
        warehouse.execute(f"attach '{engine.home.ledger}' as ledger_file (read_only)")
        rows: list[tuple[Any, ...]] = warehouse.execute(sql).fetchall()
    return rows
