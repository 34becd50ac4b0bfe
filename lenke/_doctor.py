"""Try every configured system: sign in, read one page, and say what is wrong."""

from dataclasses import dataclass

from connections._errors import ConfigurationError, LenkeError
from connections._settings import system_module, systems
from lenke import _look
from lenke._home import Home
from lenke._surroundings import (
    Sessions,
    Surroundings,
    sessions,
    settings_of,
    system_of,
)

_LEVELS = {
    "A": "conditional writes and idempotent creates: no lost update, no double",
    "B": "a guard or a unique reference: no double; an edit within the moment between "
    "re-read and write can be overwritten",
    "C": "neither: both are possible within the moment between re-read and write",
}
_WITHOUT_GUARD = (
    ". Its updates went without a guard, which it refused: level {} by its contract"
)

# By its newest update: an installation may be given what it lacked.
_UNGUARDED = """
select system
from inspection.writes
where operation = 'update' and status = 'done'
group by system
having arg_max(is_unguarded, settled_at)
"""


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
    unguarded = _unguarded(home)
    with sessions(home, settings_of(home), around) as opened:
        return [_diagnosis(name, opened, name in unguarded) for name in systems()]


def _unguarded(home: Home) -> frozenset[str]:
    """Name the systems whose updates go without the guard of their contract."""
    try:
        return frozenset(name for (name,) in _look.ask(home, _UNGUARDED).rows)
    except ConfigurationError:  # nothing is published yet, or by an older Lenke
        return frozenset()


def _diagnosis(name: str, opened: Sessions, is_unguarded: bool) -> Diagnosis:
    level, means = _level(name, is_unguarded)
    if name in opened.failed:
        return Diagnosis(name, True, False, opened.failed[name], level, means)
    if name not in opened.http:
        words = f"not configured: sources.{name}.base_url is not set, its flows rest"
        return Diagnosis(name, False, True, words, level, means)
    try:
        words = system_module(name).check(opened.http[name])
    except LenkeError as error:
        return Diagnosis(name, True, False, str(error), level, means)
    return Diagnosis(name, True, True, words, level, means)


def _level(name: str, is_unguarded: bool) -> tuple[str, str]:
    """Give what a system's API can do, and what that means."""
    level = system_of(name).TRAITS.level
    if not is_unguarded or level == "C":
        return level, _LEVELS[level]
    return "C", _LEVELS["C"] + _WITHOUT_GUARD.format(level)
