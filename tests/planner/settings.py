"""What is set in every world: codes that targets have for values, a property off."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Codes:
    """What a target holds for each value of the source, and what that stands for."""

    to: Mapping[str, str]
    back: Mapping[str, str]


# Each value, its code, and whether this is the way back, where several lead there.
_ROWS = (
    *(("Ola", "ola", None), ("ola", "Ola", None)),
    *(("OLA", "0580", None), ("Åse", "0580", True)),
    *(("0580", "KODE", None), ("null", "null", None)),
)
_CODES = Codes(
    {value: code for value, code, _ in _ROWS},
    {code: value for value, code, is_back in _ROWS if is_back is not False}
    | {code: value for value, code, is_back in _ROWS if is_back},
)
CODED = (
    ("tidsbanken_kunde__custompms_customer", "Navn"),
    ("tidsbanken_kunde__customwebshop_customer", "Poststed"),
    ("tidsbanken_prosjekt__custompms_project", "Navn"),
)

# And one property is off in one flow: there it is neither believed nor written.
OFF = ("tidsbanken_kunde__powerofficego_customers", "Epost")


def codes_of(flow: str, name: str) -> Codes | None:
    """Give the codes of a flow's target for a property; None: it has none."""
    return _CODES if (flow, name) in CODED else None


def statements() -> Iterator[str]:
    """Give the SQL that writes all of it into the seeds."""
    yield (
        "update seeds.property_mappings set is_enabled = false "
        f"where flow = '{OFF[0]}' and source_property = '{OFF[1]}'"
    )
    for flow, name in CODED:
        for value, code, is_back in _ROWS:
            yield (
                f"insert into seeds.value_maps values ('{flow}', '{name}', '{value}', "
                f"'{code}', {'null' if is_back is None else 'true'}, 'a world')"
            )
