"""When a model has no rows, whatever its SQL says: a join with nothing is nothing.

Most models are about rare cases (a recovery, a loop, a reused id, a lost link), and on
most days what they start from has no rows. To plan such a model costs the engine as
much as if it had work to do, so a run asks first. What is told of a query is read off
its form alone: its joins, unions and groups, never what a condition lets through. What
is not understood never counts as empty.
"""

from collections.abc import Callable, Iterable, Iterator, Set
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from connections.machine.database import connect

# `False`: never. A text: when that relation is empty. `["any", ...]`: when one of these
# holds. `["all", ...]`: when all of them do.
When = Any

_AGGREGATES = """
select distinct function_name from duckdb_functions()
where function_type = 'aggregate'
"""
_MACROS = """
select distinct function_name, macro_definition from duckdb_functions()
where function_type = 'macro'
"""

# Any other way to join is not understood: a positional one fills up the shorter side.
_METHODS = ("", "NATURAL", "ASOF")

_Scope = dict[str, When]


def empty_when(sql: str, aggregates: Set[str]) -> When:
    """Tell when a query surely gives no rows.

    `aggregates` are the names of the engine's aggregate functions: one of them without
    a group gives a row of nothing. Relations are named as they stand in the query.
    """
    try:
        query = sqlglot.parse_one(sql, dialect="duckdb")
    except SqlglotError:  # the engine knows more words than SQLGlot
        return False
    return _Reading(aggregates).of(query, {})


def aggregate_functions() -> Set[str]:
    """Give the names of the engine's aggregate functions, and of macros with any."""
    with connect() as engine:
        names = {name for (name,) in engine.execute(_AGGREGATES).fetchall()}
        macros = engine.execute(_MACROS).fetchall()
    reading = _Reading(names)
    parsed = [
        (name, sqlglot.parse_one(told, dialect="duckdb")) for name, told in macros
    ]
    while more := {
        name
        for name, definition in parsed
        if name not in names and reading.has_aggregate(definition)
    }:
        names |= more  # a macro may call another one
    return names


def is_empty(when: When, relation_is_empty: Callable[[str], bool]) -> bool:
    """Tell whether it holds now."""
    if isinstance(when, str):
        return relation_is_empty(when)
    if when is False:
        return False
    how, *parts = when
    each = (is_empty(part, relation_is_empty) for part in parts)
    return any(each) if how == "any" else all(each)


class _Reading:
    def __init__(self, aggregates: Set[str]) -> None:
        self._aggregates = aggregates

    def of(self, query: exp.Expr, scope: _Scope) -> When:
        scope = dict(scope)
        if with_ := query.args.get("with_"):
            for cte in with_.expressions:
                # A recursive one begins with nothing of its own.
                name = cte.alias.lower()
                scope[name] = ["all"] if with_.recursive else False
                scope[name] = self.of(cte.this, scope)
        if isinstance(query, exp.Select):
            return self._of_select(query, scope)
        if query.args.get("pivots") or query.args.get("joins"):
            return False
        if isinstance(query, exp.Subquery | exp.Paren):
            return self.of(query.this, scope)
        if isinstance(query, exp.Union):
            return _all(self.of(query.left, scope), self.of(query.right, scope))
        if isinstance(query, exp.Except):
            return self.of(query.left, scope)
        return False

    def _of_select(self, select: exp.Select, scope: _Scope) -> When:
        start = select.args.get("from_")
        if start is None or (not _is_grouped(select) and self._is_total(select)):
            return False
        when = self._of_relation(start.this, scope)
        for join in select.args.get("joins") or ():
            if join.method not in _METHODS:
                return False
            joined = self._of_relation(join.this, scope)
            if join.side == "RIGHT":
                when = joined
            elif join.side == "FULL":
                when = _all(when, joined)
            elif join.side == "" and join.kind != "ANTI":
                when = _any(when, joined)
        return when

    def _of_relation(self, relation: exp.Expr, scope: _Scope) -> When:
        if isinstance(relation, exp.Subquery):
            return self.of(relation, scope)
        if not isinstance(relation, exp.Table) or relation.args.get("pivots"):
            return False
        if not isinstance(relation.this, exp.Identifier):
            return False
        if relation.args.get("joins"):
            return False
        if not relation.db:
            return scope.get(relation.name.lower(), False)
        return ".".join(f'"{part.name}"' for part in relation.parts)

    def _is_total(self, select: exp.Select) -> bool:
        """Tell whether a select without groups makes one row of all rows."""
        told = [select.args.get(name) for name in ("order", "qualify", "distinct")]
        told += [*select.expressions, *(select.args.get("windows") or ())]
        return bool(select.args.get("having")) or any(
            map(self.has_aggregate, filter(None, told))
        )

    def has_aggregate(self, expression: exp.Expr) -> bool:
        """Tell whether it is made of all rows together."""
        if isinstance(expression, exp.Subquery | exp.Exists):
            return False
        if isinstance(expression, exp.Window):
            return any(map(self.has_aggregate, _inside(expression)))
        if isinstance(expression, exp.AggFunc):
            return True
        if isinstance(expression, exp.Func):
            names = {expression.name.lower(), *map(str.lower, expression.sql_names())}
            if names & self._aggregates:
                return True
        return any(map(self.has_aggregate, expression.iter_expressions()))


def _inside(window: exp.Window) -> Iterator[exp.Expr]:
    """Give all that a window goes by; its own function makes no total of the rows."""
    function = window.this
    while isinstance(function, exp.Filter | exp.IgnoreNulls | exp.RespectNulls):
        function = function.this
    yield from function.iter_expressions()
    yield from (each for each in window.iter_expressions() if each is not window.this)


def _is_grouped(select: exp.Select) -> bool:
    """Tell whether no rows make no groups; a grand total is a group of its own."""
    group = select.args.get("group")
    return (
        group is not None
        and all(isinstance(each, exp.Column) for each in group.expressions)
        and not any(
            value for name, value in group.args.items() if name != "expressions"
        )
    )


def _any(*parts: When) -> When:
    return _flat("any", [part for part in parts if part is not False], False)


def _all(*parts: When) -> When:
    return False if False in parts else _flat("all", parts, ["all"])


def _flat(how: str, parts: Iterable[When], of_none: When) -> When:
    """Join what is told in one way, and tell nothing twice."""
    flat: list[When] = []
    for part in parts:
        inner = part[1:] if part and part[0] == how else [part]
        flat += [each for each in inner if each not in flat]
    if not flat:
        return of_none
    return flat[0] if len(flat) == 1 else [how, *flat]
