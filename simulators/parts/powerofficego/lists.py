"""PowerOffice Go's lists: a bare array, with the paging in a header."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.wrappers import Request, Response

from simulators.kit.exact_json import Record, dumps
from simulators.kit.http import json_response
from simulators.kit.store import Parameter, Table
from simulators.parts.powerofficego.members import CHANGED, CREATED, MEMBERS
from simulators.parts.powerofficego.problems import refusing
from simulators.parts.powerofficego.times import ticks

Condition = tuple[str, list[Parameter]]
MOST_TERMS = 500
_NOT_ORDERED_BY = ("MailAddress", "ContactGroupIds")


BACKEND = "http://backend.example"
_OF_EVERY_LIST = ("Fields", "OrderBy", "PageNumber", "PageSize")


@dataclass(frozen=True)
class Paging:
    """How long a page is, and how long it may be asked to be.

    `next_link_host` is `own`, or `foreign`: then the next page's link bears the address
    of a backend that nobody outside can reach.
    """

    default_size: int
    largest: int
    next_link_host: str = "own"


def page(
    request: Request,
    entity: str,
    table: Table,
    paging: Paging,
    show: Callable[[Record], Record],
) -> Response:
    """Answer a list: 204 without a body when there is nothing to give.

    The header is left out when there is one page only; on the last of several its
    nextPageLink is empty. A parameter that is not known is refused.
    """
    with refusing():
        given = known_parameters(request, [*_FILTERS[entity], *_OF_EVERY_LIST])
        where, parameters = _filtered(given, entity)
        order_by = _ordered(given.get("OrderBy"), entity)
        fields = _fields(given.get("Fields"), entity)
        size = _count(given, "PageSize", paging.default_size, paging.largest)
        number = _count(given, "PageNumber", 1, 10**9)
    rows = table.select(
        where, parameters, order_by=order_by, limit=size, offset=(number - 1) * size
    )
    if not rows:
        return Response(status=204)
    total = table.count(where, parameters)
    shown = (show(row) for row in rows)
    if fields is not None:
        shown = ({name: row[name] for name in row if name in fields} for row in shown)
    link = ""
    if number * size < total:
        query = {**given, "PageNumber": number + 1, "PageSize": size}
        link = f"{_base_url(request, paging)}?{urlencode(query)}"
    headers = _header(link, number, size, total) if total > size else None
    return json_response(list(shown), headers=headers)


def known_parameters(request: Request, names: Sequence[str]) -> dict[str, str]:
    """Give the parameters of a request as they are known, whatever their case.

    Raises ValueError for one that is not among `names`.
    """
    known = {name.lower(): name for name in names}
    for name in request.args:
        if name.lower() not in known:
            raise ValueError(f"{name} is no parameter of {request.path}")
    return {known[name.lower()]: value for name, value in request.args.items()}


def _base_url(request: Request, paging: Paging) -> str:
    is_foreign = paging.next_link_host == "foreign"
    return BACKEND + request.path if is_foreign else request.base_url


def _header(link: str, number: int, size: int, total: int) -> dict[str, str]:
    pages = -(-total // size)
    paging = {
        "totalCount": total,
        "pageSize": size,
        "currentPage": number,
        "totalPages": pages,
        "nextPageLink": link,
    }
    return {"X-Pagination": dumps(paging)}


def _filtered(given: Mapping[str, str], entity: str) -> Condition:
    where, parameters = ["true"], list[Parameter]()
    for name, condition in _FILTERS[entity].items():
        if not given.get(name):
            continue
        try:
            clause, values = condition(given[name])
        except ValueError as error:
            raise ValueError(f"{name} {error}") from error
        where.append(clause)
        parameters.extend(values)
    return " and ".join(where), parameters


def _later(column: str) -> Callable[[str], Condition]:
    return lambda given: (f"{column} > ?", [ticks(given)])


def _in_ranges(column: str) -> Callable[[str], Condition]:
    """Take numbers and ranges of them: 1,100-200,500-."""

    def condition(given: str) -> Condition:
        clauses, parameters = list[str](), list[Parameter]()
        for term in _terms(given):
            first, dash, last = term.partition("-")
            parameters.append(_number(first))
            if not dash:
                clauses.append(f"{column} = ?")
            elif not last:
                clauses.append(f"{column} >= ?")
            else:
                clauses.append(f"{column} between ? and ?")
                parameters.append(_number(last))
        return f"({' or '.join(clauses)})", parameters

    return condition


def _is_one_of(column: str) -> Callable[[str], Condition]:
    def condition(given: str) -> Condition:
        terms = _terms(given)
        marks = ", ".join("?" * len(terms))
        return f"{column} in ({marks})", list(terms)

    return condition


def _terms(given: str) -> list[str]:
    terms = [term.strip() for term in given.split(",")]
    if len(terms) > MOST_TERMS:
        raise ValueError(f"has more than {MOST_TERMS} terms")
    return terms


def _number(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise ValueError("must be numbers and ranges, such as 1,100-200,500-")
    return int(given)


def _role_filters(numbers: str) -> dict[str, Callable[[str], Condition]]:
    return {
        numbers: _in_ranges("number"),
        "externalImportReference": lambda given: ("reference = ?", [given]),
        "externalNos": _in_ranges("external_number"),
    }


_CHANGED_AFTER = {"lastChangedDateTimeOffsetGreaterThan": _later("changed")}
_FILTERS: Mapping[str, Mapping[str, Callable[[str], Condition]]] = {
    "employees": {
        **_CHANGED_AFTER,
        "employeeCreatedDateTimeOffsetGreaterThan": _later("created"),
        **_role_filters("employeeNos"),
    },
    "customers": {
        **_CHANGED_AFTER,
        "customerCreatedDateTimeOffsetGreaterThan": _later("created"),
        **_role_filters("customerNos"),
    },
    "contactperson": {
        **_CHANGED_AFTER,
        "createdDateTimeOffsetGreaterThan": _later("created"),
        "contactIds": _in_ranges("owner"),
        "externalCodes": _is_one_of("reference"),
    },
}


def _names(entity: str) -> dict[str, str]:
    """Give the members of an entity by their names in lower case."""
    own = ("Id", "ContactId", "SubledgerAccountId", "ContactCreatedDateTimeOffset")
    names = [*own, "IsActive", *MEMBERS[entity], CREATED[entity], CHANGED]
    return {name.lower(): name for name in names}


def _fields(given: str | None, entity: str) -> list[str] | None:
    if not given:
        return None
    known = _names(entity)
    wanted = [name.strip().lower() for name in given.split(",")]
    for name in wanted:
        if name not in known:
            raise ValueError(f"Fields: there is no {name}")
    return [known[name] for name in wanted]


def _ordered(given: str | None, entity: str) -> str:
    columns = {"Id": "id", CHANGED: "changed", CREATED[entity]: "created"}
    terms = []
    for term in (given or "Id").split(","):
        name, _, direction = term.strip().partition(" ")
        member = _names(entity).get(name.lower())
        is_known = member is not None and member not in _NOT_ORDERED_BY
        if not is_known or direction.strip().lower() not in ("", "asc", "desc"):
            raise ValueError(f"OrderBy: {term.strip()} is no order")
        column = columns.get(str(member), f"json_extract(record, '$.{member}')")
        terms.append(f"{column} {direction.strip()}".rstrip())
    return ", ".join(terms)


def _count(given: Mapping[str, str], name: str, default: int, highest: int) -> int:
    asked = given.get(name, str(default))
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 11
    if not is_number or not 1 <= int(asked) <= highest:
        raise ValueError(f"{name} must be a number from 1 to {highest}")
    return int(asked)
