"""`dbt build` in an installation stops where its package is not of its seeds."""

from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin

from connections.http.errors import ConfigurationError
from lenke.installation.package import is_current


class Plugin(BasePlugin):  # type: ignore[misc] # dbt ships no types
    """The adapter's plugin; `folder` in its configuration is the installation."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        folder = Path(str(plugin_config["folder"])).expanduser().resolve()
        if not is_current(folder):
            raise ConfigurationError(
                "The seeds, or Lenke itself, have changed since `lenke check` was run "
                f"for {folder}. Run it, and then dbt again."
            )
