"""Read one system over HTTP into files, each record once per page that showed it."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from connections import _points
from connections._errors import EntityRefused, SignInRefused
from connections._http import Http
from connections._records import key_fingerprint
from loaders._entity import Entity, Source
from loaders._listings import Listing
from loaders._raw import Spooled, spool
from loaders._stamps import CLOCK_SLACK, nanoseconds, utc_stamp

# A listing of several pages is no snapshot. What changes behind the reader while it
# pages, in a list that is not in order of change, shows next time: the cursor stays
# before the listing began, by more than two clocks should differ.

OnProgress = Callable[[str, str, int], None]


@dataclass(frozen=True)
class Fetched:
    """An entity that was read to its end, waiting to be written."""

    entity: Entity
    spooled: Spooled
    listing: Listing


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
    folder: Path,
    key: bytes,
    on_progress: OnProgress,
) -> SystemRead:
    """Read all entities of a system, one after the other.

    `cursors` says per entity where to go on (None: everything). Of an entity that we
    are not granted nothing counts; the others are read. Raises SystemStopped, also when
    none is granted; nothing of the system counts then.
    """
    fetched: list[Fetched] = []
    refused: dict[str, str] = {}
    for entity in source.entities:
        try:
            fetched.append(
                _read_entity(
                    entity,
                    source.system,
                    http,
                    cursor=cursors[entity.name],
                    run_id=run_id,
                    folder=folder,
                    key=key,
                    on_progress=on_progress,
                )
            )
        except EntityRefused as error:
            refused[entity.name] = str(error)
    if refused and not fetched:
        raise SignInRefused(next(iter(refused.values())))
    return SystemRead(fetched, refused)


def _read_entity(
    entity: Entity,
    system: str,
    http: Http,
    *,
    cursor: str | None,
    run_id: str,
    folder: Path,
    key: bytes,
    on_progress: OnProgress,
) -> Fetched:
    started_at = http.runtime.clock()
    listing = Listing(
        listing_id=f"{run_id}.{system}.{entity.name}.{secrets.token_hex(4)}",
        run_id=run_id,
        system_name=system,
        entity=entity.name,
        kind="full" if cursor is None else "changes",
        started_at=started_at,
        finished_at=started_at,
        records=0,
        cursor_value=cursor,
        key_fingerprint=key_fingerprint(key),
    )
    spooled = spool(
        entity.read(http, cursor),
        folder / f"{system}.{entity.name}.parquet",
        system=system,
        entity=entity,
        listing_id=listing.listing_id,
        started_at=started_at,
        key=key,
        on_page=partial(on_progress, system, entity.name),
    )
    _points.reached(_points.LISTING_SPOOLED)
    listing = replace(
        listing,
        finished_at=http.runtime.clock(),
        cursor_value=_next_cursor(entity, spooled, listing),
    )
    return Fetched(entity, spooled, listing)


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
