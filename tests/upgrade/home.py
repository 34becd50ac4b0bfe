"""A home that an earlier version made, and the six systems as it left them."""

import json
from datetime import datetime
from pathlib import Path

import duckdb

from ledger.file import migrations
from ledger.identity import Identity, write_identity
from tests.circle.conftest import Meeting, opened

KEPT = Path(__file__).parent / "home"

# Kunde's members as the simulator of that time called them.
_RENAMED = {"Adresse": "Gateadresse", "Postnummer": "Postnr"}


def old_home(folder: Path) -> Meeting:
    """Give the home and its systems, at the moment at which they were kept."""
    meeting = opened(folder)
    meeting.clock.now = datetime.fromisoformat((KEPT / "clock.txt").read_text().strip())
    _put_ledger(meeting.home.ledger)
    for name, system in meeting.systems.items():
        lines = (KEPT / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        for table, key, record in map(json.loads, lines):
            if (name, table) == ("tidsbanken", "kunde"):
                record = {_RENAMED.get(each, each): record[each] for each in record}
            system.database[table].put(key, record)
    return meeting


def _put_ledger(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{path}' as kept")
        connection.execute("use kept")
        connection.execute(migrations()[1].read_text(encoding="utf-8"))
        for (table,) in connection.execute(
            "select table_name from duckdb_tables() "
            "where database_name = 'kept' and schema_name = 'ledger'"
        ).fetchall():
            connection.execute(
                f"copy ledger.{table} from '{KEPT / table}.csv' (header)"
            )
        [identity] = connection.execute(
            "select ledger_id, run_counter from ledger.identity"
        ).fetchall()
    write_identity(path.parent, Identity(*identity))
