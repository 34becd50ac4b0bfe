"""People and companies of an invented world: well formed, and nobody's."""

import re

import pytest

from simulators.world.build import (
    WorldSummary,
)
from simulators.world.ids import has_valid_control_digits
from tests.simulators.world.built import Simulators, contents


def test_national_ids_are_well_formed_and_nobodys(
    simulators: Simulators, world: WorldSummary
) -> None:
    numbers = [
        number
        for system, entity, member in (
            ("tidsbanken", "ansatt", "Personnummer"),
            ("powerofficego", "contactperson", "SocialSecurityNumber"),
        )
        for record in simulators[system].records(entity)
        if (number := record[member]) not in (None, "", "hidden")
    ]

    assert len(numbers) > 20
    assert all(has_valid_control_digits(number) for number in numbers)
    assert all(81 <= int(number[2:4]) <= 92 for number in numbers)


@pytest.mark.parametrize("number", ["07859938608", "0785993860", "0785993860x", ""])
def test_a_wrong_control_digit_is_noticed(number: str) -> None:
    assert has_valid_control_digits("07859938609")
    assert not has_valid_control_digits(number)


def test_organisation_numbers_are_well_formed_and_nobodys(
    simulators: Simulators, world: WorldSummary
) -> None:
    weights = (3, 2, 7, 6, 5, 4, 3, 2, 1)
    numbers = [
        "".join(kunde["Organisasjonsnummer"].split())
        for kunde in simulators["tidsbanken"].records("kunde")
        if kunde["Organisasjonsnummer"]
    ]

    assert len(set(numbers)) == len(numbers) > 40
    for number in numbers:
        digits = [int(digit) for digit in number]
        assert number.startswith("3")
        assert sum(map(int.__mul__, digits, weights)) % 11 == 0


def test_mail_goes_nowhere(simulators: Simulators, world: WorldSummary) -> None:
    texts = [text for held in contents(simulators, world).values() for text in held]
    hosts = {host.lower() for text in texts for host in re.findall(r"@([\w.-]+)", text)}

    assert len(hosts) > 50
    assert all(host.endswith(".example") for host in hosts)


def test_names_are_norwegian_and_some_are_awkward(
    simulators: Simulators, world: WorldSummary
) -> None:
    tidsbanken = simulators["tidsbanken"]
    ansatte = tidsbanken.records("ansatt")
    kunder = [kunde["Navn"] for kunde in tidsbanken.records("kunde")]
    prosjekter = [prosjekt["Navn"] for prosjekt in tidsbanken.records("prosjekt")]

    assert any(re.search("[æøåÆØÅ]", ansatt["Fornavn"]) for ansatt in ansatte)
    assert max(len(ansatt["Etternavn"]) for ansatt in ansatte) == 50
    assert max(map(len, prosjekter)) > 90
    assert any("🎉" in name for name in kunder)
    assert any("'" in name and '"' in name for name in kunder)
    assert len(set(prosjekter)) < len(prosjekter)
