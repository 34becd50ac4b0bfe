"""A load that ends halfway, or can't begin."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE

import duckdb
import pytest

from connections.machine import crash_points
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from tests.loaders.run.loading import Connect, Load, Query, product


class Killed(BaseException):
    """What a test raises where a process would have been killed."""


@contextmanager
def killed_at(point: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let what is done inside end at this point."""

    def killed(reached: str) -> None:
        if reached == point:
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(crash_points, "reached", killed)
        with suppress(Killed):
            yield
            raise AssertionError(f"{point} was not reached")


def test_a_warehouse_that_somebody_else_has_open_stops_the_load_before_any_request(
    shop: Simulator, home: Path, connect: Connect, load_now: Load
) -> None:
    load_now(connect(shop))
    shop.requests.clear()
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1); input()"
    command = [sys.executable, "-uc", hold, str(home / "warehouse.duckdb")]

    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(duckdb.IOException, match="lock"):
            load_now(connect(shop))
        holder.communicate("\n")

    assert shop.requests.count() == 0


def test_a_load_killed_after_dlt_wrote_leaves_no_listing_that_nobody_knows(
    shop: Simulator,
    connect: Connect,
    load_now: Load,
    query: Query,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop.insert("product", product(1))
    http = connect(shop)
    load_now(http)
    [(newest,)] = query("select max(listing_id) from raw.listings")
    shop.insert("product", product(2))

    with killed_at(crash_points.RAW_LOADED, monkeypatch):
        load_now(http)

    assert query(
        f"select listing_id > '{newest}', complete from raw_customwebshop.product "
        "inner join raw.listings using (listing_id) order by all"
    ) == [(False, True), (True, False)]


@pytest.mark.parametrize(
    "point",
    [crash_points.BEFORE_RAW, crash_points.RAW_LOADED, crash_points.INSIDE_LISTINGS],
)
def test_after_a_killed_load_the_next_one_reads_on_from_the_one_before(
    point: str,
    shop: Simulator,
    connect: Connect,
    load_now: Load,
    query: Query,
    clock: VirtualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop.insert("product", product(1))
    http = connect(shop)
    load_now(http)
    for number in (2, 3):  # what lies within the overlap of a cursor proves nothing
        clock.advance(600)
        shop.insert("product", product(number))

    with killed_at(point, monkeypatch):
        load_now(http)
    load_now(http)

    assert query(
        "select count(*) from raw_customwebshop.product "
        "inner join raw.listings using (listing_id) where complete"
    ) == [(3,)]


def test_what_was_landed_before_the_kill_is_not_read_again(
    shop: Simulator,
    crm: Simulator,
    connect: Connect,
    load_now: Load,
    query: Query,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop.insert("product", product(1))
    crm.insert("contacts", {"familyName": "Prøvesen"})
    shop_landed = threading.Event()

    def reached(point: str) -> None:
        if point == crash_points.LISTINGS_NOTED:
            shop_landed.set()

    def killed(system: str, _entity: str, _records: int) -> None:
        if system == "crmoffice":
            assert shop_landed.wait(30)
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(crash_points, "reached", reached)
        with pytest.raises(Killed):
            load_now(connect(crm), connect(shop), on_progress=killed)

    load_now(connect(crm), connect(shop))

    assert query(
        "select run_id, system_name, kind from raw.listings "
        "where complete and entity in ('product', 'contacts') order by all"
    ) == [
        ("run1", "customwebshop", "full"),
        ("run2", "crmoffice", "full"),
        ("run2", "customwebshop", "changes"),
    ]
