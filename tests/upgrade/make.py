"""Make the home of a version: run by hand with that version's code, once.

    git worktree add /tmp/before COMMIT && cd /tmp/before
    PYTHONPATH=/tmp/before:THIS python THIS/tests/upgrade/_make.py FOLDER

The home and what the six systems hold then are kept as text, so that a reader can see
what an old home remembers: one CSV per table of the ledger, one JSON per system.
"""

import importlib.util
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from tests.circle.conftest import Meeting, opened, quickly

_WORLD = Path(__file__).with_name("odd_world.py")


def make(place: Path) -> None:
    """Sync until nothing is left to do, edit, sync again, and write it all down."""
    place.mkdir(parents=True, exist_ok=True)
    with quickly(), tempfile.TemporaryDirectory() as folder:
        meeting = opened(Path(folder))
        _world().fill(meeting.systems, "Adresse", "Postnummer")
        _sync(meeting, 2)
        _edit(meeting)
        _sync(meeting, 3)
        assert meeting.sync().sent == 0
        _keep_ledger(meeting.home.ledger, place)
        _keep_systems(meeting, place)
        (place / "clock.txt").write_text(f"{meeting.clock.now.isoformat()}\n")


def _world() -> Any:
    spec = importlib.util.spec_from_file_location("odd_world", _WORLD)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _sync(meeting: Meeting, times: int) -> None:
    for _ in range(times):
        report = meeting.sync()
        print(report.outcome, report.writes, report.held, report.warnings)


def _edit(meeting: Meeting) -> None:
    """People type odd values on the other side, too."""
    contacts = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")
    shops = meeting.linked("tidsbanken_kunde__customwebshop_customer")
    activities = meeting.linked("tidsbanken_prosjekt__crmoffice_activities")
    meeting.edit(
        "crmoffice", "contacts", contacts["408"], mobilePhone="+46 (0)31-77 00"
    )
    meeting.edit("crmoffice", "activities", activities["P3"], ownerId=contacts["409"])
    meeting.edit(
        "customwebshop",
        "customer",
        shops["K6"],
        billingAddress={"line1": "Ny 1", "postalCode": "0581", "city": "Oslo"},
    )
    meeting.edit(
        "tidsbanken", "kunde", "K4", Adresse="Nygata\u30004", Navn="Nytt\u00a0navn"
    )


def _keep_ledger(ledger: Path, place: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{ledger}' as kept (read_only)")
        for (table,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = 'kept'"
        ).fetchall():
            connection.execute(
                f"copy (select * from kept.ledger.{table} order by all) "
                f"to '{place / (table + '.csv')}' (header)"
            )


def _keep_systems(meeting: Meeting, place: Path) -> None:
    for name, system in meeting.systems.items():
        tables = {
            table: {
                key: json.loads(record)
                for key, record in system.database.fetch(
                    f'select key, record from "{table}" order by key', ()
                )
            }
            for table in system.database.entities
        }
        (place / f"{name}.jsonl").write_text(_lines(tables))


def _lines(tables: dict[str, dict[str, Any]]) -> str:
    """Give one line per record; what no other program shows is written as an escape."""
    return "".join(
        json.dumps([table, key, record]) + "\n"
        for table, records in tables.items()
        for key, record in records.items()
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]))
