"""What dbt's connection needs: a ledger to attach, and a function that SQL lacks.

The profile attaches the ledger read-only, which needs a file. dbt calls this before it
attaches, so `dbt build` works on a fresh clone: with an empty ledger. A ledger that is
there already is not touched; one of another version stops the build with words.
"""

import os
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin

from ledger.ascii_domain import teach
from ledger.file import check_version
from ledger.ledger import ensure_ledger


class Plugin(BasePlugin):  # type: ignore[misc] # dbt ships no types
    """The adapter's plugin; `path` in its configuration is the ledger's file."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        self._path = Path(str(plugin_config["path"]))
        os.umask(0o077)  # also the warehouse of a bare `dbt build` is its owner's alone

    def configure_connection(self, conn: Any) -> None:
        """Create the ledger if it is missing (the adapter attaches it next)."""
        ensure_ledger(self._path)
        check_version(conn, self._path)
        teach(conn)
