"""What a run tells the models, beside what is in its files."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class BuildOptions:
    """What a run tells the models.

    `now` is the instant, with its zone, that they call now; `allow_mass_change` lets a
    run pass the guards; the four limits outrank the seed where they are not None.
    """

    now: datetime
    allow_mass_change: bool = False
    mass_change_share: float | None = None
    mass_change_count: int | None = None
    small_flow_share: float | None = None
    small_flow_count: int | None = None
    hash_key_is_short: bool = False

    def values(self) -> dict[str, object]:
        """Give the values by the names that `run_value` has in the models."""
        return asdict(self) | {"now": self.now.astimezone(UTC).replace(tzinfo=None)}
