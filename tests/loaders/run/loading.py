"""What a test of loading is given, and products to load."""

from collections.abc import Callable
from typing import Any

from connections.http.client import Http
from loaders.run.load import LoadResult
from simulators.kit.core import Simulator

Query = Callable[[str], list[tuple[Any, ...]]]
Load = Callable[..., LoadResult]
Connect = Callable[[Simulator], Http]


def product(number: int) -> dict[str, object]:
    return {"name": f"Skrue {number}", "unitPrice": 100.0}
