"""Act as a person against a simulated system: edit, add or remove a record.

It goes through the system's own rules, so that stamps and versions move as if it was
typed there. The records are in a file of the world's folder, which several processes
may use at once: it works while `lenke simulate` serves, and also while it does not.
"""

import re
import shlex
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from connections.http.errors import ConfigurationError, StopRun
from connections.settings.nearest import nearest
from simulators.kit.core import Simulator
from simulators.kit.exact_json import Record, dumps, loads
from simulators.kit.http import Refused
from simulators.kit.stage import open_simulators, systems, without_rate_limits
from simulators.kit.store import Store
from simulators.kit.target import KEYS
from simulators.world.example import example_of

# What a system keeps for itself, beside what people see.
_INNER = re.compile(r".*_replica|.*_tokens|consents|replication|idempotency_keys")

_IDS = frozenset(member for key in KEYS for member in key)
_HAS_LEFT = ("deletedAt", "closeDate", "SluttetDato")


@dataclass(frozen=True)
class Place:
    """A record type of a simulated system, or one record of it by its key."""

    system: str
    entity: str
    key: str = ""


def edit(folder: Path, place: Place, words: Sequence[str]) -> Record:
    """Change members of a record; give them as stored.

    Each of `words` is `member=value`; `outer.inner=value` reaches into a member. Raises
    ConfigurationError for what is not there, naming what is, and StopRun when the
    system's own rules say no.
    """
    with _opened(folder, place) as simulator:
        record = _existing(simulator, place)
        changes = _changes(simulator, place, words)
        for name, value in changes.items():
            if isinstance(value, dict) and isinstance(record.get(name), dict):
                changes[name] = _merged(record[name], value)
        stored = simulator.edit(place.entity, place.key, changes)
        return {name: stored.get(name) for name in changes}


def add(folder: Path, place: Place, words: Sequence[str]) -> Record:
    """Make a record of members as `edit` takes them; give these and its ids."""
    with _opened(folder, place) as simulator:
        changes = _changes(simulator, place, words)
        stored = simulator.insert(place.entity, changes)
        return {name: stored[name] for name in stored if name in {*_IDS, *changes}}


def remove(folder: Path, place: Place) -> None:
    """Delete a record as a person does there."""
    with _opened(folder, place) as simulator:
        _existing(simulator, place)
        simulator.remove(place.entity, place.key)


def examples(folder: Path | None, simulators: Mapping[str, Simulator]) -> Iterator[str]:
    """Give one command per system that edits a record which is there, as it is typed.

    `folder` is named in it unless it is None.
    """
    for system, simulator in simulators.items():
        shown = example_of(system)
        here = [
            key
            for key in _keys(simulator, shown.entity)
            if _is_here(simulator, shown.entity, key)
        ]
        if here:
            where = [] if folder is None else ["--folder", str(folder)]
            typed = f"{shown.member}={shown.value}"
            edit = ["edit", system, shown.entity, here[shown.place], typed]
            yield shlex.join(["lenke", "simulate", *edit, *where])


@contextmanager
def _opened(folder: Path, place: Place) -> Iterator[Simulator]:
    """Open the system; what it refuses, and what its file can't, becomes words."""
    _known("system", place.system, systems())
    if not (folder / f"{place.system}.sqlite").exists():
        raise ConfigurationError(
            f"There is no simulated {place.system} in {folder}. Start `lenke simulate` "
            "first, or name the folder that it uses: --folder."
        )
    try:
        with closing(Store(folder)) as store:
            simulator = open_simulators(store, knobs=without_rate_limits())[
                place.system
            ]
            _known("record type", place.entity, _entities(simulator), place.system)
            yield simulator
    except Refused as refused:
        raise StopRun(
            f"{place.system} refused it, as a person would see: {refused}"
        ) from (refused)
    except sqlite3.Error as error:
        raise StopRun(
            f"The simulated {place.system} in {folder} can't be used now: {error}. "
            "Nothing was changed. Try again."
        ) from error


def _entities(simulator: Simulator) -> list[str]:
    return [name for name in simulator.database.entities if not _INNER.fullmatch(name)]


def _keys(simulator: Simulator, entity: str) -> list[str]:
    """Give the keys of an entity, in the order in which people count."""
    rows = simulator.database.fetch(
        f'select key from "{entity}" order by length(key), key',  # noqa: S608 - ours
        (),
    )
    return [str(key) for (key,) in rows]


def _is_here(simulator: Simulator, entity: str, key: str) -> bool:
    record = simulator.get(entity, key) or {}
    return not any(record.get(member) for member in _HAS_LEFT)


def _existing(simulator: Simulator, place: Place) -> Record:
    keys = _keys(simulator, place.entity)
    _known(f"{place.entity} record", place.key, keys, place.system)
    return simulator.get(place.entity, place.key) or {}


def _known(
    what: str, typed: str, known: Iterable[str], where: str | None = None
) -> None:
    """Return when a name is known; ConfigurationError names the nearest ones."""
    names = list(known)
    if typed in names:
        return
    near = nearest(typed, names)
    there = names if len(names) <= 40 else [*names[:10], f"... ({len(names)} in all)"]
    raise ConfigurationError(
        f"There is no {what} {typed!r}"
        + (f" in {where}" if where else "")
        + (f"; did you mean {near}?" if near else ".")
        + f" There are: {', '.join(there) or 'none'}."
    )


def _changes(simulator: Simulator, place: Place, words: Sequence[str]) -> Record:
    """Read `member=value` words into one object, nested where a name has dots."""
    kinds = _kinds(simulator.records(place.entity))
    changes: Record = {}
    for word in words:
        name, equals, typed = word.partition("=")
        if not equals or not name:
            raise ConfigurationError(
                f"{word!r} should be MEMBER=VALUE, for example mobilePhone=+4790112233."
            )
        _known("member", name, kinds, f"{place.system} {place.entity}")
        inner = changes
        *outer, last = name.split(".")
        for each in outer:
            inner = inner.setdefault(each, {})
        inner[last] = _value(name, typed, kinds[name])
    return changes


def _kinds(records: Iterable[Record]) -> dict[str, set[type]]:
    """Give the types of the values that records show for each member, by its name."""
    kinds: dict[str, set[type]] = {}

    def look(value: Record, before: str) -> None:
        for name, inner in value.items():
            kinds.setdefault(before + name, set())
            if inner is not None:
                kinds[before + name].add(type(inner))
            if isinstance(inner, dict):
                look(inner, f"{before}{name}.")

    for record in records:
        look(record, "")
    return kinds


def _value(name: str, typed: str, kinds: set[type]) -> Any:
    """Read a value as the member's others are: as text, or as JSON.

    `null` is none in either; what begins with a quote is JSON text.
    """
    if typed == "null":
        return None
    is_text = kinds == {str}
    if is_text and not typed.startswith('"'):
        return typed
    try:
        return loads(typed)
    except ValueError as error:
        if kinds:
            shown = ", ".join(sorted({_AS_JSON[kind] for kind in kinds}))
            raise ConfigurationError(
                f"{name}: {typed!r} is no JSON, and the records there have {shown}. "
                f"Text goes in quotes of its own: {name}={shlex.quote(dumps(typed))}"
            ) from error
        return typed


_AS_JSON = {
    bool: "true or false",
    int: "a number",
    Decimal: "a number",
    dict: "an object",
    list: "a list",
    str: "text",
}


def _merged(old: Record, new: Record) -> Record:
    return {
        **old,
        **{
            name: _merged(old[name], value)
            if isinstance(value, dict) and isinstance(old.get(name), dict)
            else value
            for name, value in new.items()
        },
    }
