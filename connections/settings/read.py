"""Settings, as dlt has them: environment, `.dlt/secrets.toml`, `.dlt/config.toml`.

The `.dlt` is that of LENKE_HOME, and no other: not the working directory's, not the
user's (`~/.dlt`), and none that a variable of dlt names. A system takes part when its
`base_url` is set.
"""

import importlib
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any

import connections
from connections.http.errors import ConfigurationError
from connections.http.runtime import Runtime as Runtime
from connections.settings.names import judge_environment, judge_file, variable
from connections.settings.providers import Providers, providers
from connections.settings.values import BadValue, read_value

_ABOVE_NOTHING = (
    "request_timeout_seconds",
    "listing_most_hours",
    "listing_most_gigabytes",
    "system_most_hours",
    "system_most_gigabytes",
    "own_model_most_seconds",
)


@dataclass(frozen=True)
class LenkeSettings:
    """What `[lenke]` holds; every setting has a default.

    `settle_seconds` pass before an unsure create is believed absent; a listing is full
    again after `full_listing_hours` (0: every run); more changes than
    `mass_change_share` of a flow and `mass_change_count`, or than `small_flow_share`
    and at least `small_flow_count`, stop the run (None: the seed `limits.csv` says).
    Reading one listing, and all of one system, has bounds of time and size; a run
    begins and goes on only while so much of the disk is free. A model of an
    installation's own is stopped after `own_model_most_seconds`. The log goes to `file`
    or `stdout`, as `text` or `json`. After a run its numbers are written to
    `metrics_file` of LENKE_HOME (empty: to none), and the addresses in `alerts`, with
    commas between them, are told what stands. The console asks for `console_password`,
    if there is one.
    """

    settle_seconds: float = 60.0
    full_listing_hours: float = 24.0
    mass_change_share: float | None = None
    mass_change_count: int | None = None
    request_timeout_seconds: float = 30.0
    small_flow_share: float | None = None
    small_flow_count: int | None = None
    listing_most_hours: float = 4.0
    listing_most_gigabytes: float = 8.0
    system_most_hours: float = 8.0
    system_most_gigabytes: float = 16.0
    own_model_most_seconds: float = 60.0
    free_disk_gigabytes: float = 0.25
    log: str = "file"
    log_format: str = "text"
    console_password: str = field(default="", repr=False)
    metrics_file: str = ""
    alerts: str = field(default="", repr=False)


def systems() -> tuple[str, ...]:
    """Name the systems: every file of `connections/` itself, and of an installation."""
    return tuple(
        sorted(
            path.stem
            for folder in connections.__path__
            for path in Path(folder).glob("*.py")
            if not path.stem.startswith("_")
        )
    )


def system_module(name: str) -> Any:
    """Give the module of a system: `Settings`, `connect`, `check`."""
    return module_of("connections", name)


def module_of(package: str, name: str) -> Any:
    """Import a system's module; ConfigurationError where it can't be.

    The system may be an installation's own, and its code anybody's.
    """
    try:
        return importlib.import_module(f"{package}.{name}")
    except Exception as error:
        raise ConfigurationError(
            f"The system {name} can't be used: {package}/{name}.py raises "
            f"{type(error).__name__}: {error}. `lenke check` says what is the matter."
        ) from error


def configured(home: Path) -> dict[str, Any]:
    """Give the `Settings` of every system that takes part, by its name.

    Raises ConfigurationError that lists everything missing, wrong or misspelt.
    """
    found, _ = _understood(home)
    settings: dict[str, Any] = {}
    problems: list[str] = []
    for name in systems():
        section = ("sources", name)
        if found.value("base_url", section, secret=False) is None:
            continue
        try:
            settings[name] = _filled(system_module(name).Settings, section, found)
        except ConfigurationError as error:
            problems.append(str(error))
    if problems:
        raise ConfigurationError("\n".join(problems))
    return settings


