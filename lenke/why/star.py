"""Which star is meant by what people type, and all that is published about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from connections.http.errors import ConfigurationError
from lenke.home.places import Home
from lenke.showing import questions
from lenke.showing.layout import visible
from lenke.showing.look import Rows, looking
from lenke.showing.meant import Record, records_meant
from lenke.why.told import Names, command, keys_in

_AT_MOST = 8  # records that a name may mean and that are listed

_TELL_WHY = "select 1 from duckdb_tables() where table_name = 'history'"

Row = dict[str, Any]


@dataclass(frozen=True)
class Star:
    """A record, its star, and the rows of each table that are about them.

    `sources` has the key of the star's source: none when a target is linked to nothing.
    `members` are the source and the targets that are linked now; `links` are those of
    all of them, past ones included.
    """

    about: str
    sources: list[str]
    members: list[str]
    links: list[Row]
    tables: Mapping[str, list[Row]]
    names: Names

    def table(self, name: str) -> list[Row]:
        """Give the rows of one question: see `questions.WHY`."""
        return self.tables[name]


def star_meant(home: Home, typed: str) -> Star:
    """Give the star of the record that an id, a key or a name means.

    Raises ConfigurationError when nobody knows such a record, with the nearest ones,
    or when records of several stars are meant, with the command for each.
    """
    found = records_meant(home, typed, or_named=True) or []
    with looking(home) as ask:
        if not ask(_TELL_WHY).rows:
            raise ConfigurationError(
                f"{home.inspection} was published by an older Lenke. Run `lenke plan` "
                "or `lenke sync` first."
            )
        stars = {_source_of(ask, each.key): each for each in reversed(found)}
        if len(stars) > 1:
            names = dict(ask(questions.NAMES, keys=list(stars)).rows)
            sources = [Record(key, names.get(key)) for key in reversed(stars)]
            raise ConfigurationError(_several(typed, sources))
        [source] = stars
        keys = [each.key for each in found]
        about = source if source in keys or len(keys) > 1 else keys[0]
        return _star(ask, about, source)


def _several(typed: str, found: list[Record]) -> str:
    more = len(found) - _AT_MOST
    return "\n".join(
        [
            f"{visible(typed)!r} may be a record of {len(found)} stars. Ask for one of "
            "them:",
            *(
                f"  {command('why', each.key)}"
                + (f"  ({visible(each.name)})" if each.name else "")
                for each in found[:_AT_MOST]
            ),
            *([f"  ... and {more} more"] if more > 0 else []),
        ]
    )


def _source_of(ask: Callable[..., Rows], key: str) -> str:
    """Give the source of a record's star; itself when it is one, or linked to none."""
    sources = [
        row["source_key"]
        for row in _links(ask, [key])
        if row["target_key"] == key and row["ended_at"] is None
    ]
    return sources[0] if sources else key


def _star(ask: Callable[..., Rows], about: str, source: str) -> Star:
    links = _links(ask, sorted({about, source}))
    is_source = _is_source(ask, source, links)
    members = list(
        dict.fromkeys(
            [
                source,
                *(
                    row["target_key"]
                    for row in links
                    if row["source_key"] == source and row["ended_at"] is None
                ),
            ]
        )
    )
    sources = [source] if is_source else []
    given: dict[str, object] = {
        "keys": members,
        "sources": sources,
        "flows": sorted({row["flow"] for row in links}),
        "systems": sorted({key.split(":", 1)[0] for key in members}),
        "short": questions.SHORT_ID,
    }
    tables = {
        name: ask(
            question,
            **{each: value for each, value in given.items() if f"${each}" in question},
        ).as_json()
        for name, question in questions.WHY.items()
    }
    keys = keys_in(row for rows in (*tables.values(), links) for row in rows)
    known = ask(questions.NAMES, keys=sorted(keys | set(members)))
    return Star(about, sources, members, links, tables, Names(dict(known.rows)))


def _is_source(ask: Callable[..., Rows], key: str, links: list[Row]) -> bool:
    """Tell whether a record is a source: by its links, else by the flows' names."""
    system, entity, _ = key.split(":", 2)
    return any(row["source_key"] == key for row in links) or any(
        flow.startswith(f"{system}_{entity}__")
        for flow, *_ in ask(questions.WHY["flows"]).rows
    )


def _links(ask: Callable[..., Rows], keys: list[str]) -> list[Row]:
    return ask(questions.LINKS, flow=None, records=keys, past=True).as_json()
