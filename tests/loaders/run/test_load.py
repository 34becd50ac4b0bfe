"""The load as a whole: what raw holds after good days and bad ones."""

from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.wrappers import Request, Response

from connections.settings.read import LenkeSettings, systems
from loaders.listing.entity import source_of
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from tests.loaders.run.loading import Connect, Load, Query, product


def test_a_record_is_kept_word_for_word_with_where_it_came_from(
    shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    stored = shop.insert("product", {"name": "Skrue æøå", "unitPrice": 100.10})

    result = load_now(connect(shop))

    ((record_id, record, listing_id),) = query(
        "select record_id, record, listing_id from raw_customwebshop.product"
    )
    assert record_id == stored["id"]
    assert '"name":"Skrue æøå"' in record
    assert '"unitPrice":100.1' in record
    assert listing_id.startswith("run1.customwebshop.product.")
    assert result.records["customwebshop"]["product"] == 1


def test_every_entity_has_its_table_with_the_promised_columns_also_when_empty(
    shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    load_now(connect(shop))

    columns = query(
        "select table_name, string_agg(column_name || ' ' || data_type, ', ' "
        "order by ordinal_position) from information_schema.columns "
        "where table_schema = 'raw_customwebshop' and table_name not like '!_%' "
        "escape '!' group by all order by all"
    )
    promised = (
        "record_id VARCHAR, record VARCHAR, content_hash VARCHAR, listing_id VARCHAR, "
        "loaded_at TIMESTAMP WITH TIME ZONE"
    )
    assert columns == [(name, promised) for name in ("customer", "order", "product")]


def test_a_quiet_load_moves_the_listing_and_nothing_else(
    shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    shop.insert("product", product(1))
    content = "select record_id, record, content_hash from raw_customwebshop.product"
    http = connect(shop)
    load_now(http)
    before = query(content)

    load_now(http, full=True)

    assert query(content) == before
    assert query(
        "select listing_id like 'run2.%', loaded_at = started_at "
        "from raw_customwebshop.product inner join raw.listings using (listing_id)"
    ) == [(True, True)]


def test_new_and_changed_records_are_merged(
    shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    first = shop.insert("product", product(1))
    shop.insert("product", product(2))
    http = connect(shop)
    load_now(http)

    shop.edit("product", str(first["id"]), {"name": "Bolt"})
    shop.insert("product", product(3))
    load_now(http)

    names = query(
        "select json_extract_string(record, '$.name') from raw_customwebshop.product "
        "order by all"
    )
    assert names == [("Bolt",), ("Skrue 2",), ("Skrue 3",)]


def test_a_record_that_vanished_keeps_its_row_with_an_older_listing(
    crm: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    kept = crm.insert("contacts", {"familyName": "Kept"})
    gone = crm.insert("contacts", {"familyName": "Gone"})
    http = connect(crm)
    load_now(http)

    crm.remove("contacts", str(gone["id"]))
    load_now(http, full=True)

    runs = query(
        "select record_id, left(listing_id, 4) from raw_crmoffice.contacts order by all"
    )
    assert runs == [(kept["id"], "run2"), (gone["id"], "run1")]


def test_listings_say_what_was_read_and_how(
    crm: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    crm.insert("contacts", {"familyName": "Prøvesen"})
    http = connect(crm)

    load_now(http)
    load_now(http)

    assert query(
        "select run_id, entity, kind, records, cursor_value, complete "
        "from raw.listings order by run_id, entity"
    ) == [
        ("run1", "activities", "full", 0, None, True),
        ("run1", "contacts", "full", 1, "2025-03-03T08:15:00Z", True),
        ("run2", "activities", "full", 0, None, True),
        ("run2", "contacts", "changes", 1, "2025-03-03T08:15:00Z", True),
    ]


def test_a_full_listing_is_due_after_the_hours_that_are_set(
    shop: Simulator,
    clock: VirtualClock,
    connect: Connect,
    load_now: Load,
    query: Query,
) -> None:
    shop.insert("product", product(1))
    http = connect(shop)
    day = LenkeSettings(full_listing_hours=24)
    always = LenkeSettings(full_listing_hours=0)

    load_now(http, settings=day)
    load_now(http, settings=day)
    clock.advance(timedelta(hours=24).total_seconds())
    load_now(http, settings=day)
    load_now(http, settings=always)

    kinds = query(
        "select kind from raw.listings where entity = 'product' order by started_at"
    )
    assert kinds == [("full",), ("changes",), ("full",), ("full",)]


def test_a_changed_key_for_identity_numbers_forces_full_listings(
    shop: Simulator, connect: Connect, load_now: Load
) -> None:
    shop.insert("product", product(1))
    http = connect(shop)
    load_now(http, hash_key=b"old")

    result = load_now(http, hash_key=b"new")

    assert "product" in result.full["customwebshop"]


def test_a_changed_rule_for_identity_numbers_forces_full_listings_once(
    shop: Simulator,
    connect: Connect,
    load_now: Load,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop.insert("product", product(1))
    http = connect(shop)
    with monkeypatch.context() as before:
        before.setattr("connections.private.records.RULES_VERSION", 1)
        load_now(http)

    upgraded, next_time = load_now(http), load_now(http)

    assert "product" in upgraded.full["customwebshop"]
    assert "product" not in next_time.full["customwebshop"]


def test_a_system_that_stops_halfway_leaves_raw_as_it_was_and_the_others_go_on(
    shop: Simulator, crm: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    shop.insert("product", product(1))
    crm.insert("contacts", {"familyName": "Prøvesen"})
    sessions = connect(shop), connect(crm)
    load_now(*sessions)
    shop.insert("product", product(2))
    shop.insert("customer", {"name": "Nordlys"})
    crm.insert("contacts", {"familyName": "Eksempel"})

    def dead(request: Request) -> Response | None:
        return Response("down", 500) if "products" in request.path else None

    shop.before.append(dead)
    result = load_now(*sessions)

    assert list(result.failures) == ["customwebshop"]
    assert "500" in result.failures["customwebshop"]
    assert list(result.records) == ["crmoffice"]
    assert query("select count(*) from raw_customwebshop.product") == [(1,)]
    assert query("select count(*) from raw_customwebshop.customer") == [(0,)]
    assert query("select count(*) from raw_crmoffice.contacts") == [(2,)]
    assert query(
        "select distinct run_id from raw.listings where system_name = 'customwebshop'"
    ) == [("run1",)]


def test_what_a_stopped_system_missed_is_read_next_time(
    shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    http = connect(shop)
    load_now(http)
    shop.insert("product", product(1))

    def dead(request: Request) -> Response | None:
        return Response("<html>", 200) if "products" in request.path else None

    shop.before.append(dead)
    load_now(http)
    shop.before.clear()
    load_now(http)

    assert query("select count(*) from raw_customwebshop.product") == [(1,)]


def test_each_system_says_how_the_load_went_for_it(
    shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    load_now(connect(shop), failed={"crmoffice": "the sign-in was refused"})

    outcomes = query(
        "select system_name, configured, outcome, error, run_id from raw.systems"
    )
    assert ("customwebshop", True, "ok", None, "run1") in outcomes
    assert (
        "crmoffice",
        True,
        "failed",
        "the sign-in was refused",
        "run1",
    ) in outcomes
    assert ("tidsbanken", False, "absent", None, "run1") in outcomes
    assert len(outcomes) == len(systems())


def test_a_record_without_its_key_stops_the_system_and_names_members_not_values(
    crm: Simulator, connect: Connect, load_now: Load
) -> None:
    def without_id(request: Request, response: Response) -> Response:
        if request.path == "/contacts":
            response.set_data('{"items": [{"familyName": "Secretive", "Id": "1"}]}')
        return response

    crm.after.append(without_id)
    result = load_now(connect(crm))

    (words,) = result.failures.values()
    assert "crmoffice contacts, page 1" in words
    assert "familyName, Id" in words
    assert "Secretive" not in words


def test_progress_is_told_page_by_page(
    crm: Simulator, connect: Connect, load_now: Load
) -> None:
    for number in range(250):
        crm.insert("contacts", {"familyName": f"Prøvesen {number}"})
    told: list[tuple[str, str, int]] = []

    load_now(connect(crm), on_progress=lambda *what: told.append(what))

    assert ("crmoffice", "contacts", 200) in told
    assert told[-1][:2] == ("crmoffice", "activities")


def test_no_working_folder_and_no_second_copy_of_a_record_stay_behind(
    shop: Simulator, home: Path, connect: Connect, load_now: Load, query: Query
) -> None:
    http = connect(shop)
    left_over = home / ".loading-killed"
    left_over.mkdir(parents=True)
    (left_over / "customwebshop.product.parquet").write_text("of a killed load")
    stored = shop.insert("product", product(1))
    load_now(http)
    shop.edit("product", str(stored["id"]), {"name": "Bolt"})

    load_now(http)

    assert [path.name for path in home.iterdir()] == ["warehouse.duckdb"]
    staged = query(
        "select schema_name || '.\"' || table_name || '\"' from duckdb_tables() "
        "where schema_name like '%staging' and table_name not like '!_%' escape '!'"
    )
    for (table,) in staged:
        assert query(f"select count(*) from {table}") == [(0,)]


def test_a_warehouse_that_was_deleted_is_filled_again_in_full(
    shop: Simulator, home: Path, connect: Connect, load_now: Load, query: Query
) -> None:
    shop.insert("product", product(1))
    http = connect(shop)
    load_now(http)
    (home / "warehouse.duckdb").unlink()

    load_now(http)

    assert query("select count(*) from raw_customwebshop.product") == [(1,)]


def test_every_system_has_a_loader_and_a_loader_reads_what_raw_promises() -> None:
    for system in systems():
        source = source_of(system)

        assert source.system == system
        assert source.entities
