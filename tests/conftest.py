"""The order of the tests: files that take long go first, so that no core idles."""

import pytest

_SLOW = ("models", "circle", "engine", "killed", "security", "lenke", "planner")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by folder: the slow ones in the order above, the others after them."""

    def place(item: pytest.Item) -> int:
        folder = item.path.parent.name
        return _SLOW.index(folder) if folder in _SLOW else len(_SLOW)

    items.sort(key=place)
