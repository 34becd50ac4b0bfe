"""The story of a star, told in four parts: its links, what has none, values, waits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lenke.home.places import Home
from lenke.seeds.filled import seed_rows
from lenke.showing.filters import chosen
from lenke.why import changes, links, waits
from lenke.why.star import Row, Star, star_meant
from lenke.why.told import Fact


@dataclass(frozen=True)
class Property:
    """A property of a star: what is agreed on, and what happened, the newest first.

    One that is only set when a record is made is agreed on by nobody.
    """

    name: str
    is_agreed: bool
    value: str | None
    facts: list[Fact]


@dataclass(frozen=True)
class Story:
    """Why a record is as it is.

    `asked` is the property that was asked for, by the source's name for it; then only
    what is about it is told. `as_of`: when what is published was built, in UTC.
    """

    star: Star
    asked: str | None
    linked: list[Fact]
    unlinked: list[Fact]
    properties: list[Property]
    decided: list[Fact]
    deleted: list[Fact]
    waits: list[Fact]
    as_of: datetime | None

    def as_json(self) -> dict[str, Any]:
        """Give it as one object: each fact with its sentence and its columns."""
        records = self.star.table("records")
        return {
            "record_key": self.star.about,
            "record_name": self.star.names.by_key.get(self.star.about),
            "property": self.asked,
            "as_of": self.as_of,
            "records": records,
            "links": _objects(self.linked),
            "unlinked": _objects(self.unlinked),
            "properties": [
                {
                    "property": each.name,
                    "agreed_value": each.value,
                    "events": _objects(each.facts),
                }
                for each in self.properties
            ],
            "decisions": _objects(self.decided),
            "deletes": _objects(self.deleted),
            "waits": _objects(self.waits),
        }


def story_of(home: Home, typed: str, property_typed: str | None) -> Story:
    """Give the story of the record that is meant, or that of one of its properties.

    Raises ConfigurationError when nobody knows such a record or property.
    """
    star = star_meant(home, typed)
    also = _also_called(star)
    asked = also.get(chosen(property_typed, also, "property", "a property") or "")
    findings = [
        each
        for each in star.table("findings")
        if asked is None
        or waits.names_property(
            each["property"], tuple(n for n, of in also.items() if of == asked)
        )
    ]
    unlinked = list(links.unlinked(star, findings))
    seen = list(waits.seen(star, findings))
    # What happened at one moment happened in this order, the last first.
    events = [*changes.sent(star), *changes.lost(star), *changes.agreed(star)]
    about_values = [each for each in events if each.property is not None]
    beside = [each for each in events if each.property is None]
    built = star.table("built")
    return Story(
        star=star,
        asked=asked,
        linked=list(links.linked(star)),
        unlinked=unlinked,
        properties=_by_property(star, about_values, asked),
        decided=_newest_first(_of(waits.decided(star), asked)),
        deleted=_newest_first(_of(beside, asked)),
        waits=[
            *waits.found(findings),
            *_of(seen, asked),
            *(
                each
                for each in waits.planned(star)
                if asked is None
                or any(also.get(n) == asked for n in each.row["properties_after"] or ())
            ),
        ],
        as_of=built[0]["built_at"] if built else None,
    )


def _by_property(star: Star, facts: list[Fact], asked: str | None) -> list[Property]:
    """Give the properties, those with the newest events first."""
    in_turn = _newest_first(facts)
    names = dict.fromkeys(str(each.property) for each in in_turn)
    agreed: dict[str, str | None] = {}
    for row in star.table("history"):  # the newest first
        agreed.setdefault(row["property"], row["value_to"])
    return [
        Property(
            name,
            name in agreed,
            agreed.get(name),
            [each for each in in_turn if each.property == name],
        )
        for name in names
        if asked in (None, name)
    ]


def _also_called(star: Star) -> Mapping[str, str]:
    """Give the star's name for a property by each name that it goes by."""
    found: dict[str, str] = {}
    for row in _mappings(star):
        found.setdefault(row["target_property"], row["source_property"])
    for row in star.table("sights"):
        found[row["name"]] = row["property"]
    for table in ("history", "conflicts", "sights"):
        found |= {row["property"]: row["property"] for row in star.table(table)}
    for row in _mappings(star):
        found.setdefault(row["source_property"], row["source_property"])
    return {name: of for name, of in found.items() if name}


def _mappings(star: Star) -> list[Row]:
    flows = {row["flow"] for row in (*star.links, *star.table("unlinked"))}
    return [
        dict(row) for row in seed_rows("property_mappings.csv") if row["flow"] in flows
    ]


def _of(facts: Iterable[Fact], asked: str | None) -> list[Fact]:
    return [each for each in facts if asked in (None, each.property)]


def _newest_first(facts: Iterable[Fact]) -> list[Fact]:
    """Sort by time; what has none yet is the newest."""
    return sorted(
        facts,
        key=lambda each: (each.at is None, each.at or datetime.min),
        reverse=True,
    )


def _objects(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    return [each.as_json() for each in facts]
