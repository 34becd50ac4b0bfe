"""Each system spells its stamps in its own way; all mean one moment."""

from collections.abc import Callable
from datetime import datetime

import pytest

from connections.wire import stamps


@pytest.mark.parametrize(
    ("read", "stamp"),
    [
        (stamps.utc, "2025-03-03T08:14:05.4200000Z"),
        (stamps.utc, "2025-03-03T08:14:05.42Z"),
        (stamps.utc, "2025-03-03T09:14:05.42+01:00"),
        (stamps.oslo, "2025-03-03T09:14:05.42"),
        (stamps.utc_with_wrong_offset, "2025-03-03T08:14:05.42+01:00"),
    ],
)
def test_a_stamp_is_read_as_the_moment_that_it_means(
    read: Callable[[object], datetime | None], stamp: str
) -> None:
    assert read(stamp) == datetime(2025, 3, 3, 8, 14, 5, 420000)


def test_digits_beyond_microseconds_are_cut_off() -> None:
    assert stamps.utc("2025-03-03T08:14:05.1234567Z") == datetime(
        2025, 3, 3, 8, 14, 5, 123456
    )


def test_summer_time_counts_in_oslo() -> None:
    assert stamps.oslo("2025-07-03T09:14:05") == datetime(2025, 7, 3, 7, 14, 5)


def test_a_stamp_at_the_end_of_time_counts_as_no_stamp() -> None:
    assert stamps.utc("0001-01-01T00:00:00+01:00") is None
    assert stamps.utc("9999-12-31T23:00:00-02:00") is None
    assert stamps.oslo("0001-01-01T00:00:00") is None


@pytest.mark.parametrize("stamp", [None, "", "yesterday", 20250303, {}])
def test_what_is_no_time_counts_as_no_stamp(stamp: object) -> None:
    assert stamps.utc(stamp) is None
    assert stamps.oslo(stamp) is None
    assert stamps.utc_with_wrong_offset(stamp) is None
