"""Settings, where dlt has them: environment, `.dlt/secrets.toml`, `.dlt/config.toml`.

A system takes part when its `base_url` is set.
"""

import importlib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from pathlib import Path
from typing import Any

from connections._errors import ConfigurationError
from connections._providers import Providers, providers
from connections._runtime import Runtime as Runtime
from connections._values import BadValue, read_value

_FOLDER = Path(__file__).parent
_ABOVE_NOTHING = (
    "request_timeout_seconds",
    "listing_most_hours",
    "listing_most_gigabytes",
    "system_most_hours",
    "system_most_gigabytes",
)


@dataclass(frozen=True)
class LenkeSettings:
    """What `[lenke]` holds; every setting has a default.

    `settle_seconds` pass before an unsure create is believed absent; a listing is full
    again after `full_listing_hours` (0: every run); more changes than
    `mass_change_share` of a flow and `mass_change_count`, or than `small_flow_share`
    and at least `small_flow_count`, stop the run (None: the seed `limits.csv` says).
    Reading one listing, and all of one system, has bounds of time and size; a run
    begins and goes on only while so much of the disk is free. The log goes to `file` or
    `stdout`, as `text` or `json`.
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
    free_disk_gigabytes: float = 0.25
    log: str = "file"
    log_format: str = "text"


def systems() -> tuple[str, ...]:
    """Name the systems: every file of this folder without a leading underscore."""
    return tuple(
        sorted(
            path.stem for path in _FOLDER.glob("*.py") if not path.stem.startswith("_")
        )
    )


def system_module(name: str) -> Any:
    """Give the module of a system: `Settings`, `connect`, `check`."""
    return importlib.import_module(f"connections.{name}")


def configured(home: Path) -> dict[str, Any]:
    """Give the `Settings` of every system that takes part, by its name.

    Raises ConfigurationError that lists everything missing, wrong or misspelt.
    """
    found = providers(home)
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
    settings: LenkeSettings = _filled(LenkeSettings, ("lenke",), providers(home))
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


def _filled(kind: Any, section: tuple[str, ...], found: Providers) -> Any:
    """Make a settings object; a field without a default is a setting that must be."""
    known = {field.name: field for field in fields(kind)}
    values: dict[str, Any] = {}
    problems = _misspelt(known, section, found)
    for name, field in known.items():
        value = found.value(name, section, secret=not field.repr)
        if value is None:
            if not _has_default(field):
                problems.append(_missing(field, section, found))
            continue
        try:
            values[name] = read_value(value, field)
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


def _has_default(field: "Field[Any]") -> bool:
    return field.default is not MISSING


def _missing(field: "Field[Any]", section: tuple[str, ...], found: Providers) -> str:
    variable = "__".join([*section, field.name]).upper()
    if not field.repr and found.in_config(field.name, section):
        return f"{field.name} is a secret: move it from config.toml to secrets.toml"
    file = "config.toml" if field.repr else "secrets.toml"
    return f"{field.name} is missing: set it in {file}, or as {variable}"


def _misspelt(
    known: Mapping[str, object], section: tuple[str, ...], found: Providers
) -> list[str]:
    names = found.names(section) - known.keys()
    return [f"{name} is not a setting" for name in sorted(names)]
