"""Where settings stand: the places that dlt has, read without importing dlt.

dlt takes more than a second to import, and most commands do without it.
"""

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connections.http.errors import ConfigurationError
from connections.settings.files import read_settings_file

_PROJECT = Path(__file__).parents[2]

Section = tuple[str, ...]


@dataclass(frozen=True)
class Providers:
    """The environment first, then secrets.toml, then (never for secrets) config.toml.

    `environment` has names such as `SOURCES__SYSTEM__BASE_URL`; `warnings` are words
    for a person about the files.
    """

    folder: Path
    environment: Mapping[str, str]
    secrets: Mapping[str, Any]
    config: Mapping[str, Any]
    warnings: tuple[str, ...] = ()

    def value(self, name: str, section: Section, *, secret: bool) -> Any:
        """Give what is set, unread; None when it is not set anywhere."""
        found = [
            self.environment.get("__".join([*section, name]).upper()),
            _table(self.secrets, section).get(name),
            None if secret else _table(self.config, section).get(name),
        ]
        return next((value for value in found if value not in (None, "")), None)

    def in_config(self, name: str, section: Section) -> bool:
        """Tell whether config.toml has the setting."""
        return name in _table(self.config, section)

    def has_any(self, section: Section, names: Iterable[str]) -> bool:
        """Tell whether any of these settings of a section is set."""
        return any(self.value(name, section, secret=False) for name in names)


def providers(home: Path) -> Providers:
    """Read both files in the `.dlt` of LENKE_HOME (`home`), and no others.

    Raises ConfigurationError when one is not TOML, or when others can write to it.
    """
    folder = home / ".dlt"
    secrets, secret_warnings = _read(folder / "secrets.toml")
    config, config_warnings = _read(folder / "config.toml")
    return Providers(
        folder=folder,
        environment=os.environ,
        secrets=secrets,
        config=config,
        warnings=(*secret_warnings, *config_warnings, *_unread(home)),
    )


def _read(path: Path) -> tuple[dict[str, Any], list[str]]:
    text, warnings = read_settings_file(path)
    try:
        return tomllib.loads(text), warnings
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path} cannot be read: {error}") from None


def _unread(home: Path) -> list[str]:
    """Name folders that somebody may take for the settings of a home without any."""
    if (home / ".dlt").is_dir():
        return []
    others = {folder.resolve() for folder in (Path.cwd(), _PROJECT)} - {home.resolve()}
    return [
        f"{folder / '.dlt'} is not read: settings stand in {home / '.dlt'}, or in the "
        "environment."
        for folder in sorted(others)
        if (folder / ".dlt").is_dir()
    ]


def _table(document: Mapping[str, Any], section: Section) -> Mapping[str, Any]:
    table: Any = document
    for name in section:
        table = table.get(name) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else {}
