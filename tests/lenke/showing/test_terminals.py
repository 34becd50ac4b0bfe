"""Whatever the terminal: ids and commands stay whole, and a pipe gets plain lines."""

import io
import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from lenke.cli import app
from lenke.run.report import Planned, RunReport
from lenke.showing import show
from lenke.showing.look import Rows
from tests.lenke.published import (
    FLOW,
    KARI,
    KARI_THERE,
    OLA,
    OTHER_FLOW,
    PERSON,
    publish,
)

LENKE = Path(sys.executable).with_name("lenke")
WIDTHS = [1, 20, 40, 79, 80, 100, 132, 200, 400]
BOXES = re.compile(r"[─-╿]")
COMMAND = f"lenke link {OTHER_FLOW} {OLA} {PERSON}"


def without_boxes(written: str) -> list[str]:
    """Give the lines that are shown, without what is drawn around cells."""
    return [BOXES.sub(" ", line) for line in written.splitlines()]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "words", ["links", "findings", "conflicts", "decisions", "status", "links 411"]
)
@pytest.mark.usefixtures("in_home")
def test_a_key_is_never_broken(
    terminal_of: Callable[[int], io.StringIO], words: str, width: int
) -> None:
    written = terminal_of(width)
    in_a_pipe = CliRunner().invoke(app, [*words.split(), "--json"]).stdout

    CliRunner().invoke(app, words.split())

    lines = without_boxes(written.getvalue())
    assert lines
    for key in (FLOW, OTHER_FLOW, KARI, KARI_THERE, OLA, PERSON):
        if f'"{key}"' in in_a_pipe:
            assert any(key in line for line in lines), key


@pytest.mark.parametrize("width", WIDTHS)
def test_a_command_or_an_id_in_a_cell_is_never_broken(
    terminal_of: Callable[[int], io.StringIO], width: int
) -> None:
    written = terminal_of(width)
    answer = Rows(
        ("id", "what", "next"),
        [
            ("51200771/7700123", "a few words that may be wrapped " * 4, "Wait."),
            (PERSON, "short", f"If so: `{COMMAND}`. If not, leave it as it is."),
        ],
    )

    show.rows("Things", answer)

    lines = without_boxes(written.getvalue())
    assert any(COMMAND in line for line in lines)
    assert any("51200771/7700123" in line and PERSON not in line for line in lines)
    assert any(PERSON in line for line in lines)


@pytest.mark.parametrize("width", [40, 80, 100, 132, 200])
def test_a_table_is_as_wide_as_the_terminal_at_most(
    terminal_of: Callable[[int], io.StringIO], width: int
) -> None:
    written = terminal_of(width)
    answer = Rows(("id", "why"), [("51200771/7700123", "many words " * 40)])

    show.rows("Things", answer)

    longest = max(len(line) for line in written.getvalue().splitlines())
    assert width - 15 <= longest <= width
    assert "┃" in written.getvalue()


def test_what_does_not_fit_is_a_block_of_names_and_values(
    terminal_of: Callable[[int], io.StringIO],
) -> None:
    written = terminal_of(60)

    show.rows("Links", Rows(("flow", "key", "left"), [(FLOW, KARI, None)]))

    assert written.getvalue() == f"Links\n\nflow: {FLOW}\nkey: {KARI}\n"


def test_findings_are_blocks_with_names_and_a_command_and_how_many_more(
    terminal_of: Callable[[int], io.StringIO], in_home: Path
) -> None:
    written = terminal_of(72)

    CliRunner().invoke(app, ["findings", "--most", "1"])

    assert written.getvalue() == (
        "What stops a record: 5\n\n"
        f"ambiguous_match  {OLA}\n"
        "  It matches 2 records (by e-mail):\n"
        f"  {PERSON},\n"
        "  powerofficego:contactperson:51200785/7700125.\n"
        f"    {OLA}  Ola Li\n"
        f"    {PERSON}  Ola Lie\n"
        "  Link the right pair:\n"
        f"    {COMMAND}\n"
        "  Or leave it.\n"
        "  a1b2c3d4; new; docs/findings.md#ambiguous_match\n"
        "\n"
        "... and 4 more: lenke findings --most 5\n"
    )


def test_a_pipe_gets_a_line_per_row_with_tabs_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    long = "x" * 5000
    answer = Rows(
        ("id", "none", "text"),
        [("[1]", None, "two\nlines\tand a tab \x1b[31m"), ("2", None, long)],
    )

    show.rows("Things", answer)

    assert capsys.readouterr().out.splitlines() == [
        "id\tnone\ttext",
        "[1]\t\ttwo lines and a tab <U+001B>[31m",
        f"2\t\t{long}",
    ]


