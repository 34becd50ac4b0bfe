"""Serve the console: on this machine alone, or behind a password."""

from collections.abc import Callable, Sequence

import waitress

from connections.http.errors import ConfigurationError
from connections.settings.read import lenke_settings
from lenke.console.app import make_app
from lenke.console.door import LEAST_PASSWORD, Door, is_loopback
from lenke.home.places import Home


def serve(
    home: Home, host: str, port: int, names: Sequence[str], say: Callable[[str], None]
) -> None:
    """Serve until somebody stops it; say where.

    Raises ConfigurationError when others could come in without a password, and when
    nobody can listen there.
    """
    door = door_of(home, host, names)
    try:
        server = waitress.create_server(
            make_app(home, door), host=host, port=port, threads=4, ident=None
        )
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"Nobody can listen on {host}, port {port}: {error}. Name another --port."
        ) from error
    shown = f"[{host}]" if ":" in host else host
    # A name may stand for several addresses: then there are several servers in one.
    several = getattr(server, "effective_listen", None)
    listens_on = several[0][1] if several else server.effective_port
    say(
        f"http://{shown}:{listens_on}/ shows {home.folder}. Stop it with "
        "Ctrl-C." + ("" if door.password else " Everybody on this machine can open it.")
    )
    server.run()


def door_of(home: Home, host: str, names: Sequence[str]) -> Door:
    """Give what is asked of whoever comes; ConfigurationError for a door left open."""
    password = lenke_settings(home.folder).console_password or None
    if password and len(password) < LEAST_PASSWORD:
        raise ConfigurationError(
            f"[lenke]: console_password has {len(password)} signs, and must have "
            f"{LEAST_PASSWORD} at least."
        )
    if not password and (not is_loopback(host) or names):
        raise ConfigurationError(
            f"{' and '.join([host, *names])}: others could come in there, and no "
            "password is set. Set console_password in .dlt/secrets.toml, or as "
            f"LENKE__CONSOLE_PASSWORD: {LEAST_PASSWORD} signs at least."
        )
    return Door(password, frozenset(each.lower().rstrip(".") for each in names))
