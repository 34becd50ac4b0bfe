"""Read one system over HTTP into files, each record once per page that showed it."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import duckdb

from connections.http.allowance import Bound
from connections.http.client import Http
from connections.http.errors import EntityRefused, SignInRefused
from connections.machine import crash_points
from connections.private.records import key_fingerprint
from connections.settings.read import LenkeSettings
from loaders.listing.entity import Entity, Source
from loaders.listing.stamps import CLOCK_SLACK, nanoseconds, utc_stamp
from loaders.raw.listings import Listing
from loaders.raw.rows import Spooled, spool
from loaders.raw.spool_files import SpoolFiles

# A listing of several pages is no snapshot. What changes behind the reader while it
# pages, in a list that is not in order of change, shows next time: the cursor stays
# before the listing began, by more than two clocks should differ.

OnProgress = Callable[[str, str, int], None]


@dataclass(frozen=True)
class Bounds:
    """How long and how much may be read: for one listing, and for one system."""

    of_listing: Bound
    of_system: Bound


@dataclass(frozen=True)
class Fetched:
    """An entity that was read to its end, waiting to be written.

    `read_all`: no change filter was used.
    """

    entity: Entity
    spooled: Spooled
    listing: Listing
    read_all: bool


def bounds_of(settings: LenkeSettings) -> Bounds:
    """Give the bounds that are set."""
    return Bounds(
        of_listing=Bound(
            settings.listing_most_hours * 3600, settings.listing_most_gigabytes * 2**30
        ),
        of_system=Bound(
            settings.system_most_hours * 3600, settings.system_most_gigabytes * 2**30
        ),
    )


@dataclass(frozen=True)
class SystemRead:
    """What a system listed, and the words of each entity that it does not grant us."""

    fetched: list[Fetched]
    refused: Mapping[str, str]


def read_system(
    source: Source,
    http: Http,
    *,
    cursors: Mapping[str, str | None],
    run_id: str,
    warehouse: duckdb.DuckDBPyConnection,
    folder: Path,
    key: bytes,
    on_progress: OnProgress,
    bounds: Bounds,
) -> SystemRead:
    """Read all entities of a system, one after the other, within the bounds.

    `cursors` says per entity where to go on (None: everything). What is listed waits in
    files in `folder`, which the DuckDB of `warehouse` writes. Of an entity that we
    are not granted nothing counts; the others are read. Raises SystemStopped, also when
    none is granted; nothing of the system counts then.
    """
    fetched: list[Fetched] = []
    refused: dict[str, str] = {}
    within = http.allowances.within
    with within("all that was read in this run", "system_most", bounds.of_system):
        for entity in source.entities:
            try:
                fetched.append(
                    _read_entity(
                        source,
                        entity,
                        http,
                        cursor=cursors[entity.name],
                        run_id=run_id,
                        warehouse=warehouse,
                        folder=folder,
                        key=key,
                        on_progress=on_progress,
                        bound=bounds.of_listing,
                    )
                )
            except EntityRefused as error:
                refused[entity.name] = str(error)
    if refused and not fetched:
        raise SignInRefused(next(iter(refused.values())))
    return SystemRead(fetched, refused)


def _read_entity(
    source: Source,
    entity: Entity,
    http: Http,
    *,
    cursor: str | None,
    run_id: str,
    warehouse: duckdb.DuckDBPyConnection,
    folder: Path,
    key: bytes,
    on_progress: OnProgress,
    bound: Bound,
) -> Fetched:
    on_page = partial(on_progress, source.system, entity.name)
    started_at = http.runtime.clock()
    listing = Listing(
        listing_id=f"{run_id}.{source.system}.{entity.name}.{secrets.token_hex(4)}",
        run_id=run_id,
        system_name=source.system,
        entity=entity.name,
        kind="full" if cursor is None else "changes",
        started_at=started_at,
        finished_at=started_at,
        records=0,
        cursor_value=cursor,
        key_fingerprint=key_fingerprint(key),
    )
    files = SpoolFiles(
        folder,
        f"{source.system}.{entity.name}",
        warehouse,
        listing_id=listing.listing_id,
        started_at=started_at,
    )
    what = f"the listing of {entity.name}"
    try:
        with http.allowances.within(what, "listing_most", bound):
            spooled = spool(
                entity.read(http, cursor),
                files,
                system=source.system,
                entity=entity,
                started_at=started_at,
                key=key,
                on_page=on_page,
            )
    except Exception as error:
        error.add_note(f"in {what}")
        raise
    crash_points.reached(crash_points.LISTING_SPOOLED)
    listing = replace(
        listing,
        # Absence proves nothing in a listing that has a record which may be any.
        kind=listing.kind if spooled.names_all else "changes",
        finished_at=http.runtime.clock(),
        cursor_value=_next_cursor(entity, spooled, listing),
    )
    return Fetched(entity, spooled, listing, read_all=cursor is None)


def _next_cursor(entity: Entity, spooled: Spooled, listing: Listing) -> str | None:
    """Give the newest stamp, as served; never later than is safe, never backwards."""
    before, newest = listing.cursor_value, spooled.newest_stamp
    if newest is not None and spooled.pages > 1 and not entity.in_order_of_change:
        latest = utc_stamp(listing.started_at - CLOCK_SLACK)
        newest = min(newest, latest, key=lambda stamp: nanoseconds(stamp) or 0)
    if newest is None or (
        before is not None and (nanoseconds(before) or 0) > (nanoseconds(newest) or 0)
    ):
        return before
    return newest
