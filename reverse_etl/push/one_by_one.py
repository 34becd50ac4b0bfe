"""Give the items of an iterator to several threads, each to one of them."""

import threading
from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class OneByOne(Generic[Item]):
    """An iterator that threads may share: whoever is done takes the next item."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Item]:
        """Give what is left, as it comes."""
        return self

    def __next__(self) -> Item:
        """Give the next item; StopIteration when there is none."""
        with self._lock:
            return next(self._items)
