"""What a world is set to besides who wins: who takes part for a while, and codes.

What rests by the seeds wakes when the world becomes quiet: nothing may be lost then.
"""

from collections.abc import Iterator

_CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"
_SHOP = "tidsbanken_kunde__customwebshop_customer"

RESTING = {
    "nothing": (),
    "a_property": (
        "update seeds.property_mappings set is_enabled = false "
        f"where flow = '{_CONTACTS}' and source_property = 'Mobil'",
    ),
    "a_flow": (f"update seeds.flows set is_enabled = false where flow = '{_SHOP}'",),
    "records": (
        f"insert into seeds.record_rules values ('{_CONTACTS}', 'source', "
        "'Fornavn', 'does_not_start_with', 'Æ0000', 'a world')",
        f"insert into seeds.record_rules values ('{_SHOP}', 'target', "
        "'name', 'does_not_contain', '7', 'a world')",
    ),
    "the_past": (
        f"update seeds.flows set starts_at = '2026-02-03' where flow = '{_SHOP}'",
    ),
}

# The project system has codes for the names of departments, one for each.
CODED = ("tidsbanken_avdeling__custompms_customer", "Navn")
CODES = {f"Avdeling {number}": f"A{number}" for number in range(1, 7)}
MEANT = {code: value for value, code in CODES.items()}


def coding() -> Iterator[str]:
    """Give the SQL that writes the codes into the seeds."""
    flow, name = CODED
    for value, code in CODES.items():
        yield (
            f"insert into seeds.value_maps values ('{flow}', '{name}', '{value}', "
            f"'{code}', null, 'a world')"
        )