def lenke_settings(home: Path) -> LenkeSettings:
    """Give the settings of the run; ConfigurationError for what is wrong in them."""
    found, _ = _understood(home)
    settings: LenkeSettings = _filled(LenkeSettings, ("lenke",), found)
    wrong = [
        f"{name} must be {rule}, not {getattr(settings, name)}"
        for name, rule, holds in (
            ("settle_seconds", "0 or more", settings.settle_seconds >= 0),
            ("full_listing_hours", "0 or more", settings.full_listing_hours >= 0),
            (
                "mass_change_share",
                "0 to 1",
                0 <= (settings.mass_change_share or 0) <= 1,
            ),
            ("mass_change_count", "0 or more", (settings.mass_change_count or 0) >= 0),
            (
                "small_flow_share",
                "0 to 1",
                0 <= (settings.small_flow_share or 0) <= 1,
            ),
            ("small_flow_count", "0 or more", (settings.small_flow_count or 0) >= 0),
            ("free_disk_gigabytes", "0 or more", settings.free_disk_gigabytes >= 0),
            ("log", "file or stdout", settings.log in ("file", "stdout")),
            ("log_format", "text or json", settings.log_format in ("text", "json")),
            *(
                (name, "more than 0", getattr(settings, name) > 0)
                for name in _ABOVE_NOTHING
            ),
        )
        if not holds
    ]
    if wrong:
        raise ConfigurationError(f"[lenke]: {'; '.join(wrong)}.")
    return settings


def settings_warnings(home: Path) -> list[str]:
    """Say what a person should know of settings that stop nothing."""
    found, unknown = _understood(home)
    absent = [
        f"[sources.{name}] has settings, but no base_url: it takes no part."
        for (head, *rest), names in known_names().items()
        if head == "sources"
        for name in rest
        if found.value("base_url", (head, name), secret=False) is None
        and found.has_any((head, name), names)
    ]
    return [*found.warnings, *unknown, *absent]


def known_names() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Give the names of all settings, by section."""
    sections: dict[tuple[str, ...], Any] = {("lenke",): LenkeSettings}
    for name in systems():
        sections["sources", name] = system_module(name).Settings
    return {
        section: tuple(each.name for each in fields(kind))
        for section, kind in sections.items()
    }


def _understood(home: Path) -> tuple[Providers, list[str]]:
    """Give where settings stand, and words about names that nobody reads.

    Raises ConfigurationError for names that are near misses of a setting's.
    """
    found, known = providers(home), known_names()
    judged = [
        judge_file("secrets.toml", found.secrets, known),
        judge_file("config.toml", found.config, known),
        judge_environment(found.environment, known),
    ]
    problems = [each for one in judged for each in one.problems]
    if problems:
        lines = "\n".join(f"  - {problem}" for problem in problems)
        raise ConfigurationError(
            f"Settings that nobody would read; nothing was sent:\n{lines}\n"
            f"  Looked in the environment and in {found.folder}."
        )
    return found, [each for one in judged for each in one.warnings]


def _filled(kind: Any, section: tuple[str, ...], found: Providers) -> Any:
    """Make a settings object; a field without a default is a setting that must be."""
    known = {each.name: each for each in fields(kind)}
    values: dict[str, Any] = {}
    problems: list[str] = []
    for name, each in known.items():
        value = found.value(name, section, secret=not each.repr)
        if value is None:
            if not _has_default(each):
                problems.append(_missing(each, section, found))
            continue
        try:
            values[name] = read_value(value, each)
        except BadValue as error:
            problems.append(f"{name} {error}")
    if problems:
        lines = "\n".join(f"  - {problem}" for problem in problems)
        raise ConfigurationError(
            f"[{'.'.join(section)}] needs mending:\n{lines}\n"
            f"  Looked in the environment and in {found.folder}. "
            f"Known settings: {', '.join(known)}."
        )
    return kind(**values)


def _has_default(setting: "Field[Any]") -> bool:
    return setting.default is not MISSING


def _missing(setting: "Field[Any]", section: tuple[str, ...], found: Providers) -> str:
    name = setting.name
    if not setting.repr and found.in_config(name, section):
        return f"{name} is a secret: move it from config.toml to secrets.toml"
    file = "config.toml" if setting.repr else "secrets.toml"
    return f"{name} is missing: set it in {file}, or as {variable(section, name)}"
