"""Room on the disk: a run that would fill it stops while it can still stop cleanly."""

import shutil

from connections.http.errors import StopRun
from connections.settings.read import LenkeSettings
from lenke.home.places import Home

_GIGABYTE = 2**30


def check_room(home: Home, settings: LenkeSettings) -> None:
    """Return while enough of the disk is free; StopRun otherwise.

    It is asked before a run touches anything, as each page is landed, before a build
    and before anything is written down or sent: a database that runs out of disk is
    left half-written.
    """
    free = shutil.disk_usage(home.folder).free / _GIGABYTE
    if free < settings.free_disk_gigabytes:
        raise StopRun(
            f"Only {free:.2f} GB are free where {home.folder} is, and a run keeps "
            f"{settings.free_disk_gigabytes:g} GB free (free_disk_gigabytes under "
            "[lenke]). Nothing more was read, written down or sent. Make room; the "
            "next run goes on from here."
        )
