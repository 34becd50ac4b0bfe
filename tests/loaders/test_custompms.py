"""Reading the project system: what differs from the web shop's test."""

from collections.abc import Callable
from typing import Any

from connections.http.client import Http
from loaders.run.load import LoadResult
from simulators import custompms
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store

Query = Callable[[str], list[tuple[Any, ...]]]
Load = Callable[..., LoadResult]
Connect = Callable[[Simulator], Http]


def test_customers_and_projects_are_read_and_their_tombstones_too(
    store: Store, clock: VirtualClock, connect: Connect, load_now: Load, query: Query
) -> None:
    pms = custompms.simulate(store, clock=clock)
    customer = pms.insert("customer", {"name": "Nordlys"})
    project = pms.insert("project", {"name": "Lager", "customerId": customer["id"]})
    http = connect(pms)
    load_now(http)

    pms.remove("project", str(project["id"]))
    load_now(http)

    ((project_id, deleted_at),) = query(
        "select record_id, json_extract_string(record, '$.deletedAt') "
        "from raw_custompms.project"
    )
    assert project_id == project["id"]
    assert deleted_at is not None
    assert query("select record_id from raw_custompms.customer") == [(customer["id"],)]
