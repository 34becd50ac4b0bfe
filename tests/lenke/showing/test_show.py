"""What others wrote is shown as text: no control code, no markup, valid JSON."""

import io
import json

import pytest
from rich.console import Console

from lenke.run.report import RunReport
from lenke.showing import show
from lenke.showing.look import Rows

HOSTILE = "\x1b[31m\x1b]8;;http://evil\x07[red]x[/red]\x9b31m\u202e\x00\ud800\\"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """A terminal with colours, for both streams."""
    written = io.StringIO()
    for name in ("out", "err"):
        console = Console(file=written, force_terminal=True, width=200, highlight=False)
        monkeypatch.setattr(show, name, console)
    return written


def test_a_terminal_gets_none_of_what_a_value_holds(terminal: io.StringIO) -> None:
    report = RunReport("run", outcome=HOSTILE, warnings=[HOSTILE])
    report.note_writes({"crmoffice": {"create": 1}})

    show.rows("Links", Rows((HOSTILE, "id"), [(HOSTILE, HOSTILE)]))
    show.report(report)
    show.err.print(show.plain_lines(f"{HOSTILE}\n{HOSTILE}"))

    written = terminal.getvalue()
    for code in ("\x1b[31m", "\x1b]8", "\x07", "\x9b", "\u202e", "\x00", "\ud800"):
        assert code not in written
    assert written.count("[red]x[/red]") == 7


def test_people_see_the_signs_that_hide(terminal: io.StringIO) -> None:
    show.rows(
        "Conflicts", Rows(("lost",), [("kari\u200b@firma.no\u3000\u00ad\u2028",)])
    )

    assert "kari<U+200B>@firma.no<U+3000><U+00AD><U+2028>" in terminal.getvalue()


def test_json_holds_everything_and_no_control_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    value = {"name": HOSTILE, "city": "Ås 😀", "number": float("nan"), "list": [1.5]}

    show.as_json(value)

    written = capsys.readouterr().out
    assert json.loads(written, parse_constant=pytest.fail) == value | {"number": "nan"}
    assert written.rstrip("\n").isprintable()
    assert "Ås 😀" in written
