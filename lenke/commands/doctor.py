"""Try every configured system: sign in, read a page of all, and say what is wrong.

A person also says here that a home's original is gone, or whose data a ledger is about.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from connections.http.client import Http
from connections.http.errors import ConfigurationError, LenkeError, StopRun
from connections.settings.read import system_module, systems
from ledger.file import LedgerInUse
from ledger.ledger import open_ledger
from lenke.home.lock import only_run
from lenke.home.places import Home
from lenke.run import tenants
from lenke.run.surroundings import (
    Sessions,
    Surroundings,
    sessions,
    settings_of,
    system_of,
)
from lenke.showing import look
from loaders.listing.entity import Entity, source_of

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
        others: dict[str, str] = {}
        if home.ledger.exists():
            with suppress(LedgerInUse), open_ledger(home.ledger) as ledger:
                others = tenants.others(ledger, opened)
        return [
            _diagnosis(name, opened, others.get(name), name in unguarded)
            for name in systems()
        ]


def accept_home(home: Home) -> list[str]:
    """Let this home use the sign-ins that it was copied with; name their systems."""
    with only_run(home):
        return [
            name
            for name in systems()
            if hasattr(system_module(name), "accept_home")
            and system_module(name).accept_home(home.folder)
        ]


def accept_tenants(home: Home, names: Sequence[str], around: Surroundings) -> None:
    """Let the ledger be about what the settings of these systems choose now.

    Raises ConfigurationError for one that is not configured, and StopRun for one that
    does not answer: then none is accepted.
    """
    with only_run(home), sessions(home, settings_of(home), around) as opened:
        for name in names:
            if name not in opened.tenants:
                raise ConfigurationError(
                    f"{name!r} is not configured, so there is nothing to accept. "
                    f"Configured: {', '.join(opened.tenants)}"
                )
            found = _diagnosis(name, opened)
            if not found.works:
                raise StopRun(
                    f"{name} was not accepted, because it does not work: {found.words}"
                )
        with open_ledger(home.ledger, around.clock) as ledger:
            for name in names:
                tenants.accept(ledger, name, opened.tenants[name])


def _unguarded(home: Home) -> frozenset[str]:
    """Name the systems whose updates go without the guard of their contract."""
    try:
        return frozenset(name for (name,) in look.ask(home, _UNGUARDED).rows)
    except ConfigurationError:  # nothing is published yet, or by an older Lenke
        return frozenset()


def _diagnosis(
    name: str,
    opened: Sessions,
    another: str | None = None,
    is_unguarded: bool = False,
) -> Diagnosis:
    level, means = _level(name, is_unguarded)
    if another is not None:
        words = f"{another}. It rests until you accept it: lenke doctor --accept {name}"
        return Diagnosis(name, True, False, words, level, means)
    if name in opened.failed:
        return Diagnosis(name, True, False, opened.failed[name], level, means)
    if name not in opened.http:
        words = f"not configured: sources.{name}.base_url is not set, its flows rest"
        return Diagnosis(name, False, True, words, level, means)
    http = opened.http[name]
    try:
        words = system_module(name).check(http)
    except LenkeError as error:
        return Diagnosis(name, True, False, str(error), level, means)
    wrong = [
        each for entity in source_of(name).entities if (each := _wrong(entity, http))
    ]
    words = ". ".join([words, *wrong])
    return Diagnosis(name, True, not wrong, words, level, means)


def _wrong(entity: Entity, http: Http) -> str | None:
    """Read one page of an entity, as a sync would; give what is wrong with it."""
    try:
        next(entity.read(http, None), None)
    except LenkeError as error:
        return f"{entity.name} can't be read: {error}".rstrip(".")
    return None


def _level(name: str, is_unguarded: bool) -> tuple[str, str]:
    """Give what a system's API can do, and what that means."""
    level = system_of(name).TRAITS.level
    if not is_unguarded or level == "C":
        return level, _LEVELS[level]
    return "C", _LEVELS["C"] + _WITHOUT_GUARD.format(level)
