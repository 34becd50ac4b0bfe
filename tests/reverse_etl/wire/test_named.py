"""What an answer names: in any form that a system may choose, and never too much."""

from typing import Any

import pytest

from reverse_etl.push.plan import PlannedChange
from reverse_etl.wire.named import pointed_at, spoken_of


def sent(name: str, after: Any = "x", path: str | None = None) -> PlannedChange:
    return PlannedChange(name, name, path or f"$.{name}", None, False, after, None)


CHANGES = (
    sent("Name", "Nordlys Bygg"),
    sent("emailAddress", "mistyped@firma.e", "$.EmailAddress"),
    sent("phone", "+4790000001"),
    sent("billingAddress.city", "Bø", "$.billingAddress.city"),
)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"errors": [{"pointer": "/EmailAddress", "detail": "no"}]}, ["emailAddress"]),
        ({"errors": {"EmailAddress": ["not valid"]}}, ["emailAddress"]),
        ({"errors": {"$.emailaddress": ["not valid"]}}, ["emailAddress"]),
        ({"errors": {"Customer.EmailAddress": ["no"]}}, ["emailAddress"]),
        ({"EmailAddress": ["not valid"]}, ["emailAddress"]),
        ({"modelState": {"request.phone": ["no"]}}, ["phone"]),
        ({"errors": [{"field": "PHONE", "message": "no"}]}, ["phone"]),
        ({"errors": [{"source": {"pointer": "/data/phone"}}]}, ["phone"]),
        ({"invalid-params": [{"name": "phone", "reason": "no"}]}, ["phone"]),
        ({"errors": {"[0].phone": ["no"]}}, ["phone"]),
        ([{"property": "phone"}, {"property": "Name"}], ["Name", "phone"]),
        ({"errors": {"billingAddress.city": ["no"]}}, ["billingAddress.city"]),
        ({"errors": [{"path": "/billingAddress/city"}]}, ["billingAddress.city"]),
        ({"errors": [{"member": "city"}]}, ["billingAddress.city"]),
        ({"errors": [{"member": "billingAddress"}]}, ["billingAddress.city"]),
    ],
)
def test_a_member_is_found_where_the_structure_points(
    said: Any, named: list[str]
) -> None:
    assert [each.name for each in pointed_at(said, CHANGES)] == named


@pytest.mark.parametrize(
    "said",
    [
        None,
        5,
        "phone",
        {"errors": 5},
        {"errors": [{"pointer": "/somethingElse"}]},
        {"errors": [{"name": "something else", "phone": "x", "message": "no"}]},
        {"title": "Bad request", "path": "/v2/Customers/12"},
        {"record": {"Name": "Nordlys", "EmailAddress": "x", "phone": "y"}},
        {"title": "No", "Name": "Nordlys", "EmailAddress": "x", "phone": "y"},
        {"errors": {"": ["A non-empty request body is required."]}},
    ],
)
def test_what_was_not_pointed_at_or_not_sent_is_not_found(said: Any) -> None:
    assert pointed_at(said, CHANGES) == ()


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("EmailAddress: is not a valid e-mail address", ["emailAddress"]),
        ({"detail": "The field 'phone' must be E.164"}, ["phone"]),
        ({"error": {"message": "Email address is malformed"}}, ["emailAddress"]),
        ({"message": "email_address: no"}, ["emailAddress"]),
        ({"message": "'mistyped@firma.e' was not understood"}, ["emailAddress"]),
        ({"message": "billing_address.city: no"}, ["billingAddress.city"]),
        ({"message": "telephones and namesakes are off today"}, []),
        ({"message": "Validation failed"}, []),
    ],
)
def test_a_member_is_found_in_words_by_its_name_or_its_value(
    said: Any, named: list[str]
) -> None:
    assert [each.name for each in spoken_of(said, CHANGES)] == named


def test_an_endless_answer_is_not_read_to_its_end() -> None:
    deep: Any = "phone"
    for _ in range(100_000):
        deep = [deep]

    assert pointed_at(deep, CHANGES) == spoken_of(deep, CHANGES) == ()
