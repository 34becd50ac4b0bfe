"""Serve a prepared world: python -m bench.server FOLDER.

The first line on stdout is the settings as one JSON object, spelt as environment
variables; then the six systems answer until stdin ends. A system whose `*.ndjson`
files are not in `FOLDER/<system>` is empty. `--latency-ms 20` lets each answer wait so
long, and with `--limit 500` more calls a second to one system are answered with 429.
"""

import argparse
import asyncio
import json
import sys
from functools import partial
from pathlib import Path

from bench.server.contracts import answering
from bench.server.systems import KINDS, SETTINGS
from bench.server.table import Table
from bench.server.wire import Connection, Port

HOST = "127.0.0.1"


async def serve(folder: Path, latency: float, limit: int) -> None:
    """Serve until stdin ends; `latency` is in seconds, `limit` in calls a second."""
    loop = asyncio.get_running_loop()
    environment: dict[str, str] = {}
    servers = []
    for system, kinds in KINDS.items():
        tables = {path: Table(folder / system, kind) for path, kind in kinds.items()}
        port = Port(answering(system, tables), latency, limit)
        server = await loop.create_server(partial(Connection, port), HOST, 0)
        servers.append(server)
        origin = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
        for name, value in SETTINGS[system].items():
            told = origin + value if name.endswith("_url") else value
            environment[f"SOURCES__{system}__{name}".upper()] = told
    print(json.dumps(environment), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    for server in servers:
        server.close()


def main() -> None:
    """Read the arguments and serve."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--latency-ms", type=float, default=0)
    asked.add_argument("--limit", type=int, default=0)
    given = asked.parse_args()
    asyncio.run(serve(given.folder, given.latency_ms / 1000, given.limit))


if __name__ == "__main__":
    main()
