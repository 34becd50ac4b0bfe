"""Invented identity numbers that pass every check and belong to nobody.

National ids have the month plus 80, as the synthetic people in the tax administration's
test register (Tenor) have. Organisation numbers begin with 3, as synthetic companies'
do there; real ones begin with 8 or 9.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from random import Random

ADDED_TO_MONTH = 80

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_ORGANIZATION_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def national_id(born: date, serial: int) -> str | None:
    """Give the 11 digits for a birth date and a serial number from 0 to 499.

    None when the number has no valid control digits, as about one in six.
    """
    in_this_century = 500 if born.year >= 2000 else 0
    digits = (
        f"{born.day:02}{born.month + ADDED_TO_MONTH:02}{born.year % 100:02}"
        f"{in_this_century + serial:03}"
    )
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        control = _control_digit(digits, weights)
        if control is None:
            return None
        digits += control
    return digits


def has_valid_control_digits(number: str) -> bool:
    """Say whether 11 digits are a well-formed national id."""
    return (
        len(number) == 11
        and number.isdigit()
        and _control_digit(number[:9], _FIRST_WEIGHTS) == number[9]
        and _control_digit(number[:10], _SECOND_WEIGHTS) == number[10]
    )


class NationalIds:
    """Gives out national ids, no two the same."""

    def __init__(self, random: Random) -> None:
        """Draw serial numbers from `random`."""
        self._random = random
        self._given: set[str] = set()

    def new(self, born: date) -> str:
        """Give an unused number for somebody born that day, from 1900 to 2039."""
        while True:
            number = national_id(born, self._random.randrange(500))
            if number is not None and number not in self._given:
                self._given.add(number)
                return number


def organization_numbers(first: int = 10_000) -> Iterator[str]:
    """Give organisation numbers, 9 digits each, without end and without doubles."""
    for serial in count(first):
        digits = f"3{serial:07}"
        control = _control_digit(digits, _ORGANIZATION_WEIGHTS)
        if control is not None:
            yield digits + control


def _control_digit(digits: str, weights: Sequence[int]) -> str | None:
    """Give the control digit modulo 11; None when it would be 10."""
    pairs = zip(digits, weights, strict=True)
    rest = sum(int(digit) * weight for digit, weight in pairs) % 11
    control = (11 - rest) % 11
    return None if control == 10 else str(control)
