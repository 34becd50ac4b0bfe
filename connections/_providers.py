"""Where settings stand: the places that dlt has, read without importing dlt.

dlt takes more than a second to import, and most commands do without it.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connections._errors import ConfigurationError

_PROJECT = Path(__file__).parent.parent

Section = tuple[str, ...]


def settings_home(home: Path) -> Path:
    """Give the folder whose `.dlt` counts.

    The first of LENKE_HOME (`home`), the working directory and the project folder that
    has one; `home` when none has.
    """
    for folder in (home, Path.cwd(), _PROJECT):
        if (folder / ".dlt").is_dir():
            return folder
    return home


@dataclass(frozen=True)
class Providers:
    """The environment first, then secrets.toml, then (never for secrets) config.toml.

    `environment` has names such as `SOURCES__CRMOFFICE__BASE_URL`.
    """

    folder: Path
    environment: Mapping[str, str]
    secrets: Mapping[str, Any]
    config: Mapping[str, Any]

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

    def names(self, section: Section) -> set[str]:
        """Name the plain settings that a section has anywhere, in lower case."""
        prefix = "__".join([*section, ""]).upper()
        in_environment = {
            name.removeprefix(prefix).lower()
            for name in self.environment
            if name.startswith(prefix)
        }
        in_files = {
            name
            for file in (self.secrets, self.config)
            for name, value in _table(file, section).items()
            if not isinstance(value, dict)
        }
        return in_files | {name for name in in_environment if "__" not in name}


def providers(home: Path) -> Providers:
    """Read both files; ConfigurationError when one of them is not TOML."""
    folder = settings_home(home) / ".dlt"
    return Providers(
        folder=folder,
        environment=os.environ,
        secrets=_read(folder / "secrets.toml"),
        config=_read(folder / "config.toml"),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigurationError(f"{path} cannot be read: {error}") from None


def _table(document: Mapping[str, Any], section: Section) -> Mapping[str, Any]:
    table: Any = document
    for name in section:
        table = table.get(name) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else {}
