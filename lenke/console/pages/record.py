"""Whom is a record linked with, what do they agree on, and why?"""

from typing import Any

from connections.http.errors import ConfigurationError
from lenke.console.asking import Look, Row, as_typed
from lenke.console.health import Health, of_sight
from lenke.console.page import Asked, Page, nothing, number
from lenke.seeds.filled import seed_rows
from lenke.showing import questions
from lenke.why.star import Star
from lenke.why.story import Story, story_of
from lenke.why.words import STATES

_SHOWN = ("links", "history", "conflicts", "sights", "writes")


def page(look: Look, asked: Asked) -> Page:
    """Give the story of a record, with the members of its star side by side."""
    key = asked.text("key")
    if key is None:
        return nothing("record", "")
    try:
        story = story_of(look.home, key, asked.text("property"))
    except ConfigurationError as error:
        return Page("nothing", "Nobody knows it", str(error), status=404)
    star = story.star
    return Page(
        "record",
        star.names.by_key.get(star.about) or star.about,
        _sentence(story),
        {
            "story": story,
            "star": star,
            "members": _members(star),
            "matrix": _matrix(story),
            "health": _health(story),
            "pairs": [row for row in star.links if row["ended_at"] is None],
            "statements": _statements(star),
            "paused": any(
                each.row["kind"] == "pause" and each.row["status"] == "in force"
                for each in story.decided
            ),
        },
    )


def _sentence(story: Story) -> str:
    star = story.star
    others = len(star.members) - 1
    linked = (
        f"is linked with {number(others, 'record', 'records')}"
        if others
        else "is linked with nothing"
    )
    return f"{star.names.of(star.about)} {linked}; {_health(story).word}."


def _health(story: Story) -> Health:
    if any(each.row["rests_because"] for each in story.linked):
        return Health("rest", "at rest")
    if any("kind" in each.row for each in story.waits):
        return Health("look", "a person should look")
    if story.waits:
        return Health("wait", "something waits")
    if len(story.star.members) > 1:
        return Health("well", "in step")
    return Health("unknown", "nothing to keep in step")


def _members(star: Star) -> list[Row]:
    rows = {row["record_key"]: row for row in star.table("records")}
    return [
        {
            "record_key": key,
            "system": key.split(":", 1)[0],
            "short": key.split(":", 1)[1].replace(":", " ", 1),
            "record_name": star.names.by_key.get(key),
            "record_number": rows.get(key, {}).get("record_number"),
            "state": STATES.get(
                rows.get(key, {}).get("state", ""), "no listing has shown it"
            ),
            "is_source": key in star.sources,
        }
        for key in star.members
    ]


def _matrix(story: Story) -> list[dict[str, Any]]:
    """Give for each property what is agreed on, and how each member stands to it.

    A member's own name for it is that of the seeds; None: it has no such property.
    """
    star = story.star
    flow_of = {
        row["target_key"]: row["flow"] for row in star.links if row["ended_at"] is None
    }
    names = {
        (row["flow"], row["source_property"]): row["target_property"]
        for row in seed_rows("property_mappings.csv")
    }
    sights = {(row["record_key"], row["property"]): row for row in star.table("sights")}
    return [
        {
            "property": each.name,
            "is_agreed": each.is_agreed,
            "value": star.names.value(each.value),
            "members": [
                _cell(
                    each.name
                    if key in star.sources
                    else names.get((flow_of.get(key, ""), each.name)),
                    sights.get((key, each.name)),
                )
                for key in star.members
            ],
        }
        for each in story.properties
    ]


def _cell(name: str | None, sight: Row | None) -> dict[str, Any] | None:
    if name is None and sight is None:
        return None
    if sight is None:
        return {"name": name, "health": Health("well", "in step"), "shows": None}
    shows = sight["shown_value"]
    return {"name": sight["name"], "health": of_sight(sight), "shows": shows}


def _statements(star: Star) -> list[tuple[str, str]]:
    """Give the statements that the story is told from, as anybody may ask them."""
    given: dict[str, Any] = {
        "keys": star.members,
        "sources": star.sources,
        "records": star.members,
        "flow": None,
        "past": True,
        "short": questions.SHORT_ID,
    }
    asked = {"links": questions.LINKS, **questions.WHY}
    return [(name, as_typed(asked[name], given).strip()) for name in _SHOWN]
