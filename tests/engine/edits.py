"""What a person typed, and what in a record nobody asked us to touch."""

from dataclasses import dataclass
from typing import Any

from tests.engine.seeds import members

SYSTEM_MEMBERS = {
    "SistEndretDato",
    "SistEndretAvId",
    "modifiedAt",
    "LastChangedDateTimeOffset",
    "version",
    "updatedAt",
    "lastChange",
    "name",  # Membercare: what it shows of companyName
    "fullName",  # Membercare: what it shows of name
    "customerName",  # custompms: what it shows of its customer
}


@dataclass
class Edit:
    """What a person typed: where, when (the number of runs before it), and what."""

    star: str
    member_key: str
    property: str
    canonical: str | None
    after_runs: int
    is_in_window: bool = False


def unmapped_of(key: str, record: dict[str, Any] | None) -> dict[str, Any]:
    """Give the members of a record that no mapping names and no system keeps."""
    system, entity, _ = key.split(":", 2)
    mapped = {
        member.json_path.removeprefix("$.").split(".")[0]
        for member in members().get((system, entity), [])
    }
    return {
        name: value
        for name, value in (record or {}).items()
        if name not in mapped and name not in SYSTEM_MEMBERS
    }
