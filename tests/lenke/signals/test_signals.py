"""After a run: its numbers in a file, troubles in words, and no record named."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from lenke.home.places import Home
from lenke.run.report import RunReport
from lenke.showing.status import Standing, Status
from lenke.signals import health, metrics, signals
from lenke.signals.health import Ended
from tests.lenke.published import KARI, OLA, PERSON

NOW = datetime(2026, 2, 2, 7, 0)


def report() -> RunReport:
    """A run that read, wrote, and could not reach a system."""
    return RunReport(
        "7-sync",
        exit_code=3,
        loaded={"tidsbanken": {"ansatt": 40}},
        writes={"tidsbanken": {"update": 2, "refused": 1}},
        conflicts=4,
        held=5,
        seconds={"load": 1.5},
        unreachable={"crmoffice": "no answer"},
    )


def status(*stands: Standing, open_writes: int = 0) -> Status:
    """What `lenke status` would know."""
    last = {"finished_at": datetime(2026, 2, 2, 6, 45)}
    return Status(stands, None, None, {"crmoffice": open_writes}, last, has_run=True)


def refused(key: str) -> Standing:
    return Standing("refused", key, f"{key} was refused", "lenke findings", 3)


def test_the_numbers_of_a_run(in_home: Path) -> None:
    metrics.write(
        Home(in_home), Path("lenke.prom"), Ended(3, NOW, report=report()), status(), []
    )

    text = (in_home / "lenke.prom").read_text()
    numbers = {
        (each.name, *sorted(each.labels.values())): each.value
        for family in text_string_to_metric_families(text)
        for each in family.samples
    }
    assert numbers["lenke_last_run_exit_code",] == 3
    assert numbers["lenke_last_run_conflicts",] == 4
    assert numbers["lenke_last_run_writes", "refused", "tidsbanken"] == 1
    assert numbers["lenke_last_run_records_read", "ansatt", "tidsbanken"] == 40
    assert numbers["lenke_last_run_part_seconds", "load"] == 1.5
    assert numbers["lenke_system_out", "crmoffice"] == 1
    assert numbers["lenke_system_out", "tidsbanken"] == 0
    assert numbers["lenke_last_success_timestamp_seconds",] == 1770014700
    assert numbers["lenke_last_run_timestamp_seconds",] == 1770015600
    assert numbers["lenke_links", "tidsbanken_ansatt__crmoffice_contacts"] == 1
    assert numbers["lenke_findings", "ambiguous_match", "no", "record"] == 1
    assert not any(key in text for key in (KARI, OLA, PERSON, "411", "416"))


def test_a_node_exporter_may_read_them(in_home: Path) -> None:
    metrics.write(Home(in_home), Path("lenke.prom"), Ended(1, NOW), status(), [])

    assert (in_home / "lenke.prom").stat().st_mode & 0o777 == 0o644


def test_a_file_that_can_not_be_written_is_told_and_changes_no_run(
    in_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LENKE__METRICS_FILE", "no/such/folder/lenke.prom")

    [words] = signals.signalled(Home(in_home), "sync", 0, report())

    assert "metrics_file can't be written" in words


def test_a_fault_in_a_library_is_told_and_changes_no_run(
    in_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_given: object) -> None:
        raise RuntimeError("a fault of theirs")

    monkeypatch.setenv("LENKE__METRICS_FILE", "lenke.prom")
    monkeypatch.setattr(metrics, "write", fault)

    [words] = signals.signalled(Home(in_home), "sync", 0, report())

    assert words.startswith("Nobody was told how the run ended: ")
    assert "a fault of theirs" in words


@pytest.mark.parametrize(("command", "code"), [("plan", 0), ("load", 1), ("sync", 5)])
def test_a_look_and_a_second_run_are_nobodys_news(
    in_home: Path, monkeypatch: pytest.MonkeyPatch, command: str, code: int
) -> None:
    monkeypatch.setenv("LENKE__METRICS_FILE", "none.prom")

    assert signals.signalled(Home(in_home), command, code, report()) == []
    assert not (in_home / "none.prom").exists()


def troubles(ended: Ended, *stands: Standing, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give all that is trouble, as text."""
    monkeypatch.setattr(health, "status", lambda _home: status(*stands))
    _, found = health.look(Home(Path("/")), ended)
    return "\n".join(f"{each.key}|{each.words}|{each.next_step}" for each in found)


def test_refused_writes_are_a_number_and_name_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = troubles(
        Ended(3, NOW, report=report()),
        refused(KARI),
        refused(OLA),
        monkeypatch=monkeypatch,
    )

    assert told == "refused|2 refused writes wait for a person.|lenke findings"


def test_a_guard_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    guard = Standing("mass_change", "a_flow", "too many", "lenke plan", 4)

    told = troubles(Ended(4, NOW, "too many"), guard, monkeypatch=monkeypatch)

    assert told == "mass_change a_flow|mass_change: a_flow: too many|lenke plan"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (1, "A run was stopped by an error: no room"),
        (2, "A run could not begin: no room"),
        (4, "A run was stopped by a guard: no room"),
        (3, "A run was done in part only."),
    ],
)
def test_how_a_run_ended_is_told_where_nothing_else_tells_it(
    monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    said = "" if code == 3 else "no room"

    assert words in troubles(Ended(code, NOW, said), monkeypatch=monkeypatch)


def test_a_run_that_tells_nobody_imports_nothing_for_it(in_home: Path) -> None:
    asked = (
        "import sys; from pathlib import Path; from lenke.home.places import Home; "
        "from lenke.run.report import RunReport; from lenke.signals import signals; "
        "assert signals.signalled(Home(Path()), 'sync', 0, RunReport('1')) == []; "
        "print({'apprise', 'prometheus_client', 'opentelemetry'} & set(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=in_home,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout == "set()\n"
