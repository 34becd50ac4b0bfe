"""Who wins in a world when several members were edited: sometimes not the newest."""

from collections.abc import Iterator

_TARGETS = {
    "Fornavn": "tidsbanken_ansatt__crmoffice_contacts",
    "Etternavn": "tidsbanken_ansatt__crmoffice_contacts",
    "Gateadresse": "tidsbanken_kunde__customwebshop_customer",
    "Postnr": "tidsbanken_kunde__customwebshop_customer",
    "Poststed": "tidsbanken_kunde__customwebshop_customer",
}

POLICIES = ("newest", "newest", "newest", "source", "target", "ask")


def winning_by(policy: str) -> Iterator[str]:
    """Give the SQL that lets names and addresses be won so, in the seeds."""
    if policy == "newest":
        return
    for name, flow in _TARGETS.items():
        which = f"= '{flow}'" if policy == "target" else "like 'tidsbanken%'"
        yield (
            f"update seeds.property_mappings set on_conflict = '{policy}' "
            f"where source_property = '{name}' and flow {which}"
        )
