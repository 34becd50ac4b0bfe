"""One edit per system, for whoever tries it first: of a record that is kept in step."""

from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Example:
    """A record type, a member of it, a value for it, and the place of the record.

    What a sync has created comes last.
    """

    entity: str
    member: str
    value: str
    place: int = 0


def example_of(system: str) -> Example:
    """Give the edit that a system's world proposes."""
    example: Example = import_module(f"simulators.parts.{system}.world").EXAMPLE
    return example
