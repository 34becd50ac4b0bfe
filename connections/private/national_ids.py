"""What can be a Norwegian identity number at all.

Eleven digits, the last two of which check the others (modulo 11). Numbers that every
administration knows as fillers pass those checks, or look like they could: all digits
equal, or counting up or down. The birth date in front is not looked at: the day is 40
more in a D-number, the month is 40, 65 or 80 more in those of synthetic people.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

# Part of what shows that a hash key has changed: records that were hashed by other
# rules are read once more, because a hash can't be judged afterwards. Counts up.
RULES_VERSION = 2

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_NO_DIGIT = re.compile("[^0-9]+")


def digits_of(value: Any) -> str:
    """Give the digits of a native value; '' when it has none (`hidden`, '', null).

    A JSON number has lost the nought in front that a birth date may begin with.
    """
    digits = _NO_DIGIT.sub("", str(value or ""))
    is_number = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return digits.zfill(len(_SECOND_WEIGHTS)) if is_number else digits


def is_possible(digits: str) -> bool:
    """Say whether digits can be somebody's identity number."""
    return (
        len(digits) == len(_SECOND_WEIGHTS)
        and not _counts(digits)
        and _is_checked(digits[:10], _FIRST_WEIGHTS)
        and _is_checked(digits, _SECOND_WEIGHTS)
    )


def _is_checked(digits: str, weights: Sequence[int]) -> bool:
    pairs = zip(digits, weights, strict=True)
    return sum(int(digit) * weight for digit, weight in pairs) % 11 == 0


def _counts(digits: str) -> bool:
    """Say whether each digit is as far from the one before: 000..., 123..., 987..."""
    return len({(int(one) - int(other)) % 10 for other, one in pairwise(digits)}) == 1
