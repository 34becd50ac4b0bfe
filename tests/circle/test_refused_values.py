"""Over whole runs: values that a system refuses, and values that it would invent."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner, Result

from lenke.cli import app
from lenke.run.report import RunReport
from simulators.faults.plan import Fault, Faults
from tests.circle.conftest import Meeting, quickly, synced_in

pytestmark = pytest.mark.long

TO_SHOP = "tidsbanken_kunde__customwebshop_customer"
TO_ORDERS = "membercare_invoices__customwebshop_order"
TO_PRODUCTS = "membercare_products__customwebshop_product"


@dataclass(frozen=True)
class Story:
    """What four runs made of refused values, and of records that lack some."""

    meeting: Meeting
    reports: list[RunReport]
    writes: list[dict[str, int]]
    findings: list[set[tuple[str, str, str | None]]]
    phones: list[tuple[str | None, str | None]]
    made: list[tuple[bool, bool]]
    checks: list[int]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Tell it once; the tests look at how it went on."""
    with quickly():
        yield _told(synced_in(tmp_path_factory.mktemp("home")))


def _told(meeting: Meeting) -> Story:
    tidsbanken, membercare = (
        meeting.systems["tidsbanken"],
        meeting.systems["membercare"],
    )
    faults = Faults(meeting.systems, clock=meeting.clock, sleep=meeting.clock.advance)
    faults.add(
        Fault(
            "value_refused",
            "customwebshop",
            "update",
            "customer",
            member="phone",
            count=None,
        )
    )
    faults.add(
        Fault(
            "value_refused_unnamed",
            "customwebshop",
            "create",
            "customer",
            member="email",
        )
    )
    meeting.edit("tidsbanken", "kunde", "K1", Navn="Omdøpt AS", Telefon="70 00 00 99")
    tidsbanken.insert(
        "kunde", {"Id": "K9", "Navn": "Ny AS", "Epost": "ny@firma.e", "Telefon": ""}
    )
    membercare.insert("products", {"id": 32, "name": "Uten MVA", "vatPercent": None})
    membercare.insert(
        "invoices",
        {
            "id": 700514,
            "payer": {"debtorAccountNumber": "2", "memberType": 1},
            "financeStatus": 0,
            "financeDate": None,
            "payDueDate": "2025-03-17T00:00:00",
            "invoiceItems": [],
        },
    )
    story = Story(meeting, [], [], [], [], [], [])
    _run(story)
    _run(story)
    _look_at_what_stands(story)
    faults.clear()
    membercare.edit("products", "32", {"vatPercent": 15.0})
    membercare.edit("invoices", "700514", {"financeDate": "2025-03-03T00:00:00"})
    meeting.edit("tidsbanken", "kunde", "K1", Telefon="70 00 00 98")
    _run(story)
    _run(story)
    return story


def _look_at_what_stands(story: Story) -> None:
    """Check; acknowledge, check and plan; take that back, and check."""
    story.checks.append(_lenke("status", "--check").exit_code)
    [standing] = json.loads(_lenke("status", "--json").stdout)["stands"]
    command = standing["next_step"].partition("lenke ")[2].split()
    assert _lenke(*command).exit_code == 0
    story.checks.append(_lenke("status", "--check").exit_code)
    story.reports.append(story.meeting.plan())
    [decision] = json.loads(_lenke("decisions", "--json").stdout)
    assert decision["status"] == "in force"
    assert _lenke("decisions", "withdraw", decision["id"]).exit_code == 0
    story.checks.append(_lenke("status", "--check").exit_code)


def _lenke(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def _run(story: Story) -> None:
    meeting = story.meeting
    story.reports.append(meeting.sync())
    story.writes.append(meeting.writes())
    story.findings.append(
        set(
            meeting.ask(
                "select kind, record_key, property from inspection.findings "
                "where kind like 'held_%'"
            )
        )
    )
    customers = meeting.linked(TO_SHOP)
    shop = [meeting.get("customwebshop", "customer", customers[key]) for key in ("K1",)]
    new = customers.get("K9")
    email = meeting.get("customwebshop", "customer", new)["email"] if new else "none"
    story.phones.append((shop[0]["phone"], email))
    story.made.append(
        (
            "700514" in meeting.linked(TO_ORDERS),
            "32" in meeting.linked(TO_PRODUCTS),
        )
    )


def test_what_stands_beside_a_refused_value_arrives(story: Story) -> None:
    key = story.meeting.linked(TO_SHOP)["K1"]

    customer = story.meeting.get("customwebshop", "customer", key)

    assert customer["name"] == "Omdøpt AS"
    assert story.reports[0].exit_code == 3
    assert story.reports[0].writes["customwebshop"]["update"] == 1
    assert story.phones[0][0] == "+4770000001"
    held = ("held_refused", f"customwebshop:customer:{key}", "phone")
    assert held in story.findings[0]
    assert held in story.findings[1]


def test_a_refused_value_waits_and_is_not_put_back(story: Story) -> None:
    assert story.writes[1] == {"customwebshop": 1}, "the new customer's e-mail alone"
    pms = story.meeting.linked("tidsbanken_kunde__custompms_customer")["K1"]
    refused = story.meeting.ask(
        "select count(*) from inspection.writes where status = 'refused' "
        "and properties_after like '%70000099%'"
    )
    assert refused == [(1,)]
    assert story.meeting.get("tidsbanken", "kunde", "K1")["Telefon"] == "70 00 00 98"
    assert story.meeting.get("custompms", "customer", pms)["phone"] == "+4770000098"


def test_a_refusal_that_stands_counts_until_it_is_acknowledged(story: Story) -> None:
    second, planned = story.reports[1:3]

    assert story.checks == [3, 0, 3]
    assert second.exit_code == 3
    assert "1 refused writes wait" in second.warnings[0]
    assert planned.exit_code == 0


def test_a_changed_value_goes_at_once(story: Story) -> None:
    assert story.phones[2][0] == "+4770000098"
    assert story.findings[2] == set()


def test_a_new_customer_is_made_without_a_value_that_no_answer_names(
    story: Story,
) -> None:
    assert story.phones[0][1] is None
    assert story.phones[2][1] == "ny@firma.e"
    assert len(story.meeting.systems["customwebshop"].records("customer")) == 9


def test_a_record_that_the_target_would_complete_by_itself_waits_for_its_values(
    story: Story,
) -> None:
    assert story.made[:2] == [(False, False)] * 2
    assert {
        ("held_create", "membercare:invoices:700514", None),
        ("held_create", "membercare:products:32", None),
    } <= story.findings[0]

    order = story.meeting.get(
        "customwebshop", "order", story.meeting.linked(TO_ORDERS)["700514"]
    )
    product = story.meeting.get(
        "customwebshop", "product", story.meeting.linked(TO_PRODUCTS)["32"]
    )
    assert order["orderDate"] == "2025-03-03"
    assert product["vatRate"] == 15


def test_when_all_has_arrived_nothing_is_left_to_do(story: Story) -> None:
    assert story.reports[-1].exit_code == 0
    assert story.writes[3] == {}
    assert story.findings[3] == set()
