"""Serve simulators over HTTP on this machine, each on a port of its own."""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from waitress import create_server, wasyncore

from simulators.kit.core import Simulator
from simulators.kit.wire import over_sockets

HOST = "127.0.0.1"

# Of all simulators together, because they share a map of sockets: beyond it waitress
# leaves whoever connects unanswered.
_MOST_CONNECTIONS = 1000

# A request that waits its turn is no news here: we have few threads on purpose.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


@contextmanager
def serve(
    simulators: Sequence[Simulator],
    ports: Mapping[str, int] | None = None,
    *,
    threads: int = 4,
) -> Iterator[dict[str, str]]:
    """Serve until the block ends; give each system's origin, `http://127.0.0.1:port`.

    A system without a port in `ports` gets a free one. Raises OSError when a given
    port is taken.
    """
    sockets: dict[int, object] = {}
    servers = []
    stopping = threading.Event()

    def answer_until_stopped() -> None:
        while not stopping.is_set():
            wasyncore.loop(timeout=1, map=sockets, count=1, use_poll=True)

    loop = threading.Thread(target=answer_until_stopped, name="simulators")
    try:
        origins = {}
        for simulator in simulators:
            server = create_server(
                over_sockets(simulator.wsgi, sleep=stopping.wait),
                map=sockets,
                host=HOST,
                port=(ports or {}).get(simulator.system, 0),
                threads=threads,
                ident=None,
                channel_timeout=600,
                connection_limit=_MOST_CONNECTIONS,
            )
            servers.append(server)
            origins[simulator.system] = f"http://{HOST}:{server.effective_port}"
        loop.start()
        yield origins
    finally:
        stopping.set()
        for server in servers:
            server.task_dispatcher.shutdown()
        if loop.ident is not None:
            servers[0].pull_trigger()
            loop.join()
        wasyncore.close_all(sockets, ignore_all=True)
