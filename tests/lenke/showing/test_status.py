"""`lenke status`: what stands, who is active, who died, and when it is too old."""

import json
import multiprocessing
import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner, Result

from ledger.ledger import Ledger, open_ledger
from lenke.cli import app
from lenke.home.lock import only_run
from lenke.home.places import Home
from lenke.people import refusals
from lenke.run.report import RunReport
from tests.lenke.published import publish


def lenke(home: Path, *words: str) -> Result:
    """Run the command here."""
    return CliRunner().invoke(app, list(words), env={"LENKE_HOME": str(home)})


def status(home: Path) -> dict[str, Any]:
    """Give what `lenke status --json` prints."""
    found = lenke(home, "status", "--json")
    assert found.exit_code == 0, found.output
    given: dict[str, Any] = json.loads(found.stdout)
    return given


def check(home: Path, *words: str) -> int:
    """Give what a check ends with."""
    return lenke(home, "status", "--check", *words).exit_code


def ended(
    home: Path, outcome: str = "done", code: int = 0, ago_hours: float = 1, **said: Any
) -> None:
    """Let a run have ended, so long ago."""
    now = datetime.now(UTC) - timedelta(hours=ago_hours)
    with open_ledger(home / "ledger.duckdb", lambda: now) as ledger:
        run = ledger.start_run("sync")
        ledger.finish_run(run.run_id, outcome, code, said)


def published(home: Path, *findings: tuple[str, str], refused: int = 0) -> None:
    """Let tables be published: findings, and a number of refusals."""
    with duckdb.connect(str(home / "inspection.duckdb")) as connection:
        connection.execute(
            "create table findings (kind text, record_key text, property text, "
            "message text, next_step text);"
            "create table coverage as select 1 as seed_order, 'f' as flow, 'create' "
            "as mode, 0 as source_records, 0 as linked, 0 as to_create, 0 as unmatched,"
            " 0 as ambiguous, 0 as held;"
            "create table runs (run_id text, run_number int, command text, started_at "
            "timestamp, finished_at timestamp, outcome text, exit_code int, "
            "summary text);"
            "create table writes (system text, status text);"
            "create table refusals as select 'abcdef0123' || number as refusal_id, "
            "'f' as flow, 'update' as operation, 'crmoffice' as system, "
            "'crmoffice:contacts:1' as record_key, 'email' as properties, "
            "'No such address.' as words, case when number = 0 then now()::timestamp "
            f"end as acknowledged_at from range({refused + 1}) as r (number)"
        )
        for kind, about in findings:
            connection.execute(
                "insert into findings values (?, ?, null, 'So it is.', 'Look.')",
                [kind, about],
            )


def test_a_home_that_never_ran_says_so(tmp_path: Path) -> None:
    found = lenke(tmp_path, "status")

    assert found.exit_code == 0
    assert "Nothing has run here yet" in found.stdout
    assert check(tmp_path) == 1
    assert check(tmp_path, "--max-age", "26h") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("system_rests", 4),
        ("another_tenant", 4),
        ("property_rests", 4),
        ("mass_change", 4),
        ("recovery", 4),
        ("system_not_read", 3),
        ("entity_not_granted", 3),
        ("ambiguous", 0),
    ],
)
def test_a_check_ends_by_what_stands(tmp_path: Path, kind: str, code: int) -> None:
    ended(tmp_path)
    published(tmp_path, (kind, "custompms"))

    found = lenke(tmp_path, "status")

    assert found.exit_code == 0
    assert ("So it is." in found.stdout) == bool(code)
    assert check(tmp_path) == status(tmp_path)["exit_code"] == code


def test_a_guard_outranks_a_refusal(tmp_path: Path) -> None:
    ended(tmp_path)
    published(tmp_path, ("system_rests", "custompms"), refused=1)

    assert check(tmp_path) == 4


def test_a_refusal_stands_with_the_command_to_acknowledge_it(tmp_path: Path) -> None:
    ended(tmp_path)
    published(tmp_path, refused=1)

    found = lenke(tmp_path, "status")

    assert check(tmp_path) == 3
    assert "crmoffice:contacts:1: crmoffice refused to update email" in found.stdout
    assert "No such address." in found.stdout
    assert "lenke findings acknowledge abcdef01" in found.stdout
    assert len(status(tmp_path)["stands"]) == 1, "the other one is acknowledged"


