"""Members are found and replaced by path, and nothing beside them changes."""

from decimal import Decimal

import pytest

from connections.http.errors import ConfigurationError
from reverse_etl.wire import paths
from reverse_etl.wire.system import Change

RECORD = {
    "name": "Nordlys",
    "phone": None,
    "address": {"city": "Oslo", "line1": "Testgata 1"},
    "none": None,
    "e-mail": "post@nordlys.example",
    "rate": Decimal("25.0"),
}


@pytest.mark.parametrize(
    ("json_path", "found"),
    [
        ("$.name", (True, "Nordlys")),
        ("$.phone", (True, None)),
        ("$.fax", (False, None)),
        ("$.address.city", (True, "Oslo")),
        ("$.address.country", (False, None)),
        ("$.none.city", (True, None)),
        ("$.name.first", (False, None)),
        ('$."e-mail"', (True, "post@nordlys.example")),
    ],
)
def test_a_missing_member_is_unknown_and_an_empty_one_is_known(
    json_path: str, found: tuple[bool, object]
) -> None:
    assert paths.get(RECORD, json_path) == found


@pytest.mark.parametrize("json_path", ["name", "$", "$.", "$.a[0]", "$.a.", "$..a"])
def test_a_path_that_cannot_be_followed_is_a_wrong_configuration(
    json_path: str,
) -> None:
    with pytest.raises(ConfigurationError, match="cannot be followed"):
        paths.get(RECORD, json_path)


def test_changes_nest_into_one_merge_patch() -> None:
    changes = [
        Change("$.name", None, False, "Sørlys"),
        Change("$.address.city", None, False, "Bodø"),
        Change("$.address.line1", None, False, None),
    ]

    patch = paths.nest(changes)

    assert patch == {"name": "Sørlys", "address": {"city": "Bodø", "line1": None}}


def test_replacing_leaves_the_record_and_its_other_members_alone() -> None:
    changes = [
        Change("$.address.city", None, False, "Bodø"),
        Change("$.none.city", None, False, "Bodø"),
    ]

    copy = paths.replace(RECORD, changes)

    assert copy == RECORD | {
        "address": {"city": "Bodø", "line1": "Testgata 1"},
        "none": {"city": "Bodø"},
    }
    assert list(copy) == list(RECORD)
    assert RECORD["address"] == {"city": "Oslo", "line1": "Testgata 1"}


def test_a_pointer_escapes_what_rfc_6901_reserves() -> None:
    assert paths.pointer("$.MailAddress.City") == "/MailAddress/City"
    assert paths.pointer('$."a/b~c"') == "/a~1b~0c"


def test_moved_names_the_members_that_changed_and_takes_unseen_ones_for_empty() -> None:
    changes = [
        Change("$.name", "Nordlys", True, "x"),
        Change("$.rate", 25, True, 0),
        Change("$.address.city", "Bergen", True, "x"),
        Change("$.fax", None, True, "x"),
        Change("$.phone", None, False, "x"),
    ]
    record = {**RECORD, "phone": "+4790000001"}

    moved = paths.moved(record, changes)

    assert moved == ["$.address.city", "$.phone"]


def test_json_values_are_equal_by_what_they_say() -> None:
    assert paths.equal({"a": [1, Decimal("2.50")]}, {"a": [1, Decimal("2.5")]})
    assert not paths.equal(True, 1)
    assert not paths.equal("1", 1)
    assert not paths.equal([1], [1, 2])
    assert not paths.equal({"a": None}, {})
