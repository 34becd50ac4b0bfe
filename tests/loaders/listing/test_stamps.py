"""Stamps as the systems write them."""

from itertools import pairwise

import pytest

from loaders.listing.stamps import earlier, nanoseconds


def test_stamps_are_ordered_as_instants_whatever_their_spelling() -> None:
    in_order = [
        "2025-03-03T08:14:05+01:00",
        "2025-03-03T08:14:05Z",
        "2025-03-03T08:14:05.1234567Z",
        "2025-03-03T08:14:05.1234568Z",
        "2025-03-03T08:14:05.42Z",
        "2025-03-03T08:14:06",
    ]

    instants = [nanoseconds(stamp) for stamp in in_order]

    assert all(
        one is not None and other is not None and one < other
        for one, other in pairwise(instants)
    )


@pytest.mark.parametrize("value", [None, "", "soon", "2025-13-45T00:00:00Z", 7])
def test_what_is_no_stamp_has_no_instant(value: object) -> None:
    assert nanoseconds(value) is None


@pytest.mark.parametrize(
    ("seconds", "digits", "expected"),
    [
        (1, 7, "2025-03-03T08:14:04.1234567Z"),
        (5, 3, "2025-03-03T08:14:00.123Z"),
        (0, 0, "2025-03-03T08:14:05Z"),
        (15 * 60, 3, "2025-03-03T07:59:05.123Z"),
    ],
)
def test_an_earlier_stamp_is_rounded_down(
    seconds: int, digits: int, expected: str
) -> None:
    stamp = "2025-03-03T08:14:05.1234567Z"

    assert earlier(stamp, seconds=seconds, digits=digits) == expected
