"""A few rows in the published tables, made by hand: no build is needed to show them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import yaml

from lenke.home.places import PROJECT

FLOW = "tidsbanken_ansatt__crmoffice_contacts"
OTHER_FLOW = "tidsbanken_ansatt__powerofficego_contactperson"
KARI = "tidsbanken:ansatt:411"
KARI_THERE = "crmoffice:contacts:30019"
OLA = "tidsbanken:ansatt:416"
PERSON = "powerofficego:contactperson:51200771/7700123"
OTHER_PERSON = "powerofficego:contactperson:51200785/7700125"

_RECORDS = {
    KARI: "Kari Ås",
    KARI_THERE: "Kari Aas",
    OLA: "Ola Li",
    PERSON: "Ola Lie",
    OTHER_PERSON: None,
    "tidsbanken:kunde:K1": "Fjord AS",
}

_LINK_TO_PERSON = f"lenke link {OTHER_FLOW} {OLA} {PERSON}"

_ROWS: Mapping[str, list[dict[str, Any]]] = {
    "records": [
        {
            **dict(zip(("system", "entity", "record_id"), key.split(":"), strict=True)),
            "record_key": key,
            "record_name": name,
            "is_there": True,
            "state": "there",
        }
        for key, name in _RECORDS.items()
    ],
    "coverage": [
        {"flow": flow, "mode": "create", "is_active": True, "seed_order": place}
        for place, flow in enumerate((FLOW, OTHER_FLOW))
    ],
    "links": [
        {
            "flow": FLOW,
            "source_id": "411",
            "target_id": "30019",
            "matched_by": "created",
            "established_at": "2026-01-01",
            "source_key": KARI,
            "target_key": KARI_THERE,
        },
        {
            "flow": FLOW,
            "source_id": "416",
            "target_id": "1",
            "matched_by": "created",
            "established_at": "2026-01-01",
            "ended_at": "2026-01-02",
            "source_key": OLA,
            "target_key": "crmoffice:contacts:1",
        },
    ],
    "findings": [
        {
            "finding_id": "a1b2c3d4e5f60718",
            "kind": "ambiguous_match",
            "reach": "record",
            "record_key": OLA,
            "record_name": "Ola Li",
            "records": json.dumps(
                [
                    {"record_key": OLA, "record_name": "Ola Li"},
                    {"record_key": PERSON, "record_name": "Ola Lie"},
                    {"record_key": OTHER_PERSON, "record_name": None},
                ]
            ),
            "message": f"It matches 2 records (by e-mail): {PERSON}, {OTHER_PERSON}.",
            "next_step": f"Link the right pair: `{_LINK_TO_PERSON}`. Or leave it.",
        },
        *(
            {
                "finding_id": f"{number}held567890",
                "kind": "held_refused",
                "reach": "record",
                "records": json.dumps(
                    [
                        {"record_key": KARI_THERE, "record_name": "Kari Aas"},
                        {"record_key": KARI, "record_name": "Kari Ås"},
                    ]
                ),
                "record_key": KARI_THERE,
                "record_name": "Kari Aas",
                "property": f"property{number}",
                "message": f"Not passed on (x, from {KARI}).",
                "next_step": "Read its words.",
            }
            for number in range(4)
        ),
    ],
    "conflicts": [
        {
            "conflict_id": f"{number}bcdef0123456789",
            "source_key": KARI,
            "property": f"Mobil{number}",
            "losing_key": KARI_THERE,
            "rule": "first_meeting",
            "status": status,
        }
        for number, status in enumerate(("noted", "noted", "open", "acknowledged"))
    ],
    "decisions": [
        {"decision_id": "d1", "kind": "link", "flow": FLOW, "status": "carried out"}
    ],
    "plan": [
        {
            "flow": FLOW,
            "operation": "create",
            "system": "crmoffice",
            "entity": "contacts",
            "properties_before": '{"familyName": null}',
            "properties_after": '{"familyName": "Ås", "number": 7}',
            "source_key": KARI,
        }
    ],
    "runs": [],
    "writes": [],
}

_MODELS = yaml.safe_load(
    (PROJECT / "models/inspection/_inspection__models.yml").read_text("utf-8")
)["models"]


def columns_of(what: str) -> dict[str, dict[str, str]]:
    """Give the data type or the description of each column of each model."""
    return {
        model["name"]: {
            column["name"]: column[what] for column in model.get("columns", [])
        }
        for model in _MODELS
    }


def publish(home: Path, **others: list[dict[str, Any]]) -> None:
    """Make the tables, with the published columns and a few rows, or `others`."""
    types = columns_of("data_type")
    with duckdb.connect(str(home / "inspection.duckdb")) as connection:
        connection.execute(
            "create table published as select timestamp '2026-01-03 11:00' as built_at"
        )
        for table in filter(lambda name: not name.startswith("inspect_"), types):
            rows = {**_ROWS, **others}.get(table, [])
            columns = ", ".join(
                f'"{name}" {data_type}' for name, data_type in types[table].items()
            )
            connection.execute(f"create table {table} ({columns})")
            for row in rows:
                names = ", ".join(f'"{name}"' for name in row)
                marks = ", ".join("?" for _ in row)
                connection.execute(
                    f"insert into {table} ({names}) values ({marks})",
                    list(row.values()),
                )
