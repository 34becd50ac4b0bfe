"""The log of a run: one place, its owner's alone, each line with its run."""

import json
import logging
import stat
import warnings
from pathlib import Path

import pytest
from dlt.common.runtime.run_context import switched_run_context

from connections.private.secrets import Secrets
from lenke.build.by_dbt import log_event
from lenke.home.places import Home
from lenke.run import log as log_module
from lenke.run.log import log, logged, name_run
from loaders.raw import dlt_source


def lines(home: Home) -> list[str]:
    return (home.folder / "logs" / "lenke.log").read_text().splitlines()


def test_every_line_bears_the_run(tmp_path: Path) -> None:
    home = Home(tmp_path)

    with logged(home, "sync"):
        log.info("before it is counted")
        name_run("20261130T073632Z-12")
        log.info("now\nand a second line\x1b[31m")
        logging.getLogger("some.package").warning("watch out")
        logging.getLogger("some.package").info("chatter")
        warnings.warn("of python", stacklevel=1)
        try:
            raise ValueError("where")
        except ValueError:
            log.exception("a trace")

    found = lines(home)
    assert "Z-sync before it is counted" in found[0]
    assert all(" 20261130T073632Z-12 " in line for line in found[1:])
    assert "and a second line<U+001B>[31m" in found[2]
    assert any("watch out" in line for line in found)
    assert any("of python" in line for line in found)
    assert any("ValueError: where" in line for line in found)
    assert not any("chatter" in line for line in found)


def test_a_line_is_an_object_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LENKE__LOG_FORMAT", "json")

    with logged(Home(tmp_path), "load"):
        log.warning("one\ntwo")

    [told] = [json.loads(line) for line in lines(Home(tmp_path))]
    assert told["run_id"].endswith("-load")
    assert (told["level"], told["logger"]) == ("warning", "lenke")
    assert told["message"] == "one\ntwo"


def test_the_log_goes_to_stdout_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LENKE__LOG", "stdout")

    with logged(Home(tmp_path), "load") as is_told:
        log.info("seen")
    with logged(Home(tmp_path), "load", stdout_is_taken=True) as is_told_there:
        log.info("elsewhere")

    shown = capsys.readouterr()
    assert is_told
    assert not is_told_there
    assert "-load seen" in shown.out
    assert "elsewhere" in shown.err
    assert "elsewhere" not in shown.out
    assert not (tmp_path / "logs").exists()


def test_the_log_is_redacted(tmp_path: Path) -> None:
    Secrets(["a-known-key"])

    with logged(Home(tmp_path), "load"):
        logging.getLogger("a.package").error(
            "%s Bearer %s 014100 12345", "a-known-key", "abcdefghi"
        )

    assert lines(Home(tmp_path))[0].endswith(" *** Bearer *** [eleven digits]")


def test_the_log_is_its_owners_alone_and_rotates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_module, "_BYTES", 500)

    with logged(Home(tmp_path), "load"):
        for number in range(100):
            log.info("line %s", number)

    files = sorted((tmp_path / "logs").iterdir())
    assert [path.name for path in files] == [
        "lenke.log",
        *(f"lenke.log.{number}" for number in range(1, 6)),
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "logs").stat().st_mode) == 0o700


def test_a_log_that_cannot_be_written_is_told_once_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "lenke.log").symlink_to("/dev/full")

    with logged(Home(tmp_path), "load"):
        for _ in range(40):
            log.info("nobody hears it")

    assert capsys.readouterr().err.count("can't be written") == 1


def test_no_folder_for_the_log_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").touch()

    with logged(Home(tmp_path), "load"):
        log.info("nobody hears it")

    assert capsys.readouterr().err.count("can't be written") == 1


def test_what_dlt_and_dbt_warn_of_is_in_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Event:
        class info:  # noqa: N801 - as dbt names it
            level, name, msg = "warn", "LogTestResult", "a test warns"

    with logged(Home(tmp_path), "sync"):
        with switched_run_context(dlt_source._OwnContext(tmp_path)) as context:
            context.initialize_runtime()
            logging.getLogger(context.name).warning("dlt warns")
        log_event(Event)

    told = "\n".join(lines(Home(tmp_path)))
    assert "dlt warns" in told
    assert "LogTestResult: a test warns" in told
    assert capsys.readouterr().err == ""


def test_afterwards_nothing_is_left_of_it(tmp_path: Path) -> None:
    before = list(logging.getLogger().handlers)

    with logged(Home(tmp_path), "load"):
        pass

    assert logging.getLogger().handlers == before
