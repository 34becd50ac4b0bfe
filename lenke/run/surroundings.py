"""What a run finds around it: settings, sessions with the systems, time.

Tests replace the network and the clock here, and nothing else: the code under test is
the code that ships.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

import httpx2

from connections.http.client import Http
from connections.http.errors import ConfigurationError, LenkeError
from connections.private.files import private_files
from connections.private.records import hash_key
from connections.settings.read import (
    LenkeSettings,
    Runtime,
    configured,
    lenke_settings,
    module_of,
    system_module,
)
from connections.settings.tenant import Tenant, tenant_of
from lenke.home.hash_key import refuse_short
from lenke.home.places import Home
from lenke.run.defect import in_words
from reverse_etl.wire.system import System


@dataclass(frozen=True)
class Surroundings:
    """How a run reaches the world.

    `transport_for` gives a system's HTTP transport (None: the network); `clock` is the
    wall clock in UTC, and `sleep` waits (None: in a way that the end of a session
    ends); `on_stage` hears what the run is doing, in words, and `on_progress` how far
    it has come; `warnings` are words for a person about the surroundings themselves.
    """

    transport_for: Callable[[str], httpx2.BaseTransport | None] = lambda _system: None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] | None = None
    on_stage: Callable[[str], None] = lambda _words: None
    on_progress: Callable[[str], None] = lambda _words: None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sessions:
    """Sessions with the configured systems, and the systems as the push meets them.

    `failed` says why a session could not be opened, `resting` why a system is not to be
    asked; `tenants` is whose data the settings of each configured system choose.
    """

    http: Mapping[str, Http]
    systems: Mapping[str, System]
    failed: Mapping[str, str] = field(default_factory=dict)
    tenants: Mapping[str, Tenant] = field(default_factory=dict)
    resting: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def sessions(
    home: Home, settings: LenkeSettings, around: Surroundings
) -> Iterator[Sessions]:
    """Open a session with every configured system; the first request signs in.

    Raises ConfigurationError when no system is configured, or one only half, and for a
    new hash key that is too short.
    """
    found = configured(home.folder)
    if not found:
        raise ConfigurationError(
            "No system is configured. Set at least sources.<system>.base_url, in "
            ".dlt/config.toml and .dlt/secrets.toml or in the environment "
            "(SOURCES__CRMOFFICE__BASE_URL=...). To try Lenke without any system: "
            "`make demo`, or `lenke simulate`."
        )
    runtime = Runtime(
        home=home.folder,
        timeout_seconds=settings.request_timeout_seconds,
        transport_for=around.transport_for,
        clock=around.clock,
        sleep=around.sleep,
    )
    http: dict[str, Http] = {}
    failed: dict[str, str] = {}
    try:
        for name, its_settings in found.items():
            try:
                http[name] = system_module(name).connect(its_settings, runtime)
            except ConfigurationError:
                raise
            except LenkeError as error:
                failed[name] = str(error)
        with private_files():
            key = hash_key(home.folder)
            refuse_short(home, key)
            yield Sessions(
                http,
                {name: system_of(name) for name in http},
                failed,
                {name: tenant_of(name, each, key) for name, each in found.items()},
            )
    except LenkeError:
        raise
    except Exception as error:
        raise in_words(error) from None
    finally:
        for session in http.values():
            session.close()


def system_of(name: str) -> System:
    """Give a system as the push meets it: its module in reverse_etl/."""
    return cast(System, module_of("reverse_etl", name))


def settings_of(home: Home) -> LenkeSettings:
    """Give the settings of the run; ConfigurationError says what is wrong in them."""
    return lenke_settings(home.folder)
