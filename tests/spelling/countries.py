"""The macro `phone_countries`, written anew from what `phonenumbers` knows.

    python -m tests.spelling.countries

Run it when the package has new countries; a test says when.
"""

from pathlib import Path

import phonenumbers
from phonenumbers import PhoneMetadata

MACRO = Path(__file__).parents[2] / "macros" / "phone_countries.sql"
_MOST_DIGITS = 15  # of E.164, the country's included
_HEAD = """\
{#- Every country's phone numbers: its calling code, how many digits follow, and the
    prefix that people dial at home only ("(0)"). tests/spelling/countries.py writes it
    from the package `phonenumbers`, and a test compares it with that. -#}
{% macro phone_countries() -%}
    {{ return([
"""
_FOOT = """\
    ]) }}
{%- endmacro %}
"""


def written() -> str:
    """Give the macro as it should be."""
    rows = [
        f"        ['{code}', {lengths}, '{trunk}'],\n"
        for code, lengths, trunk in countries()
    ]
    return _HEAD + "".join(rows) + _FOOT


def countries() -> list[tuple[int, list[int], str]]:
    """Give calling codes, the numbers of digits that follow, the prefix of home."""
    return [
        (code, _lengths(code, regions), _trunk(code, regions[0]))
        for code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items())
    ]


def _lengths(code: int, regions: tuple[str, ...]) -> list[int]:
    found = {length for region in regions for length in _possible(code, region)}
    return sorted(length for length in found if length + len(str(code)) <= _MOST_DIGITS)


def _possible(code: int, region: str) -> tuple[int, ...]:
    described = _metadata(code, region).general_desc
    assert described is not None
    return tuple(described.possible_length)


def _trunk(code: int, region: str) -> str:
    """Give the prefix where it begins with a nought: others can be digits, too."""
    prefix = _metadata(code, region).national_prefix or ""
    return prefix if prefix.startswith("0") else ""


def _metadata(code: int, region: str) -> PhoneMetadata:
    found = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    assert found is not None
    return found


if __name__ == "__main__":
    MACRO.write_text(written(), encoding="utf-8")