def test_findings_are_counted_apart_where_somebody_lets_them_stand(
    tmp_path: Path,
) -> None:
    """An older run has written down what is known, and the newest one nothing."""
    row = {"kind": "record_gone", "record_key": "a:b:1", "reach": "record"}
    known = {**row, "first_seen_at": "2026-01-02", "first_seen_run_id": "old"}
    publish(
        tmp_path,
        findings=[row, known, known, {**known, "acknowledged_at": "2026-01-03"}],
        runs=[
            {"run_id": run, "run_number": number, "command": "sync", "exit_code": 0}
            | {"started_at": "2026-01-02", "finished_at": "2026-01-02"}
            for number, run in enumerate(("old", "new"))
        ],
    )

    [kind] = status(tmp_path)["findings"]

    assert kind == {
        "kind": "record_gone",
        "findings": 3,
        "new_findings": 1,
        "let_stand": 1,
    }


def test_people_read_the_hour_in_norway_and_scripts_that_of_utc(tmp_path: Path) -> None:
    publish(
        tmp_path,
        runs=[{"run_id": "r", "finished_at": "2026-07-01 22:30:00", "exit_code": 0}],
    )

    shown = lenke(tmp_path, "status")
    asked = lenke(tmp_path, "sql", "select finished_at from inspection.runs")

    assert shown.stdout.count("2026-07-02 00:30") == 2  # the last success, and the runs
    assert "UTC" not in shown.stdout
    assert asked.stdout.splitlines() == ["finished_at", "2026-07-01 22:30:00"]
    assert status(tmp_path)["runs"][0]["finished_at"] == "2026-07-01 22:30:00"


def test_what_is_too_old_or_has_never_been_is_1_whatever_stands(
    tmp_path: Path,
) -> None:
    ended(tmp_path, ago_hours=30)
    ended(tmp_path, "stopped by a guard", 4, ago_hours=2)
    ended(tmp_path, "stopped by an error", 1)
    published(tmp_path, refused=1)

    assert check(tmp_path, "--max-age", "26h") == 1
    assert check(tmp_path, "--max-age", "31h") == 3
    assert check(tmp_path, "--max-age", "2d") == 3
    assert check(tmp_path) == 3
    assert "--max-age" in lenke(tmp_path, "status", "--max-age", "26h").stderr


@pytest.mark.parametrize(
    ("outcome", "code", "age"),
    [("partly done", 3, 0), ("system rests", 4, 0), ("stopped by a guard", 4, 1)],
)
def test_a_run_that_came_to_its_end_is_a_success(
    tmp_path: Path, outcome: str, code: int, age: int
) -> None:
    ended(tmp_path, outcome, code)

    assert check(tmp_path, "--max-age", "26h") == age


@pytest.mark.parametrize("age", ["26", "h", "a day", "-1h", ""])
def test_an_age_that_nobody_can_read_is_wrong_usage(tmp_path: Path, age: str) -> None:
    assert check(tmp_path, "--max-age", age) == 2


def test_a_system_that_was_out_in_the_newest_run_stands(tmp_path: Path) -> None:
    ended(tmp_path, unreachable={"custompms": "gone away"})
    ended(tmp_path, "partly done", 3, 0.5, unreachable={"crmoffice": "401"})
    published(tmp_path)

    assert [each["about"] for each in status(tmp_path)["stands"]] == ["crmoffice"]
    assert check(tmp_path) == 3


def test_tables_of_an_older_lenke_have_no_refusals(tmp_path: Path) -> None:
    ended(tmp_path)
    published(tmp_path, ("system_rests", "custompms"))
    with duckdb.connect(str(tmp_path / "inspection.duckdb")) as connection:
        connection.execute("drop table refusals")

    found = lenke(tmp_path, "findings", "acknowledge", "--all")

    assert check(tmp_path) == 4
    assert found.exit_code == 2
    assert "lenke plan" in found.stderr


