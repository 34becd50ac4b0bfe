"""Where faults happen: a shop, a member register, and the stories told of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2

from simulators.faults.plan import Fault, Faults
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.wire import InProcess

ORIGIN = "http://simulator.test"
MERGE = {"If-Match": "*", "Content-Type": "application/merge-patch+json"}


@dataclass(frozen=True)
class Scene:
    """A web shop with three customers, a member register, and what befalls them."""

    systems: dict[str, Simulator]
    faults: Faults
    clock: VirtualClock

    @property
    def keys(self) -> list[str]:
        """The keys of the customers, in the order in which a list shows them."""
        return [row["id"] for row in self.http().get("/customers").json()["data"]]

    def befalls(self, kind: str, operation: str = "any", **more: Any) -> None:
        """Let it happen to customers of the shop."""
        self.faults.add(
            Fault(kind, "customwebshop", operation, entity="customer", **more)
        )

    def http(self, system: str = "customwebshop") -> httpx2.Client:
        """Give a client that is signed in."""
        simulator = self.systems[system]
        settings = simulator.settings(ORIGIN)
        http = httpx2.Client(
            transport=InProcess(simulator.wsgi, sleep=self.clock.advance),
            base_url=settings["base_url"],
            timeout=30,
        )
        if system == "membercare":
            keys = {
                "clientApiKey": settings["client_api_key"],
                "personToImpersonate": settings["person_to_impersonate"],
            }
            http.headers["token"] = http.post("/token", json=keys).json()["value"]
        else:
            http.headers["Authorization"] = f"Bearer {settings['token']}"
        return http

    def listed(self, **query: Any) -> list[Any]:
        """Give the names that a list of customers shows."""
        body = self.http().get("/customers", params=query).json()
        return [row["name"] for row in body["data"]]

    def rename(self, key: str, name: str) -> httpx2.Response:
        """Rename a customer over the wire."""
        return self.http().patch(
            f"/customers/{key}", json={"name": name}, headers=MERGE
        )

    def name(self, key: str) -> str:
        """Give the name that is stored."""
        record = self.systems["customwebshop"].get("customer", key)
        assert record is not None
        return str(record["name"])


Story = Callable[[Scene], None]


class Stories(dict[str, Story]):
    """Stories by the name of their fault."""

    def add(self, tell: Story) -> Story:
        """Enter a story under its name."""
        self[tell.__name__] = tell
        return tell