@pytest.mark.parametrize(
    ("command", "total"),
    [
        ("links --past", 2),
        ("findings", 5),
        ("findings --kind held_refused", 4),
        ("conflicts", 3),
        ("conflicts --record 411 --past", 4),
    ],
)
@pytest.mark.usefixtures("in_home")
def test_how_many_more_there_are_is_told_with_a_command_that_shows_them(
    command: str, total: int
) -> None:
    some = CliRunner().invoke(app, [*command.split(), "--most", "1"])

    [more] = re.findall(rf"and {total - 1} more: lenke (.*)", some.stderr)
    whole = CliRunner().invoke(app, more.split())
    assert len(some.stdout.splitlines()) == 2
    assert len(whole.stdout.splitlines()) == 1 + total
    assert "more" not in whole.stderr
    assert set(some.stdout.splitlines()) < set(whole.stdout.splitlines())


@pytest.mark.usefixtures("in_home")
def test_json_is_whole_unless_a_number_was_asked_for() -> None:
    def rows(*words: str) -> int:
        return CliRunner().invoke(app, words).stdout.count('"kind"')

    assert rows("findings", "--json") == 5
    assert rows("findings", "--json", "--most", "2") == 2


def test_json_of_a_table_is_no_text() -> None:
    answer = Rows(
        ("properties_after", "reason"),
        [('{"a": {"b": [1, "Ås"]}}', '{"a": 1}'), ("no json", None), (None, None)],
        frozenset({"properties_after"}),
    )

    assert answer.as_json() == [
        {"properties_after": {"a": {"b": [1, "Ås"]}}, "reason": '{"a": 1}'},
        {"properties_after": "no json", "reason": None},
        {"properties_after": None, "reason": None},
    ]


def test_a_plan_counts_what_is_planned(capsys: pytest.CaptureFixture[str]) -> None:
    report = RunReport("run-plan", loaded={"tidsbanken": {"ansatt": 7}}, command="plan")
    report.planned = Planned({"create": 3, "update": 2}, 4, 1, 6)

    show.report(report)

    said = capsys.readouterr().out
    assert said.startswith("Done: 7 records read, 4 links and 5 writes planned")
    assert "1 links would end, 6 conflicts" in said
    assert "0 writes" not in said
    assert report.as_json()["planned"] == {
        "writes": {"create": 3, "update": 2},
        "new_links": 4,
        "ended_links": 1,
        "conflicts": 6,
    }


@pytest.mark.parametrize("value", ["1", "true", "no"])
def test_without_colours_there_are_no_codes(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("NO_COLOR", value)
    monkeypatch.setenv("TERM", "xterm-256color")
    console = show.console_of(stderr=False)
    console.file, console._force_terminal = io.StringIO(), True
    monkeypatch.setattr(show, "out", console)

    show.rows("Links", Rows(("a", "b"), [(1, 2)]))
    console.print("[bold red]x[/bold red]")

    assert isinstance(console, Console)
    assert "\x1b" not in console.file.getvalue()


@pytest.mark.parametrize(
    ("environment", "expected", "forbidden"),
    [
        ({"TERM": "xterm", "COLUMNS": "150"}, "┃", "\x00"),
        ({"TERM": "xterm", "COLUMNS": "50"}, f"flow: {FLOW}", f"│ {FLOW}"),
        ({"TERM": "dumb", "COLUMNS": "150"}, f"| {FLOW}", "\x1b"),
        ({"TERM": "dumb", "COLUMNS": "50"}, f"flow: {FLOW}", f"| {FLOW}"),
    ],
)
def test_a_real_terminal_is_asked_how_wide_it_is(
    in_home: Path, environment: dict[str, str], expected: str, forbidden: str
) -> None:
    asked = "select flow, mode, is_active, seed_order from inspection.coverage"
    shown = on_a_terminal([str(LENKE), "sql", asked], environment)

    assert expected in shown
    assert forbidden not in shown


def test_on_a_terminal_a_flow_is_one_line_without_what_is_none(
    tmp_path: Path, terminal_of: Callable[[int], io.StringIO]
) -> None:
    flow = {"flow": FLOW, "mode": "create", "source_records": 5, "linked": 4}
    publish(
        tmp_path,
        coverage=[{**flow, "held": 1, "unmatched": 0, "rests_because": "paused"}],
    )
    written = terminal_of(80)

    CliRunner().invoke(app, ["status"], env={"LENKE_HOME": str(tmp_path)})

    assert f"\n  {FLOW}: 4 of 5 linked, 1 held; it rests (paused)\n" in (
        written.getvalue()
    )


def on_a_terminal(command: list[str], environment: dict[str, str]) -> str:
    """Run a command on a terminal of its own; give all that it shows."""
    ours, its = pty.openpty()
    with subprocess.Popen(
        command, stdout=its, stderr=its, stdin=its, env={**os.environ, **environment}
    ) as process:
        os.close(its)
        shown = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                read = os.read(ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not read:
                break
            shown += read
        assert process.wait(timeout=60) == 0
    os.close(ours)
    return shown.decode()
