"""Run published clients of the real systems against the simulators (`make clients`).

A client that others use against the real system is a witness of what that system takes
and answers. Each runs in an environment of its own, so that it shares nothing with us.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulators.kit.core import Simulator
from simulators.kit.stage import open_simulators, serve, without_rate_limits
from simulators.kit.store import Store

HERE = Path(__file__).parent
CLIENTS = HERE.parents[1] / "target" / "clients" / "bin" / "python"


def main() -> None:
    """Run them all; exit code 1 when one of them does not get along."""
    if not CLIENTS.exists():
        sys.exit("The clients are not installed. Run `make clients`.")
    for host in ("own", "foreign"):
        _powerofficego({"default_page_size": 2, "next_link_host": host})
        print(f"powerofficego, next links with their {host} host: all is well.")


def _powerofficego(knobs: Mapping[str, Any]) -> None:
    store = Store(None)
    given: dict[str, dict[str, Any]] = {**without_rate_limits()}
    given["powerofficego"] = {**given["powerofficego"], **knobs}
    simulators = {"powerofficego": open_simulators(store, knobs=given)["powerofficego"]}
    go = simulators["powerofficego"]
    for number in range(1, 6):
        go.insert("employees", {"FirstName": "Kari", "LastName": f"Nr {number}"})
    with serve(simulators) as stage:
        _run("_powerofficego.py", stage.settings["powerofficego"])
    _check_powerofficego(go)
    store.close()


def _check_powerofficego(go: Simulator) -> None:
    [customer] = go.records("customers")
    assert customer["Name"] == "Sørlys Prøvebygg AS", customer
    assert customer["EmailAddress"] == "post@nordlys.example", customer
    refused = [call for call in go.requests if call.status >= 400]
    assert [(call.method, call.status) for call in refused] == [("GET", 400)], refused


def _run(script: str, settings: Mapping[str, Any]) -> None:
    ended = subprocess.run(
        [str(CLIENTS), str(HERE / script)],
        input=json.dumps(dict(settings)),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if ended.returncode:
        sys.exit(f"{script} did not get along with the simulator:\n{ended.stderr}")


if __name__ == "__main__":
    main()
