"""Phone numbers against what `phonenumbers` knows of all countries."""

from collections.abc import Iterator, Sequence

import duckdb
import phonenumbers
import pytest
from dbt.cli.main import dbtRunner
from phonenumbers import PhoneNumberFormat

from lenke.home.places import PROJECT
from tests.spelling import countries

FORMS = (PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL)


@pytest.fixture(scope="module")
def spell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The macro as SQL over a column `typed`."""
    folder = tmp_path_factory.mktemp("spelling")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LENKE_HOME", str(folder))
        found = dbtRunner().invoke(
            [
                "--quiet",
                "--log-level-file",
                "none",
                "compile",
                "--project-dir",
                str(PROJECT),
                "--profiles-dir",
                str(PROJECT),
                "--target-path",
                str(folder / "target"),
                "--no-introspect",
                "--inline",
                "select typed, {{ canonical_phone('typed') }} as spelt from examples",
            ]
        )
        assert found.success, found.exception
        yield found.result.results[0].node.compiled_code


def spelt(spell: str, examples: Sequence[str]) -> dict[str, str | None]:
    """Spell numbers as typed."""
    with duckdb.connect() as connection:
        connection.execute(
            "create table examples as select unnest(?) as typed", [examples]
        )
        return dict(connection.execute(spell).fetchall())


def examples() -> Iterator[tuple[int, phonenumbers.PhoneNumber]]:
    """Give a number of each kind that the countries have."""
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        for kind in (
            phonenumbers.PhoneNumberType.MOBILE,
            phonenumbers.PhoneNumberType.FIXED_LINE,
        ):
            number = phonenumbers.example_number_for_type(regions[0], kind)
            if number is not None and not number.extension:
                yield code, number


def test_the_countries_are_those_that_the_package_knows() -> None:
    assert countries.MACRO.read_text(encoding="utf-8") == countries.written(), (
        "Run python -m tests.spelling.countries, and look at what changes."
    )


def test_a_number_of_any_country_has_one_spelling(spell: str) -> None:
    expected = {
        phonenumbers.format_number(number, form): phonenumbers.format_number(
            number, PhoneNumberFormat.E164
        )
        for _, number in examples()
        for form in FORMS
    }

    assert len(expected) > 400
    assert spelt(spell, list(expected)) == expected


def test_a_nought_in_brackets_is_left_out_where_it_is_dialled_at_home_only(
    spell: str,
) -> None:
    with_prefix = {code for code, _, prefix in countries.countries() if prefix == "0"}
    expected = {
        f"+{code} (0){phonenumbers.national_significant_number(number)}": (
            phonenumbers.format_number(number, PhoneNumberFormat.E164)
        )
        for code, number in examples()
        if code in with_prefix
    }

    assert len(expected) > 150
    assert spelt(spell, list(expected)) == expected


def test_an_extension_makes_no_number_of_a_country_of_one_length(spell: str) -> None:
    one_length = {
        code for code, lengths, _ in countries.countries() if len(lengths) == 1
    }
    typed = [
        phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL) + extension
        for code, number in examples()
        if code in one_length
        for extension in (" (12)", "/56", "-12", " 1234", " ext. 7")
    ]

    assert len(typed) > 300
    assert spelt(spell, typed) == {each: each for each in typed}
