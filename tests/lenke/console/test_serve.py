"""The command serves until it is stopped, and says where."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.lenke.console.reading import read

LENKE = [sys.executable, "-m", "lenke"]


def test_it_says_where_it_is_and_is_stopped_like_any_command(home: Path) -> None:
    with subprocess.Popen(
        [*LENKE, "console", "--port", "0"],
        env={**os.environ, "LENKE_HOME": str(home), "PYTHONUNBUFFERED": "1"},
        stderr=subprocess.PIPE,
        text=True,
        # In the background of a script, nothing would hear a Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as served:
        assert served.stderr is not None
        said = served.stderr.readline()
        [address] = re.findall(r"http://127\.0\.0\.1:\d+/", said)
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - ours, on loopback
            page = read(answer.read().decode())
            headers = answer.headers
        served.send_signal(signal.SIGINT)
        try:
            assert served.wait(10) == 0
        finally:
            served.kill()

    assert f"shows {home}. Stop it with Ctrl-C. Everybody on this machine" in said
    assert "5 findings" in page.text
    assert "Server" not in headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none';")


def test_an_address_that_others_reach_needs_a_password(home: Path) -> None:
    done = subprocess.run(
        [*LENKE, "console", "--host", "0.0.0.0"],  # noqa: S104 - it is refused
        env={**os.environ, "LENKE_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=30,
    )

    assert done.returncode == 2
    assert "no password is set" in done.stderr
    assert "LENKE__CONSOLE_PASSWORD" in done.stderr
