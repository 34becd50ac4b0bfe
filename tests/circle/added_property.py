"""What a copy of the project does with a property that was added by rows of seeds.

`test_added_property.py` makes the copy, adds the rows, and runs this there.
"""

import duckdb

from tests.circle.conftest import Meeting

EMPLOYEES = "tidsbanken_ansatt__powerofficego_employees"


def test_it_is_read_decided_and_sent(meeting: Meeting) -> None:
    target = meeting.linked(EMPLOYEES)["412"]
    meeting.edit("tidsbanken", "ansatt", "412", Tittel="Rørlegger")

    meeting.plan()

    with duckdb.connect(str(meeting.home.warehouse)) as warehouse:
        (shown,) = warehouse.execute(
            'select "Tittel" from staging.stg_tidsbanken__ansatt '
            "where record_id = '412'"
        ).fetchall()
        (wanted,) = warehouse.execute(
            'select "JobTitle" from outbound.out_powerofficego__employees '
            "where record_id = ?",
            [target],
        ).fetchall()
    assert (shown, wanted) == (("Rørlegger",), ("Rørlegger",))
    meeting.sync()
    assert meeting.get("powerofficego", "employees", target)["JobTitle"] == "Rørlegger"
