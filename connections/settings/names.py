"""Names that no setting has: a near miss is refused, another unknown one is told.

What is spelt wrong is not read, and a system whose section is spelt wrong would
silently not be synced. What dlt itself knows is left alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from connections.settings.nearest import bare, nearest

Section = tuple[str, ...]
Known = Mapping[Section, Collection[str]]

# dlt's own (`dlt.common.configuration.known_sections`, and its runtime), whose import
# takes a second. A test compares.
DLTS = frozenset(
    {
        "dashboard",
        "data_writer",
        "datasets",
        "dbt_cloud",
        "dbt_package_runner",
        "destination",
        "destinations",
        "extract",
        "load",
        "normalize",
        "pipelines",
        "providers",
        "runtime",
        "schema",
        "workspace",
    }
)
_OURS = ("lenke", "sources")
_OF_THE_ENVIRONMENT = ("LENKE_HOME", "LENKE_HASH_KEY", "LENKE_SEEDS")

_NEAR_SYSTEM = 0.75
_NEAR_HEAD = 0.8
_NEAR_STRAY = 0.85
_NEAR_VARIABLE = 0.9
_SHORTEST_PART = 3


@dataclass
class Judged:
    """What was found: `problems` stop a command, `warnings` are told."""

    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def problem(self, words: str) -> None:
        """Say it once, however many settings stand in a section."""
        if words not in self.problems:
            self.problems.append(words)

    def warning(self, words: str) -> None:
        """Say it once, however many settings stand in a section."""
        if words not in self.warnings:
            self.warnings.append(words)


def variable(section: Section, key: str) -> str:
    """Give the environment variable of a setting."""
    return "__".join([*section, key]).upper()


def judge_file(file: str, document: Mapping[str, Any], known: Known) -> Judged:
    """Judge the names in a settings file."""
    judged = Judged()
    for section, key in _settings_in(document, (), known):
        if section in known:
            if key and key not in known[section]:
                near = nearest(key, known[section])
                judged.problem(
                    f"{file}, {_told(section)}: {key} is not a setting. "
                    + _hint(near, known[section])
                )
        elif _is_dlts(section):
            continue
        elif meant := _meant(section, known):
            judged.problem(
                f"{file}: {_told(section)} is not a section that is read. "
                + _hint(_told(meant))
            )
        elif not _is_outside(section):
            judged.warning(
                f"{file}: {_told(section)} is nothing that Lenke reads. Its sections: "
                f"{', '.join(_told(each) for each in known)}."
            )
        elif where := _belongs(key, known):
            judged.problem(
                f"{file}: {key} stands outside its section. It belongs in {where}."
            )
    return judged


def judge_environment(names: Iterable[str], known: Known) -> Judged:
    """Judge the names of environment variables; those of other programs are fine."""
    judged = Judged()
    variables = {variable(each, key) for each in known for key in known[each]}
    spelt = {
        **{bare(each.removeprefix("SOURCES__")): each for each in variables},
        **{bare(each): each for each in (*variables, *_OF_THE_ENVIRONMENT)},
    }
    for name in sorted(set(names) - variables - set(_OF_THE_ENVIRONMENT)):
        parts = tuple(part for part in name.lower().split("__") if part)
        section = parts[:-1]
        is_ours = section[:1] in {(each,) for each in _OURS}
        near = _nearest_setting(section, parts[-1], known) if is_ours else None
        near = near or _nearest_variable(name, spelt)
        if near or section in known:
            judged.problem(
                f"{name} is not a setting. "
                + _hint(
                    near, (variable(section, key) for key in known.get(section, ()))
                )
            )
        elif (is_ours and not _is_dlts(section)) or name.upper().startswith("LENKE_"):
            judged.warning(f"{name} is nothing that Lenke reads.")
    return judged


def _settings_in(
    table: Mapping[str, Any], section: Section, known: Known
) -> Iterator[tuple[Section, str]]:
    """Give each setting with its section; of an empty section the name is empty."""
    if not table:
        yield section, ""
    for name, value in table.items():
        is_setting = name in known.get(section, ())
        if isinstance(value, dict) and not is_setting:
            yield from _settings_in(value, (*section, name), known)
        else:
            yield section, name


def _meant(section: Section, known: Known) -> Section | None:
    """Give the known section that one is a near miss of."""
    rest = section
    while len(rest) > 1 and nearest(rest[0], _OURS, _NEAR_HEAD):
        rest = rest[1:]
    if not rest:
        return None
    systems = [each[1] for each in known if len(each) > 1]
    system = nearest(rest[0], systems, _NEAR_SYSTEM)
    if not system and len(rest) < len(section):
        system = _part_of(rest[0], systems)
    if system:
        return ("sources", system)
    return ("lenke",) if nearest(rest[0], ["lenke"], _NEAR_HEAD) else None


def _nearest_setting(section: Section, key: str, known: Known) -> str | None:
    """Give the variable of the setting that a section and a name are a near miss of."""
    meant = section if section in known else _meant(section, known)
    if meant is None:
        return None
    setting = nearest(key, known[meant])
    if setting is None and meant == section:
        return None
    return variable(meant, setting or "...")


def _nearest_variable(name: str, spelt: Mapping[str, str]) -> str | None:
    """Give the variable that one of any spelling is a near miss of."""
    if "__" not in name and not name.upper().startswith(("LENKE", "SOURCE")):
        return None
    found = get_close_matches(bare(name), spelt, n=1, cutoff=_NEAR_VARIABLE)
    return spelt[found[0]] if found else None


def _belongs(key: str, known: Known) -> str | None:
    """Say where a name belongs that stands outside of all sections."""
    section = _meant((key,), known)
    if section:
        return f"a section of its own, {_told(section)}"
    homes = [each for each in known if nearest(key, known[each], _NEAR_STRAY)]
    return " or ".join(_told(each) for each in homes) or None


def _is_outside(section: Section) -> bool:
    return not section or (
        len(section) == 1 and nearest(section[0], ["sources"], _NEAR_HEAD) is not None
    )


def _is_dlts(section: Section) -> bool:
    return section[:1] != ("lenke",) and not DLTS.isdisjoint(section)


def _part_of(name: str, known: Iterable[str]) -> str | None:
    """Give the one name that holds this one, or is held by it (`webshop`)."""
    part = bare(name)
    held = [each for each in known if part in each or each in part]
    return held[0] if len(part) >= _SHORTEST_PART and len(held) == 1 else None


def _told(section: Section) -> str:
    return f"[{'.'.join(section)}]"


def _hint(meant: str | None, known: Iterable[str] = ()) -> str:
    return f"Is {meant} meant?" if meant else f"Known: {', '.join(known)}."
