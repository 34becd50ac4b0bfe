"""A reference proves who wrote it, for one source and one kind of record."""

from typing import Any

import pytest

from connections.private.references import is_genuine, reference_for

KEY = b"a key for tests"
TARGET = "customwebshop:customer"
SOURCE = "tidsbanken:kunde:K1061"


def test_a_reference_is_the_same_each_time_and_begins_with_the_source() -> None:
    reference = reference_for(SOURCE, TARGET, KEY)

    assert reference == reference_for(SOURCE, TARGET, KEY)
    assert reference.startswith(f"{SOURCE}~")
    assert is_genuine(f" {reference} ", TARGET, KEY)


@pytest.mark.parametrize(
    "reference",
    [
        SOURCE,
        f"{SOURCE}~",
        f"{SOURCE}~" + "0" * 20,
        reference_for(SOURCE, TARGET, b"another key"),
        reference_for(SOURCE, "custompms:customer", KEY),
        reference_for("tidsbanken:kunde:K1", TARGET, KEY).replace("K1~", "K1061~"),
        reference_for(SOURCE, TARGET, KEY)[:-1],
        "\ud800~x",
        None,
        7,
        ["x"],
    ],
)
def test_what_lenke_did_not_write_is_not_genuine(reference: Any) -> None:
    assert not is_genuine(reference, TARGET, KEY)
