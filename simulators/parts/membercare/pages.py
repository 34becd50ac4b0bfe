"""Membercare's lists: pages in an envelope that says where the next one is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from werkzeug.wrappers import Request, Response

from simulators.kit.exact_json import Record
from simulators.kit.http import json_response
from simulators.kit.store import Parameter, Table
from simulators.parts.membercare.requests import count_in


class Rows(Protocol):
    """The rows of a list, of which a page is cut."""

    def count(self) -> int:
        """Count them all."""

    def part(self, limit: int, offset: int) -> list[Record]:
        """Give some of them, in order."""


@dataclass(frozen=True)
class Selection:
    """The records of a table that `where` names, as `show` makes them look."""

    table: Table
    where: str
    parameters: Sequence[Parameter]
    show: Callable[[Record], Record]
    order_by: str = "number"

    def count(self) -> int:
        """Count them all."""
        return self.table.count(self.where, self.parameters)

    def part(self, limit: int, offset: int) -> list[Record]:
        """Give some of them, in order."""
        records = self.table.select(
            self.where,
            self.parameters,
            order_by=self.order_by,
            limit=limit,
            offset=offset,
        )
        return [self.show(record) for record in records]


@dataclass(frozen=True)
class OneAfterTheOther:
    """The rows of one selection, then those of another."""

    first: Selection
    second: Selection

    def count(self) -> int:
        """Count them all."""
        return self.first.count() + self.second.count()

    def part(self, limit: int, offset: int) -> list[Record]:
        """Give some of them, in order."""
        rows = self.first.part(limit, offset)
        behind = max(0, offset - self.first.count())
        left = limit - len(rows)
        return rows + (self.second.part(left, behind) if left else [])


@dataclass(frozen=True)
class Paging:
    """How lists are cut; more than `largest` rows are never given at once.

    `next_keeps_query` is `all`, or `pageSize`: then the links to other pages have lost
    everything else that was asked for.
    """

    default_size: int
    largest: int
    next_keeps_query: str = "pageSize"

    def page(self, request: Request, rows: Rows) -> Response:
        """Answer with the page that the request asks for."""
        number = count_in(request, "page", 1)
        size = min(count_in(request, "pageSize", self.default_size), self.largest)
        total = rows.count()
        pages = -(-total // size)
        return json_response(
            {
                "totalCount": total,
                "totalPages": pages,
                "previousPageUrl": self._url(request, number - 1)
                if number > 1
                else None,
                "nextPageUrl": self._url(request, number + 1)
                if number < pages
                else None,
                "result": rows.part(size, (number - 1) * size),
            }
        )

    def _url(self, request: Request, number: int) -> str:
        kept = request.args.to_dict()
        if self.next_keeps_query == "pageSize":
            kept = {name: value for name, value in kept.items() if name == "pageSize"}
        return f"{request.base_url}?{urlencode({**kept, 'page': str(number)})}"
