"""What nobody can read costs its record, and what nobody foresaw its system."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections.http.client import Http
from loaders.raw import rows, write
from loaders.run import load
from loaders.run.load import LoadResult
from loaders.run.single import Suspect, read_singly
from simulators import crmoffice, customwebshop
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.exact_json import dumps, loads
from simulators.kit.store import Store

Query = Callable[[str], list[tuple[Any, ...]]]
Load = Callable[..., LoadResult]
Connect = Callable[[Simulator], Http]

_SET_ASIDE = "select entity, record_id, words from raw.set_aside order by all"


@pytest.fixture
def shop(store: Store, clock: VirtualClock) -> Simulator:
    return customwebshop.simulate(store, clock=clock)


@pytest.fixture
def crm(store: Store, clock: VirtualClock) -> Simulator:
    return crmoffice.simulate(store, clock=clock)


def products(shop: Simulator, number: int) -> list[str]:
    return [
        str(shop.insert("product", {"name": f"Skrue {one}"})["id"])
        for one in range(number)
    ]


def says(
    shop: Simulator, record_ids: list[str], text: str, member: str = "ukjent"
) -> Callable[[Request, Response], Response]:
    """Let the lists show records with this text of JSON in a member."""

    def changed(request: Request, response: Response) -> Response:
        if request.path.endswith("/products") and response.status_code == 200:
            page = loads(response.get_data(as_text=True))
            for row in page["data"]:
                if row["id"] in record_ids:
                    row[member] = "@@"
            response.set_data(dumps(page).replace('"@@"', text))
        return response

    shop.after.append(changed)
    return changed


ODD = {
    "no number": "NaN",
    "no end": "-Infinity",
    "an exponent that no decimal has": "1e99999999999999999999",
    "more digits than a number has": "9" * 5000,
    "more than any record has": '"' + "x" * (rows.MOST_CHARACTERS + 1) + '"',
    "no number, deep inside": '[{"a": [NaN]}]',
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_a_record_that_nobody_can_read_is_set_aside_alone(
    text: str, shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    _, odd, _ = products(shop, 3)
    http = connect(shop)
    load_now(http)
    before = query("select record from raw_customwebshop.product order by record_id")
    says(shop, [odd], text)

    result = load_now(http, full=True)

    assert result.failures == {}
    assert result.set_aside == (f"customwebshop:product:{odd}",)
    ((entity, record_id, words),) = query(_SET_ASIDE)
    assert (entity, record_id) == ("product", odd)
    assert "row 2 of page 1" in words
    assert before == query(
        "select record from raw_customwebshop.product order by record_id"
    )
    assert query(
        "select kind, records from raw.listings where entity = 'product' "
        "and run_id = 'run2'"
    ) == [("full", 3)]


def test_three_records_with_18_mb_each_are_set_aside_and_the_rest_is_read(
    shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    *odd, fine = products(shop, 4)
    says(shop, odd, '"' + "x" * 18_000_000 + '"')

    result = load_now(connect(shop))

    assert result.failures == {}
    assert len(result.set_aside) == 3
    assert query("select record_id from raw_customwebshop.product") == [(fine,)]


def test_a_record_is_no_longer_set_aside_when_it_is_read_well(
    shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    odd, _ = products(shop, 2)
    http = connect(shop)
    spoilt = says(shop, [odd], "NaN")
    load_now(http)
    assert query("select count(*) from raw.set_aside") == [(1,)]
    shop.after.remove(spoilt)

    shop.edit("product", odd, {"name": "Skrue igjen"})
    load_now(http)

    assert query(_SET_ASIDE) == []
    assert query(
        "select count(*) from raw_customwebshop.product where record like '%igjen%'"
    ) == [(1,)]


def test_a_record_stays_set_aside_while_later_lists_pass_it_over(
    shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    odd, fine = products(shop, 2)
    http = connect(shop)
    says(shop, [odd], "NaN")
    load_now(http)

    shop.edit("product", fine, {"name": "Skrue igjen"})
    load_now(http)

    assert [(record_id) for _, record_id, _ in query(_SET_ASIDE)] == [odd]


def test_a_set_aside_record_that_is_read_singly_is_forgotten(
    home: Any, shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    odd, _ = products(shop, 2)
    http = connect(shop)
    says(shop, [odd], "NaN")
    load_now(http)
    suspect = Suspect("customwebshop", "product", odd)

    read_singly(
        home, {"customwebshop": http}, [suspect], run_id="run2", hash_key=b"a key"
    )

    assert query(_SET_ASIDE) == []


@pytest.mark.parametrize("key", ["null", "true", "1.5", "NaN", '{"$oid": 1}', '""'])
def test_a_row_whose_key_cannot_be_read_proves_of_no_other_that_it_is_gone(
    key: str, shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    odd, _ = products(shop, 2)
    http = connect(shop)
    load_now(http)
    says(shop, [odd], key, member="id")

    result = load_now(http, full=True)

    assert result.failures == {}
    assert [record_id for _, record_id, _ in query(_SET_ASIDE)] == [None]
    assert query(
        "select kind from raw.listings where entity = 'product' and run_id = 'run2'"
    ) == [("changes",)]


@pytest.mark.parametrize("row", ["null", '"hei"', "7", "[]", "{}"])
def test_a_row_that_is_no_record_is_set_aside_beside_its_neighbours(
    row: str, crm: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    crm.insert("contacts", {"givenName": "Kari", "familyName": "Ås"})

    def with_row(request: Request, response: Response) -> Response:
        if request.path == "/contacts" and response.status_code == 200:
            page = loads(response.get_data(as_text=True))
            if page["items"]:
                page["items"].append("@@")
            response.set_data(dumps(page).replace('"@@"', row))
        return response

    crm.after.append(with_row)

    result = load_now(connect(crm))

    assert result.failures == {}
    assert result.set_aside == ("crmoffice:contacts:?",)
    assert query("select count(*) from raw_crmoffice.contacts") == [(1,)]


def test_a_system_whose_records_nobody_can_read_any_more_rests(
    shop: Simulator, connect: Connect, load_now: Load
) -> None:
    says(shop, products(shop, 12), "NaN")

    result = load_now(connect(shop))

    (words,) = result.failures.values()
    assert "customwebshop product: 12 records can't be read, and only 0 can" in words


def test_what_nobody_foresaw_stops_one_system_and_is_told_with_its_place(
    shop: Simulator,
    crm: Simulator,
    connect: Connect,
    load_now: Load,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (odd,) = products(shop, 1)
    text_of = rows.kept_text

    def stumbles(record: Any, record_id: str, *more: Any) -> str:
        if record_id == odd:
            raise ZeroDivisionError("what it stumbled over")
        return text_of(record, record_id, *more)

    monkeypatch.setattr(rows, "kept_text", stumbles)

    result = load_now(connect(shop), connect(crm))

    assert list(result.records) == ["crmoffice"]
    words = result.failures["customwebshop"]
    assert "met ZeroDivisionError" in words
    assert f"product {odd}, page 1" in words
    assert "a defect of Lenke, or an answer that no contract knows" in words
    assert "stumbled over" not in words
    assert "stumbled over" in caplog.text


def test_what_cannot_be_written_down_stops_one_system(
    shop: Simulator,
    crm: Simulator,
    connect: Connect,
    load_now: Load,
    query: Query,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_system = write.write_system

    def stumbles(warehouse: Any, system: str, *more: Any) -> Any:
        if system == "customwebshop":
            raise ValueError("a record that no file can hold")
        return write_system(warehouse, system, *more)

    monkeypatch.setattr(load, "write_system", stumbles)

    result = load_now(connect(shop), connect(crm))

    assert list(result.records) == ["crmoffice"]
    assert "writing down what it listed" in result.failures["customwebshop"]
    assert ("customwebshop", "failed") in query(
        "select system_name, outcome from raw.systems"
    )