def test_an_active_run_is_named_while_it_goes_on(tmp_path: Path) -> None:
    ended(tmp_path)
    published(tmp_path)

    with duckdb.connect(str(tmp_path / "inspection.duckdb")) as connection:
        connection.execute(
            "insert into runs values ('r', 1, 'sync', now(), now(), 'partly', 3, "
            '\'{"unreachable": {"custompms": "It is silent."}}\')'
        )

    with only_run(Home(tmp_path), "sync"):
        found = status(tmp_path)
    afterwards = status(tmp_path)

    assert found["active"]["command"] == "sync"
    assert found["active"]["pid"] == os.getpid()
    assert (found["died"], afterwards["active"], afterwards["died"]) == (None,) * 3
    assert [each["about"] for each in found["stands"]] == ["custompms"]


def _until_it_is_killed(home: Path) -> None:
    with only_run(Home(home), "sync"):
        with open_ledger(home / "ledger.duckdb") as ledger:
            ledger.start_run("sync")
            ledger.connection.execute(
                "insert into ledger.writes (write_id, event, run_id, event_at, "
                "operation, flow, system_name, entity, source_key) values ('w', "
                "'intent', 'r', now(), 'create', 'f', 'crmoffice', 'contacts', 's')"
            )
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_run_that_died_is_known_before_the_next_one(tmp_path: Path) -> None:
    killed = multiprocessing.get_context("spawn").Process(
        target=_until_it_is_killed, args=[tmp_path]
    )
    killed.start()
    killed.join()
    before = (tmp_path / "ledger.duckdb").read_bytes()

    found = status(tmp_path)

    assert found["died"]["command"] == "sync"
    assert found["died"]["pid"] == killed.pid
    assert found["active"] is None
    assert found["open_writes"] == {"crmoffice": 1}
    assert (tmp_path / "ledger.duckdb").read_bytes() == before

    (tmp_path / "lenke.running").unlink()
    assert status(tmp_path)["died"]["run_id"].endswith("-1"), "the ledger knows, too"


def test_a_ledger_that_is_none_stands(tmp_path: Path) -> None:
    (tmp_path / "ledger.duckdb").write_bytes(b"no ledger at all" * 1000)
    published(tmp_path)

    assert [each["kind"] for each in status(tmp_path)["stands"]] == [
        "ledger_unreadable"
    ]


def test_what_was_refused_again_is_no_news_once_it_is_acknowledged(
    tmp_path: Path,
) -> None:
    with open_ledger(tmp_path / "ledger.duckdb") as ledger:
        _refused(ledger, "r1", "whole", None)
        _refused(ledger, "r2", "rest", '["one", "two"]')
        news = [refusals.are_news(ledger, run) for run in ("r1", "r2")]
        _acknowledge(ledger, "whole", "one")
        half = [refusals.are_news(ledger, run) for run in ("r1", "r2")]
        _acknowledge(ledger, "two")
        none = [refusals.are_news(ledger, run) for run in ("r1", "r2")]

    assert (news, half, none) == ([True, True], [False, True], [False, False])


def test_a_refusal_that_waits_makes_a_run_partly_done_until_it_is_acknowledged(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    with duckdb.connect(str(home.warehouse)) as warehouse:
        warehouse.execute(
            "create schema inspection; create table inspection.inspect_refused as "
            "select unnest(['p', 'u', 'tried']) as refusal_id, "
            "unnest([true, true, false]) as is_held_back"
        )
    codes = []
    with open_ledger(home.ledger) as ledger:
        for each in ("", "p", "u"):
            _acknowledge(ledger, each)
            report = RunReport("r")
            refusals.note(home, ledger, report)
            codes.append(report.exit_code)

    assert codes == [3, 3, 0]


def _refused(ledger: Ledger, run: str, fingerprint: str, units: str | None) -> None:
    ledger.connection.execute(
        "insert into ledger.writes (write_id, event, run_id, event_at, operation, "
        "flow, system_name, entity, source_key, status, payload_hash, refused_units) "
        "values (?, 'receipt', ?, now(), 'update', 'f', 'crmoffice', 'contacts', 's', "
        "'refused', ?, ?)",
        [run, run, fingerprint, units],
    )


def _acknowledge(ledger: Ledger, *ids: str) -> None:
    waiting = [{"refusal_id": each, "record_key": "s", "flow": "f"} for each in ids]
    refusals.acknowledge(ledger, waiting, None)
