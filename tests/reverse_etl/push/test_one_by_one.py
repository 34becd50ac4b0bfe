"""Many threads share one iterator."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import pytest

from reverse_etl.push.one_by_one import OneByOne


def test_each_item_goes_to_one_of_the_threads() -> None:
    def slowly() -> Iterator[int]:
        for number in range(2000):
            sum(range(50))  # long enough to be met by another thread
            yield number

    shared = OneByOne(slowly())

    with ThreadPoolExecutor(8) as pool:
        taken = pool.map(lambda items: list(items), [shared] * 8)

    assert sorted(chain.from_iterable(taken)) == list(range(2000))


def test_what_the_items_stumble_over_is_raised_once_and_ends_them() -> None:
    def breaking() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    shared = OneByOne(breaking())

    assert next(shared) == 1
    with pytest.raises(OSError, match="the disk is gone"):
        next(shared)
    assert list(shared) == []
