"""JSON as the simulators read and write it: numbers stay as they were written."""

from typing import Any

import simplejson

Record = dict[str, Any]


def dumps(value: object) -> str:
    """Give `value` as compact JSON: UTF-8 as it is, decimals as they were written."""
    return simplejson.dumps(
        value, ensure_ascii=False, use_decimal=True, separators=(",", ":")
    )


def loads(text: str | bytes) -> Any:
    """Read JSON with every fraction as a Decimal; raises ValueError when it is not."""
    return simplejson.loads(text, use_decimal=True)
