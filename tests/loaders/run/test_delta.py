"""What is read by its changes, and that the filter sees all that a flow maps of it."""

import csv

from connections.settings.read import systems
from lenke.home.places import SEEDS
from loaders.listing.entity import source_of
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from tests.loaders.run.loading import Connect, Load, Query, product

# Entities without a filter that can be trusted: each listing of them is full.
ALWAYS_FULL = {
    ("crmoffice", "activities"),
    *(
        ("membercare", entity)
        for entity in ("companies", "organizations", "invoices", "products")
    ),
}
# Members whose changes move no stamp, by system.
UNSEEN = {"powerofficego": ("$.MailAddress", "$.ContactPersons", "$.BankAccounts")}


def test_everything_with_a_trustworthy_filter_is_read_by_it() -> None:
    read = {
        (system, entity.name): entity.stamp is not None
        for system in systems()
        for entity in source_of(system).entities
    }

    assert {where for where, by_changes in read.items() if not by_changes} == (
        ALWAYS_FULL
    )


def test_no_flow_maps_what_a_filter_does_not_see() -> None:
    with (SEEDS / "entity_properties.csv").open(encoding="utf-8", newline="") as file:
        paths = [(row["system_name"], row["json_path"]) for row in csv.DictReader(file)]

    assert {system for system, _ in paths} >= UNSEEN.keys()
    assert not [
        path for system, path in paths if path.startswith(UNSEEN.get(system, ("?",)))
    ]


def test_a_quiet_load_reads_changes_until_a_full_listing_is_due(
    shop: Simulator,
    clock: VirtualClock,
    connect: Connect,
    load_now: Load,
    query: Query,
) -> None:
    for number in range(3):
        shop.insert("product", product(number))
        clock.advance(600)
    http = connect(shop)

    load_now(http)
    load_now(http)
    clock.advance(24 * 3600)
    load_now(http)

    assert query(
        "select run_id, kind, records from raw.listings "
        "where entity = 'product' order by run_id"
    ) == [("run1", "full", 3), ("run2", "changes", 1), ("run3", "full", 3)]
