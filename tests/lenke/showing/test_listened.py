"""Stdout that is narrow, closed or full: the command ends as it would have."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from connections.machine.database import connect
from lenke.home.places import Home
from tests.lenke.commands.test_cli import LENKE


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home whose published table has letters that few encodings have."""
    made = Home(tmp_path_factory.mktemp("home"))
    with connect(made.inspection) as published:
        published.execute("create table names as select 'Åse → 😀' as name, 0 as a")
        published.execute("insert into names select 'x', range from range(20000)")
    return made


def run(home: Home, *words: str, stdout: int, **environment: str) -> tuple[int, str]:
    """Run the command; give its exit code and what it said on stderr."""
    done = subprocess.run(
        [str(LENKE), *words],
        env={**os.environ, "LENKE_HOME": str(home.folder), **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("encoding", ["latin-1", "ascii:strict", "utf-8"])
def test_what_an_encoding_cannot_spell_is_escaped(home: Home, encoding: str) -> None:
    read, write = os.pipe()
    with open(read, "rb") as shown:
        ended = run(
            home,
            *("sql", "select name from names limit 1", "--json"),
            stdout=write,
            PYTHONIOENCODING=encoding,
        )
        os.close(write)
        told = shown.read()

    assert ended == (0, "")
    assert json.loads(told.decode(encoding.partition(":")[0])) == [{"name": "Åse → 😀"}]


def test_a_table_on_a_narrow_stdout_is_shown_all_the_same(home: Home) -> None:
    read, write = os.pipe()
    with open(read, "rb") as shown:
        code, said = run(
            home,
            *("sql", "select name from names limit 1"),
            stdout=write,
            PYTHONIOENCODING="ascii",
        )
        os.close(write)
        told = shown.read()

    assert (code, said) == (0, "")
    assert b"\\u2192" in told


@pytest.mark.parametrize("as_json", [True, False])
def test_a_closed_pipe_is_a_quiet_end(home: Home, as_json: bool) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        words = ("sql", "select * from names", *(["--json"] if as_json else []))
        ended = run(home, *words, stdout=write)
    finally:
        os.close(write)

    assert ended == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="of Linux")
def test_a_full_stdout_is_told_once(home: Home) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        code, said = run(home, "sql", "select 1", "--json", stdout=full)
    finally:
        os.close(full)

    assert code == 1
    assert said == (
        "lenke: what was to be shown can't be written: No space left on device.\n"
    )


def test_a_stdout_that_was_closed_by_the_caller_is_no_error(home: Home) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"'{LENKE}' sql 'select 1' >&-"],
        env={**os.environ, "LENKE_HOME": str(home.folder)},
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
    )

    assert (done.returncode, done.stderr) == (0, b"")
