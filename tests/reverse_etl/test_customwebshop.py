"""Writing to the web shop: nothing is overwritten unseen, nothing is made twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.wrappers import Response

from connections.http.errors import (
    ConfigurationError,
    ContractChanged,
    Gone,
    Moved,
    Refused,
    Unsure,
)
from reverse_etl import customwebshop
from reverse_etl.wire.system import Stored, System
from simulators.faults.plan import Fault, Faults
from tests.reverse_etl.meeting import START, Meeting, change

KEY = "tidsbanken:kunde:K1001"
NOW = START.replace(tzinfo=None)
SYSTEM: System = customwebshop


@pytest.fixture
def shop(meet: Callable[..., Meeting]) -> Meeting:
    return meet("customwebshop")


def created(shop: Meeting, *changes: Any, key: str = KEY, write: str = "w1") -> Stored:
    return customwebshop.create(
        shop.http, "customer", changes, write_id=write, source_key=key
    )


def test_a_create_gives_what_the_shop_stored_in_its_own_spelling(
    shop: Meeting,
) -> None:
    stored = created(
        shop,
        change("$.name", "  Nordlys Prøvebygg 🏗️ AS "),
        change("$.email", "Post@Nordlys.example"),
        change("$.phone", "70 00 00 01"),
        change("$.billingAddress.city", "Tromsø"),
        change("$.organizationNumber", None),
    )

    assert stored.record["name"] == "Nordlys Prøvebygg 🏗️ AS"
    assert stored.record["email"] == "post@nordlys.example"
    assert stored.record["phone"] == "+4770000001"
    assert stored.record["billingAddress"]["city"] == "Tromsø"
    assert stored.record["externalReference"].startswith(f"{KEY}~")
    assert (stored.version, stored.stamp) == ("1", NOW)
    assert not stored.adopted
    assert shop.simulator.get("customer", stored.record_id) == stored.record


def test_the_same_create_sent_twice_makes_one_record(shop: Meeting) -> None:
    first = created(shop, change("$.name", "Nordlys"))

    second = created(shop, change("$.name", "Nordlys"))

    assert second == first  # the same answer once more, not an adopted record
    assert len(shop.simulator.records("customer")) == 1


def test_a_create_whose_key_has_expired_adopts_the_record_it_made(
    shop: Meeting,
) -> None:
    first = created(shop, change("$.name", "Nordlys"))
    shop.simulator.edit("customer", first.record_id, {"name": "Nordlys ASA"})
    shop.clock.advance(25 * 3600)

    second = created(shop, change("$.name", "Nordlys"))

    assert second.adopted
    assert second.record_id == first.record_id
    assert second.record["name"] == "Nordlys ASA"
    assert len(shop.simulator.records("customer")) == 1


def test_a_create_whose_record_was_deleted_since_makes_no_other(
    shop: Meeting,
) -> None:
    first = created(shop, change("$.name", "Nordlys"))
    shop.simulator.remove("customer", first.record_id)

    with pytest.raises(Gone, match=first.record_id):
        created(shop, change("$.name", "Nordlys"), write="w2")

    assert len(shop.simulator.records("customer")) == 1


def test_a_create_that_is_still_running_is_unsure(shop: Meeting) -> None:
    problem = b'{"type": "https://shop.example/problems/idempotency-busy"}'
    shop.answer_next("POST", lambda _: Response(problem, status=409))

    with pytest.raises(Unsure, match="still running"):
        created(shop, change("$.name", "Nordlys"))


def test_an_update_changes_the_named_members_and_nothing_else(shop: Meeting) -> None:
    before = shop.simulator.insert(
        "customer",
        {
            "name": "Nordlys",
            "phone": "+4770000001",
            "marketingConsent": True,
            "billingAddress": {"line1": "Testgata 1", "city": "Oslo"},
        },
    )
    shop.clock.advance(1)

    stored = customwebshop.update(
        shop.http,
        "customer",
        before["id"],
        str(before["version"]),
        None,
        [change("$.billingAddress.city", "Bodø"), change("$.phone", None)],
    )

    assert stored.record == before | {
        "phone": None,
        "billingAddress": before["billingAddress"] | {"city": "Bodø"},
        "version": 2,
        "updatedAt": "2025-03-03T08:14:06.420Z",
    }
    assert (stored.version, stored.stamp) == ("2", NOW + timedelta(seconds=1))
    assert shop.simulator.get("customer", before["id"]) == stored.record


def test_an_address_that_was_empty_is_filled(shop: Meeting) -> None:
    before = shop.simulator.insert("customer", {"name": "Nordlys"})

    stored = customwebshop.update(
        shop.http,
        "customer",
        before["id"],
        "1",
        None,
        [change("$.billingAddress.city", "Bodø")],
    )

    assert before["billingAddress"] is None
    assert stored.record["billingAddress"]["city"] == "Bodø"


def test_an_edit_since_the_merge_is_never_overwritten(shop: Meeting) -> None:
    seen = shop.simulator.insert("customer", {"name": "Nordlys"})
    shop.simulator.edit("customer", seen["id"], {"name": "Nordlys ASA"})

    with pytest.raises(Moved, match="changed after we decided"):
        customwebshop.update(
            shop.http, "customer", seen["id"], "1", None, [change("$.name", "Sørlys")]
        )

    kept = shop.simulator.get("customer", seen["id"])
    assert kept is not None
    assert kept["name"] == "Nordlys ASA"


def test_an_update_of_a_record_that_was_listed_without_its_version_reads_it_first(
    shop: Meeting,
) -> None:
    seen = shop.simulator.insert("customer", {"name": "Nordlys"})
    wanted = [change("$.name", "Sørlys", "Nordlys")]

    stored = customwebshop.update(shop.http, "customer", seen["id"], None, None, wanted)

    assert stored.record["name"] == "Sørlys"
    with pytest.raises(Moved, match="changed after we decided"):
        customwebshop.update(shop.http, "customer", seen["id"], None, None, wanted)


def test_a_record_that_never_has_a_version_is_not_written(shop: Meeting) -> None:
    seen = shop.simulator.insert("customer", {"name": "Nordlys"})
    faults = Faults({"customwebshop": shop.simulator})
    faults.add(
        Fault("member_missing", "customwebshop", "read", count=None, member="version")
    )

    wanted = [change("$.name", "Sørlys", "Nordlys")]
    with pytest.raises(Refused, match="without its version"):
        customwebshop.update(shop.http, "customer", seen["id"], None, None, wanted)

    assert shop.simulator.requests.writes == 0


@pytest.mark.parametrize("status", [404, 410])
def test_a_web_page_that_says_not_found_ends_nothing(
    shop: Meeting, status: int
) -> None:
    seen = shop.simulator.insert("customer", {"name": "Nordlys"})
    page = Response("<html>Not found</html>", status=status, mimetype="text/html")
    shop.answer_next("GET", lambda request: page)
    shop.answer_next("DELETE", lambda request: page)

    with pytest.raises(ContractChanged, match="not the system's word"):
        customwebshop.read(shop.http, "customer", str(seen["id"]))
    with pytest.raises(ContractChanged, match="not the system's word"):
        customwebshop.delete(shop.http, "customer", str(seen["id"]), "1")


def test_a_deleted_record_is_gone_for_reading_and_writing(shop: Meeting) -> None:
    seen = shop.simulator.insert("customer", {"name": "Nordlys"})
    shop.simulator.remove("customer", seen["id"])

    with pytest.raises(Gone, match="was deleted"):
        customwebshop.read(shop.http, "customer", seen["id"])
    with pytest.raises(Gone, match="deleted"):
        customwebshop.update(
            shop.http, "customer", seen["id"], "2", None, [change("$.name", "Sørlys")]
        )


def test_a_record_that_was_removed_for_good_is_gone(shop: Meeting) -> None:
    with pytest.raises(Gone, match="customwebshop:customer:cus_none"):
        customwebshop.read(shop.http, "customer", "cus_none")


def test_a_refusal_holds_the_words_of_the_shop_and_where_they_point(
    shop: Meeting,
) -> None:
    with pytest.raises(Refused) as refused:
        created(shop, change("$.name", "Nordlys"), change("$.email", "not an e-mail"))

    assert refused.value.status == 422
    assert "/email must be an e-mail address" in refused.value.words
    assert KEY in str(refused.value)


def test_a_refusal_hides_national_ids(shop: Meeting) -> None:
    with pytest.raises(Refused) as refused:
        created(shop, change("$.01010112345", "x"))

    assert "01010112345" not in str(refused.value)
    assert "01010112345" not in refused.value.words


def test_numbers_travel_as_they_are_written(shop: Meeting) -> None:
    stored = customwebshop.create(
        shop.http,
        "product",
        [change("$.name", "Kursavgift"), change("$.vatRate", Decimal("12.50"))],
        write_id="w1",
        source_key="membercare:products:31",
    )

    assert str(stored.record["vatRate"]) == "12.50"


def test_an_order_takes_its_lines_as_a_whole(shop: Meeting) -> None:
    line = {
        "description": "Årskontingent",
        "quantity": Decimal("1.0"),
        "unitPrice": Decimal("400.0"),
        "vatRate": 0,
    }

    stored = customwebshop.create(
        shop.http,
        "order",
        [change("$.lines", [line]), change("$.orderDate", "2025-03-03")],
        write_id="w1",
        source_key="membercare:invoices:700512",
    )

    assert [row["description"] for row in stored.record["lines"]] == ["Årskontingent"]
    assert stored.record["totalAmount"] == Decimal("400.00")


def test_the_reference_finds_exactly_the_record_of_an_open_create(
    shop: Meeting,
) -> None:
    ours = created(shop, change("$.name", "Nordlys"))
    created(shop, change("$.name", "Nordlys"), key=f"{KEY}2", write="w2")

    found = found_for(shop, KEY)

    assert [one.record_id for one in found] == [ours.record_id]
    assert found_for(shop, "tidsbanken:kunde:K9999") == []


def test_an_open_create_whose_record_was_deleted_says_so(shop: Meeting) -> None:
    ours = created(shop, change("$.name", "Nordlys"))
    shop.simulator.remove("customer", ours.record_id)

    with pytest.raises(Gone, match="deleted since"):
        found_for(shop, KEY)


def found_for(shop: Meeting, key: str) -> list[Stored]:
    return customwebshop.created_by(
        shop.http,
        "customer",
        write_id="w1",
        source_key=key,
        changes=[],
        sent_after=datetime(2025, 3, 3),
    )


def test_a_delete_marks_the_record_and_may_be_sent_again(shop: Meeting) -> None:
    seen = shop.simulator.insert("customer", {"name": "Nordlys"})

    customwebshop.delete(shop.http, "customer", seen["id"], "1")
    customwebshop.delete(shop.http, "customer", seen["id"], "1")

    kept = shop.simulator.get("customer", seen["id"])
    assert kept is not None
    assert kept["deletedAt"] is not None


def test_an_edit_beats_a_delete(shop: Meeting) -> None:
    seen = shop.simulator.insert("customer", {"name": "Nordlys"})
    shop.simulator.edit("customer", seen["id"], {"name": "Nordlys ASA"})

    with pytest.raises(Moved):
        customwebshop.delete(shop.http, "customer", seen["id"], "1")

    assert customwebshop.read(shop.http, "customer", seen["id"]).version == "2"


def test_an_answer_that_says_nothing_of_the_record_leaves_the_write_unsure(
    shop: Meeting,
) -> None:
    shop.simulator.after.append(lambda request, response: Response(b"<html>"))

    with pytest.raises(Unsure, match="Look before sending again"):
        created(shop, change("$.name", "Nordlys"))

    assert len(shop.simulator.records("customer")) == 1


def test_a_reference_that_another_record_is_said_to_bear_leaves_the_create_unsure(
    shop: Meeting,
) -> None:
    other = shop.simulator.insert("customer", {"name": "Nordlys"})
    problem = (
        '{"type": "https://shop.example/problems/external-reference-taken", '
        f'"existingId": "{other["id"]}"}}'
    )
    shop.answer_next("POST", lambda _: Response(problem, status=409))

    with pytest.raises(Unsure, match="bears its reference"):
        created(shop, change("$.name", "Nordlys"))


def test_an_unknown_entity_is_a_wrong_configuration(shop: Meeting) -> None:
    with pytest.raises(ConfigurationError, match="customer, order, product"):
        customwebshop.read(shop.http, "kunde", "1")
