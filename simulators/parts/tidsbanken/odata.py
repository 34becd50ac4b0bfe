"""The part of OData that Tidsbanken takes: $select, $filter, $orderby, $top, $skip."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from simulators.kit.checks import LARGEST_INTEGER
from simulators.kit.exact_json import Record
from simulators.kit.store import Parameter
from simulators.parts.tidsbanken.fields import FIELDS, TIMES, Field, columns
from simulators.parts.tidsbanken.times import literal

OPTIONS = ("$select", "$filter", "$orderby", "$top", "$skip")

_CLAUSE = re.compile(
    r"[\s(]*(?P<name>\w+)\s+(?P<operator>\w+)"
    r"\s+(?P<literal>'(?:[^']|'')*'|[^\s'()]+)[\s)]*"
)
_AND = re.compile(r"and(?=[\s(])")
_OUTSIDE_QUOTES = re.compile(r"'(?:[^']|'')*'")
_OPERATORS = {"eq": "=", "gt": ">", "ge": ">="}
_INTEGER = re.compile(r"-?\d{1,19}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)


@dataclass(frozen=True)
class Query:
    """What a list is asked for; `select` names the fields, None means all of them."""

    where: str
    parameters: list[Parameter]
    order_by: str
    limit: int
    offset: int
    select: list[str] | None


def query(
    entity: str, options: Mapping[str, str], default_top: int, max_top: int
) -> Query:
    """Read the options of a list; raises ValueError, in words for the caller.

    More than `max_top` rows are never given, whatever is asked for.
    """
    for name in options:
        if name.startswith("$") and name not in OPTIONS:
            raise ValueError(f"{name} is not supported")
    where, parameters = _filtered(entity, options.get("$filter"))
    return Query(
        where,
        parameters,
        order_by=_ordered(entity, options.get("$orderby", "Id")),
        limit=min(_count(options, "$top", default_top, lowest=1), max_top),
        offset=_count(options, "$skip", 0, lowest=0),
        select=selected(entity, options.get("$select", "*")),
    )


def selected(entity: str, given: str) -> list[str] | None:
    """Give the fields that $select names, in any case; None for all of them."""
    known = {name.lower(): name for name in FIELDS[entity]}
    names = [name.strip() for name in given.split(",")]
    if "*" in names:
        return None
    for name in names:
        if name.lower() not in known:
            raise ValueError(f"$select: there is no {name} on {entity}")
    return [known[name.lower()] for name in names]


def shown(record: Record, select: list[str] | None) -> Record:
    """Give the selected fields of a record, in the record's order."""
    if select is None:
        return record
    return {name: value for name, value in record.items() if name in select}


def _filtered(entity: str, given: str | None) -> tuple[str, list[Parameter]]:
    if given is None:
        return "true", []
    if not _is_balanced(given):
        raise ValueError("$filter: the parentheses do not match")
    clauses, parameters = list[str](), list[Parameter]()
    at = 0
    while True:
        found = _CLAUSE.match(given, at)
        if found is None or found["operator"] not in _OPERATORS:
            raise ValueError("$filter: write name eq|gt|ge literal, joined by and")
        field = FIELDS[entity].get(found["name"])
        if field is None:
            raise ValueError(f"$filter: there is no {found['name']} on {entity}")
        operator = _OPERATORS[found["operator"]]
        clause, values = _clause(found["name"], field, operator, found["literal"])
        clauses.append(_expression(entity, found["name"]) + clause)
        parameters.extend(values)
        at = found.end()
        if at == len(given):
            return " and ".join(clauses), parameters
        joined = _AND.match(given, at)
        if joined is None or given[at - 1].strip(") \t\r\n"):
            raise ValueError("$filter: write name eq|gt|ge literal, joined by and")
        at = joined.end()


def _is_balanced(given: str) -> bool:
    """Say whether each parenthesis outside of quotes has its partner.

    With `and` alone they change nothing.
    """
    depth = 0
    for sign in _OUTSIDE_QUOTES.sub("", given):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


def _clause(
    name: str, field: Field, operator: str, given: str
) -> tuple[str, list[Parameter]]:
    """Give the SQL behind a field's name; a literal of another kind is refused."""
    if given == "null" and operator == "=":
        return " is null", []
    try:
        if field.kind == "number" and _NUMBER.fullmatch(given):
            return f" {operator} cast(? as real)", [given]
        return f" {operator} ?", [_value(field, given)]
    except ValueError as error:
        raise ValueError(f"$filter: {name} is a {field.kind}: {error}") from error


def _value(field: Field, given: str) -> str | int:
    if field.kind == "text" and given.startswith("'"):
        return given[1:-1].replace("''", "'")
    if field.kind == "boolean" and given in ("true", "false"):
        return int(given == "true")
    if field.kind == "integer" and _INTEGER.fullmatch(given):
        if abs(int(given)) > LARGEST_INTEGER:
            raise ValueError(f"{given} is too large")
        return int(given)
    if field.kind in TIMES:
        return literal(given)
    raise ValueError(f"{given} is a literal of another kind")


def _ordered(entity: str, given: str) -> str:
    terms = []
    for term in given.split(","):
        name, _, direction = term.strip().partition(" ")
        if name not in FIELDS[entity] or direction.strip() not in ("", "asc", "desc"):
            raise ValueError(f"$orderby: {term.strip()} is no field of {entity}")
        terms.append(f"{_expression(entity, name)} {direction.strip()}".rstrip())
    return ", ".join(terms)


def _expression(entity: str, name: str) -> str:
    if name in columns(entity):
        return f'"{name}"'
    return f"json_extract(record, '$.{name}')"


def _count(options: Mapping[str, str], name: str, default: int, *, lowest: int) -> int:
    given = options.get(name, str(default))
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise ValueError(f"{name}: must be a number from {lowest}")
    if int(given) < lowest:
        raise ValueError(f"{name}: must be a number from {lowest}")
    return int(given)
