"""`lenke simulate`: what it prints, that it can be stopped and goes on."""

import shlex
import socket
import threading
from pathlib import Path

import httpx2
import pytest

from connections.http.errors import ConfigurationError
from lenke.simulated.serve import run_simulators

ANY_PORT: dict[str, int] = {}


def run_until_served(
    folder: Path, *, seed: int = 1
) -> tuple[list[str], dict[str, str]]:
    """Run until everything is printed; give the lines, and the variables in them."""
    lines: list[str] = []
    stop = threading.Event()

    def out(line: str) -> None:
        lines.append(line)
        if "Ctrl-C" in line:
            variables = exported(lines)
            answers.append(httpx2.get(variables["SOURCES__CUSTOMWEBSHOP__BASE_URL"]))
            stop.set()

    answers: list[httpx2.Response] = []
    run_simulators(folder, seed=seed, ports=ANY_PORT, out=out, stop=stop)
    assert [answer.status_code for answer in answers] == [401]
    return lines, exported(lines)


def exported(lines: list[str]) -> dict[str, str]:
    """Read the lines as a shell does."""
    words = [shlex.split(line, comments=True) for line in lines]
    assert {command for command, *_ in filter(None, words)} == {"export"}
    settings = (arguments[0] for _, *arguments in filter(None, words))
    return dict(setting.split("=", 1) for setting in settings)


def test_it_prints_settings_to_paste_and_serves_until_it_is_stopped(
    tmp_path: Path,
) -> None:
    lines, variables = run_until_served(tmp_path)

    assert any("40 ansatt" in line for line in lines)
    assert variables["SOURCES__TIDSBANKEN__TB_KEY"]
    assert variables["SOURCES__MEMBERCARE__REQUESTS_PER_SECOND"] == "1000"
    with pytest.raises(httpx2.TransportError):
        httpx2.get(variables["SOURCES__CUSTOMWEBSHOP__BASE_URL"])


def test_it_goes_on_with_the_world_that_is_there(tmp_path: Path) -> None:
    run_until_served(tmp_path, seed=3)

    lines, _ = run_until_served(tmp_path, seed=4)

    assert any("The world of seed 3" in line for line in lines)


def test_a_fault_that_was_asked_for_happens_and_is_counted(tmp_path: Path) -> None:
    lines: list[str] = []
    answers: list[int] = []
    stop = threading.Event()

    def out(line: str) -> None:
        lines.append(line)
        if "Ctrl-C" in line:
            address = exported(lines)["SOURCES__CUSTOMWEBSHOP__BASE_URL"]
            answers.extend(
                httpx2.get(f"{address}/customers").status_code for _ in range(2)
            )
            stop.set()

    faults = ["customwebshop:list:error_before", "crmoffice:update:slow"]
    run_simulators(tmp_path, ports=ANY_PORT, faults=faults, out=out, stop=stop)

    assert answers == [500, 401]
    assert "# customwebshop:list:error_before happened 1 times." in lines
    assert "# crmoffice:update:slow never happened." in lines


def test_a_fault_that_there_is_not_is_wrong_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no kind of fault 'rust'"):
        run_simulators(tmp_path, faults=["crmoffice:list:rust"])


def test_an_unknown_size_is_wrong_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="small, medium, large"):
        run_simulators(tmp_path, size="tiny")


def test_a_port_that_is_taken_is_wrong_configuration(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ports = {"custompms": taken.getsockname()[1]}

        with pytest.raises(ConfigurationError, match="still there"):
            run_simulators(tmp_path, ports=ports, out=lambda line: None)
