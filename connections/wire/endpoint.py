"""One record type on the wire: where it is, what names its records, what dates them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connections.http.address import segment
from connections.http.errors import ConfigurationError, Refused
from connections.wire.stamps import utc


@dataclass(frozen=True)
class Endpoint:
    """A record type, as its system's contract has it.

    `path` is that of its list; a record stands below it, by its id. `key` names the
    members that make up the id (joined by `/`). `stamp` is the member that tells when a
    record was last changed, `made` when it was made, and `spelt` reads both as naive
    UTC. Members in `national_ids` never reach disk as they are.
    """

    path: str
    key: tuple[str, ...]
    stamp: str
    made: str | None = None
    spelt: Callable[[Any], datetime | None] = utc
    national_ids: tuple[str, ...] = ()

    def address(self, record_id: str) -> str:
        """Give where one record is; Refused for an id that is none of this type."""
        return "/".join([self.path, *map(segment, self.named(record_id).values())])

    def named(self, record_id: str) -> dict[str, str]:
        """Give the members that an id is made up of; Refused when it is not."""
        parts = record_id.split("/") if len(self.key) > 1 else [record_id]
        if len(parts) != len(self.key):
            raise Refused(
                f"{record_id!r} is no id of a record at {self.path}: that is "
                f"{'/'.join(self.key)}. Nothing was sent; correct the link.",
                words="no id for an address",
            )
        return dict(zip(self.key, parts, strict=True))

    def changed_at(self, record: Mapping[str, Any]) -> datetime | None:
        """Give when a record was last changed; None if it does not say."""
        return self.spelt(record.get(self.stamp))

    def made_at(self, record: Mapping[str, Any]) -> datetime | None:
        """Give when a record was made; None if it does not say."""
        return self.spelt(record.get(self.made)) if self.made else None


def endpoint_of(
    system: str, endpoints: Mapping[str, Endpoint], entity: str
) -> Endpoint:
    """Give a system's record type; ConfigurationError names those that there are."""
    try:
        return endpoints[entity]
    except KeyError:
        raise ConfigurationError(
            f"{system} has no entity {entity!r}; it has {', '.join(endpoints)}. "
            "Correct the seeds."
        ) from None
