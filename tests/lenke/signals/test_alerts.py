"""Who is told what, when: what stands has changed, or lasts for a day."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from connections.http.errors import ConfigurationError
from lenke.home.places import Home
from lenke.signals import alerts
from lenke.signals.alerts import Alert, AlertNotSent, Told
from lenke.signals.health import Trouble

NOW = datetime(2026, 2, 2, 7, 0)
OUT = Trouble("system_not_read crmoffice", "crmoffice: no answer", "lenke doctor")
GUARD = Trouble("mass_change flow", "mass_change: too many", "lenke plan")


class Hook(BaseHTTPRequestHandler):
    """A webhook that keeps what it was sent, and answers what the test says."""

    answer: ClassVar[int] = 200
    sent: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        """Take one alert."""
        length = int(self.headers["Content-Length"])
        self.sent.append(json.loads(self.rfile.read(length)))
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


class Mailbox(socketserver.StreamRequestHandler):
    """A mail server that takes one mail."""

    mails: ClassVar[list[str]] = []

    def handle(self) -> None:
        """Answer as far as a mail needs it."""
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                lines = list(iter(self.rfile.readline, b".\r\n"))
                self.mails.append(b"".join(lines).decode())
            self.wfile.write(b"250 fine\r\n")


@contextmanager
def serving(server: socketserver.TCPServer) -> Iterator[str]:
    """Serve in a thread; give host and port."""
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    ).start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a webhook."""
    monkeypatch.setattr(Hook, "sent", [])
    monkeypatch.setattr(Hook, "answer", 200)
    with serving(HTTPServer(("127.0.0.1", 0), Hook)) as place:
        yield f"json://{place}/hook"


def test_nobody_is_told_that_all_is_well_as_ever(tmp_path: Path, hook: str) -> None:
    alerts.tell(Home(tmp_path), hook, [], NOW)

    assert Hook.sent == []
    assert list(tmp_path.iterdir()) == []


def test_a_change_is_told_once_then_once_a_day_and_then_its_end(
    tmp_path: Path, hook: str
) -> None:
    home = Home(tmp_path)

    def told(troubles: list[Trouble], hours: float) -> list[str]:
        before = len(Hook.sent)
        alerts.tell(home, hook, troubles, NOW + timedelta(hours=hours))
        return [each["title"] for each in Hook.sent[before:]]

    assert told([OUT], 0) == ["Lenke: 1 thing to look at"]
    assert told([OUT], 1) == []
    assert told([OUT, GUARD], 2) == ["Lenke: 2 things to look at, 1 new"]
    assert told([OUT, GUARD], 25) == []
    assert told([GUARD, OUT], 26) == ["Lenke: 2 things to look at, still"]
    assert "since 2026-02-02 08:00:" in Hook.sent[-1]["message"]
    assert told([GUARD], 27) == ["Lenke: 1 thing to look at"]
    assert told([], 28) == ["Lenke: all well again"]
    assert told([], 60) == []


def test_it_says_what_stands_and_what_to_type(tmp_path: Path, hook: str) -> None:
    alerts.tell(Home(tmp_path), hook, [OUT], NOW)

    assert "- crmoffice: no answer\n  lenke doctor" in Hook.sent[0]["message"]
    assert str(tmp_path) in Hook.sent[0]["message"]


def test_what_nobody_took_is_told_by_the_next_run(tmp_path: Path, hook: str) -> None:
    Hook.answer = 500
    with pytest.raises(AlertNotSent, match="The next run sends it again"):
        alerts.tell(Home(tmp_path), hook, [OUT], NOW)
    Hook.answer = 200

    alerts.tell(Home(tmp_path), hook, [OUT], NOW)

    assert len(Hook.sent) == 2


def test_a_file_that_is_cut_off_lets_it_be_told_again(
    tmp_path: Path, hook: str
) -> None:
    home = Home(tmp_path)
    alerts.tell(home, hook, [OUT], NOW)
    home.alerts.write_text(home.alerts.read_text()[:20])

    alerts.tell(home, hook, [OUT], NOW)

    assert len(Hook.sent) == 2
    assert home.alerts.stat().st_mode & 0o077 == 0


def test_a_mail_arrives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Mailbox, "mails", [])
    hostile = Trouble("x", "<script>alert(1)</script>\x1b[2J", "lenke status")
    with serving(socketserver.TCPServer(("127.0.0.1", 0), Mailbox)) as place:
        address = f"mailto://{place}?from=lenke@example.com&to=vakt@example.com"
        alerts.tell(Home(tmp_path), address, [hostile], NOW)

    [mail] = Mailbox.mails
    assert "Subject: Lenke: 1 thing to look at" in mail
    assert "To: vakt@example.com" in mail
    assert "Content-Type: text/plain" in mail
    assert "\x1b" not in mail


def test_several_addresses_are_told(tmp_path: Path, hook: str) -> None:
    alerts.tell(Home(tmp_path), f"{hook},{hook}/other", [OUT], NOW)

    assert len(Hook.sent) == 2


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("json://example.com/geheim", "sends in clear text. Write jsons://"),
        ("mailto://per:geheim@example.com", "sends in clear text. Write mailtos://"),
        ("geheim://example.com", "none that Apprise can read"),
        ("jsons://", "none that Apprise can read"),
        ("what is this", "none that Apprise can read"),
    ],
)
def test_an_address_that_can_not_be_is_refused_without_its_password(
    address: str, words: str
) -> None:
    with pytest.raises(ConfigurationError, match=words) as refused:
        alerts.refuse_addresses(address)

    assert "geheim@" not in str(refused.value)
    assert "/geheim" not in str(refused.value)


def test_an_alert_of_many_is_one_message() -> None:
    many = [Trouble(f"{each}", f"thing {each}", "lenke status") for each in range(3)]

    told = alerts.alert_of(Told(), many, NOW, Home(Path("/srv/lenke")))

    assert isinstance(told, Alert)
    assert all(each.words in told.body for each in many)
