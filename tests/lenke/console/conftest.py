"""A console over tables that were made by hand: of a usual home, and a hostile one."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from lenke.console.app import make_app
from lenke.home.places import Home
from tests.lenke.published import FLOW, KARI, KARI_THERE, OTHER_FLOW, columns_of
from tests.lenke.published import publish as publish_rows

HOSTILE = (
    "<script>alert(1)</script>\"'><b onmouseover=x>{{7*7}}`lenke unlink a b`"
    "\x1b[31m\u202e&amp;$key"
)
RUN = "20260103T110000Z-7"
OLDER_RUN = "20260102T110000Z-4"


COUNTS = ("source_records", "linked", "to_create", "unmatched", "ambiguous", "held")


def flow_row(flow: str, **others: Any) -> dict[str, Any]:
    """Give what coverage says of a flow in which there is nothing yet."""
    none = dict.fromkeys((*COUNTS, "resting", "excluded", "before_start"), 0)
    return {"flow": flow, "mode": "create", "is_active": True, **none, **others}


def publish(folder: Path, **rows: list[dict[str, Any]]) -> None:
    """Publish rows made by hand; each flow has its numbers."""
    flows = [flow_row(FLOW, linked=1, source_records=1), flow_row(OTHER_FLOW)]
    publish_rows(folder, **{"coverage": flows, **rows})


def hostile_rows() -> dict[str, list[dict[str, Any]]]:
    """Give rows in which every text is hostile, but for what tables are joined by."""
    kept: dict[str, dict[str, Any]] = {
        "findings": {"finding_id": "f1", "reach": "system"},
        "conflicts": {"conflict_id": "c1", "status": "open"},
        "decisions": {"decision_id": "d1", "status": "waits"},
        "runs": {"run_id": RUN, "run_number": 7, "exit_code": 3},
        "writes": {"write_id": "w1", "run_id": RUN, "status": "refused"},
        "plan": {"operation": "delete"},
        "coverage": {"flow": FLOW},
        "unlinked": {"flow": FLOW, "outcome": "ambiguous"},
        "records": {"is_there": True},
        "links": {"ended_at": None},
    }
    return {
        table: [
            {
                name: _value(name, data_type, HOSTILE)
                for name, data_type in columns.items()
            }
            | kept.get(table, {})
        ]
        for table, columns in columns_of("data_type").items()
        if not table.startswith("inspect_")
    }


def _value(name: str, data_type: str, text: str) -> Any:
    if name in ("source_key", "target_key", "record_key", "losing_key", "won_by"):
        return f"tidsbanken:ansatt:{text}"
    if name == "records":
        key = f"tidsbanken:ansatt:{text}"
        return json.dumps([{"record_key": key, "record_name": text}])
    if name in ("properties_before", "properties_after", "delivered"):
        return json.dumps({text: text})
    if name == "summary":
        return json.dumps(
            {
                "loaded": {"tidsbanken": {text: 7}, text: {text: 1}},
                "warnings": [text],
                "unreachable": {text: text},
                "seconds": {text: 1.5},
                "links": {text: 2},
            }
        )
    if data_type == "varchar":
        return text
    if data_type == "timestamp":
        return "2026-01-03 11:00"
    return 1 if data_type != "boolean" else True


HOSTILE_PAGES = (
    "/",
    "/findings?everything=1",
    "/finding?id=f1",
    "/plan",
    "/conflicts?past=1",
    "/runs",
    f"/run?id={RUN}",
    "/decisions",
    f"/flow?name={FLOW}",
    "/system?name=tidsbanken",
)


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which every text is hostile."""
    home = tmp_path_factory.mktemp("hostile")
    publish(home, **hostile_rows())
    return home


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a few rows of each kind, and two runs."""
    folder = tmp_path_factory.mktemp("home")
    publish(
        folder,
        runs=[
            {
                "run_id": run,
                "run_number": number,
                "command": "sync",
                "started_at": f"2026-01-0{day} 11:00",
                "finished_at": f"2026-01-0{day} 11:01",
                "outcome": outcome,
                "exit_code": code,
                "summary": json.dumps({"loaded": {"tidsbanken": {"ansatt": 40}}}),
            }
            for run, number, day, outcome, code in (
                (OLDER_RUN, 4, 2, "done", 0),
                (RUN, 7, 3, "partly done", 3),
            )
        ],
        history=[
            {
                "source_key": KARI,
                "property": "Mobil",
                "value_to": value,
                "won_by": KARI,
                "rule": "edited",
                "run_id": run,
                "agreed_at": at,
                "writes": 1,
                "writes_done": 1,
            }
            for value, run, at in (
                ("+4791000001", OLDER_RUN, "2026-01-02 11:00"),
                (None, RUN, "2026-01-03 11:00"),
            )
        ],
        writes=[
            {
                "write_id": "w1",
                "run_id": RUN,
                "operation": "update",
                "flow": FLOW,
                "system": "crmoffice",
                "entity": "contacts",
                "record_id": "30019",
                "source_key": KARI,
                "properties_before": '{"mobilePhone": "+4791000001"}',
                "properties_after": '{"mobilePhone": null}',
                "status": "refused",
                "error": "no such number",
                "intended_at": "2026-01-03 11:00",
            }
        ],
        sights=[
            {
                "source_key": KARI,
                "record_key": KARI_THERE,
                "system": "crmoffice",
                "entity": "contacts",
                "property": "Mobil",
                "name": "mobilePhone",
                "sight": "unchanged",
                "shown_value": '"+4791000001"',
                "outcome": "update",
            }
        ],
    )
    return folder


def client_of(folder: Path) -> FlaskClient:
    """Give what asks the console of a home, as its browser does."""
    return make_app(Home(folder)).test_client()
