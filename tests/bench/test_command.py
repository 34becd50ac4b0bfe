"""The command: which Lenke it measures, wrong words, and a scenario that fails."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench import __main__ as command
from bench.measure import Failed
from bench.results import Results
from bench.round import Bench
from bench.scenarios import landing, quiet
from bench.subject import BASE, NOW, PROJECT, Subject, commit_of, subjects

is_a_clone = pytest.mark.skipif(
    not (PROJECT / ".git").exists(), reason="without git's files there is no commit"
)


@is_a_clone
def test_without_a_base_there_is_one_lenke_and_with_one_there_are_two() -> None:
    assert [one.name for one in subjects(None)] == [NOW]

    now, base = subjects("HEAD")

    assert (now.name, now.tree) == (NOW, PROJECT)
    assert base.name == BASE
    assert base.tree.name == commit_of("HEAD")[:12]
    shown = subprocess.run(
        ["git", "-C", str(PROJECT), "show", "HEAD:pyproject.toml"],
        capture_output=True,
        check=True,
    )
    assert (base.tree / "pyproject.toml").read_bytes() == shown.stdout
    shutil.rmtree(base.tree)


def test_a_lenke_runs_the_code_of_its_own_tree(tmp_path: Path) -> None:
    cli = tmp_path / "tree" / "lenke" / "cli.py"
    cli.parent.mkdir(parents=True)
    (cli.parent / "__init__.py").touch()
    cli.write_text("import sys\ndef main():\n    print(sys.argv[1:], 'of the tree')\n")
    home = tmp_path / "home"
    home.mkdir()

    cost = Subject(BASE, tmp_path / "tree").lenke(["sync"], home, {})

    assert cost.output == "['sync'] of the tree\n"


@is_a_clone
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--base", "no-such-commit"],
            "BASE=no-such-commit: git knows no",
        ),
        (["--only", "quite"], "there is no quite"),
    ],
)
def test_a_wrong_word_ends_with_2_before_anything_is_measured(
    words: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", *words])

    assert command.main() == 2
    assert said in capsys.readouterr().err


def test_a_scenario_that_fails_is_said_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    def fail(bench: Bench) -> None:
        raise Failed("no room")

    def measure(bench: Bench) -> None:
        bench.begin("landing")
        bench.note("landing", bench.subjects[0], 1.5)

    monkeypatch.setattr(quiet, "run", fail)
    monkeypatch.setattr(landing, "run", measure)
    bench = Bench(subjects(None), Results(tmp_path / "results.json"))

    failed = command.measure(bench, ["quiet", "landing"])

    said = capsys.readouterr().out
    assert failed == ["quiet"]
    assert "quiet FAILED: no room" in said
    assert "landing 100,000 records: 1.50 x floor" in said
    assert bench.results.summary("landing", NOW) is not None
    assert not bench.folder.exists()
