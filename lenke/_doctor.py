"""Try every configured system: sign in, read a page of all, and say what is wrong."""

from dataclasses import dataclass

from connections._errors import LenkeError
from connections._http import Http
from connections._settings import system_module, systems
from lenke._home import Home
from lenke._surroundings import (
    Sessions,
    Surroundings,
    sessions,
    settings_of,
    system_of,
)
from loaders._entity import Entity
from loaders._load import source_of

_LEVELS = {
    "A": "conditional writes and idempotent creates: no lost update, no double",
    "B": "a guard or a unique reference: no double; an edit within the moment between "
    "re-read and write can be overwritten",
    "C": "neither: both are possible within the moment between re-read and write",
}


@dataclass(frozen=True)
class Diagnosis:
    """One system: whether it takes part, whether it works, and words about it."""

    system: str
    is_configured: bool
    works: bool
    words: str
    level: str
    level_means: str


def examine(home: Home, around: Surroundings) -> list[Diagnosis]:
    """Try all systems, one after the other; nothing is changed in any of them."""
    with sessions(home, settings_of(home), around) as opened:
        return [_diagnosis(name, opened) for name in systems()]


def _diagnosis(name: str, opened: Sessions) -> Diagnosis:
    level = system_of(name).TRAITS.level
    if name in opened.failed:
        return Diagnosis(name, True, False, opened.failed[name], level, _LEVELS[level])
    if name not in opened.http:
        words = f"not configured: sources.{name}.base_url is not set, its flows rest"
        return Diagnosis(name, False, True, words, level, _LEVELS[level])
    http = opened.http[name]
    try:
        words = system_module(name).check(http)
    except LenkeError as error:
        return Diagnosis(name, True, False, str(error), level, _LEVELS[level])
    wrong = [
        each for entity in source_of(name).entities if (each := _wrong(entity, http))
    ]
    words = ". ".join([words, *wrong])
    return Diagnosis(name, True, not wrong, words, level, _LEVELS[level])


def _wrong(entity: Entity, http: Http) -> str | None:
    """Read one page of an entity, as a sync would; give what is wrong with it."""
    try:
        next(entity.read(http, None), None)
    except LenkeError as error:
        return f"{entity.name} can't be read: {error}".rstrip(".")
    return None
