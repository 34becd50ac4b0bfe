"""Alerts: when what stands has changed, and once a day while trouble lasts.

Where they go is a list of addresses of Apprise (mail, a webhook, a chat). What was told
last stands in a file of the home, so a quiet run tells nobody anything.
"""

import json
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from connections.http.errors import ConfigurationError, LenkeError
from connections.private.files import write_private
from lenke.home.places import Home
from lenke.showing.layout import visible
from lenke.showing.local_time import shown
from lenke.signals.health import Trouble

STILL_AFTER = timedelta(hours=24)

# Addresses of Apprise that send in clear text; on this machine they may.
_IN_CLEAR = ("form", "json", "mailto", "xml")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class AlertNotSent(LenkeError):  # noqa: N818 - it says what happened
    """Not every address took an alert; the next run tries again."""


@dataclass(frozen=True)
class Told:
    """What was told last: the keys of what stood, since when, and when it was told."""

    keys: Sequence[str] = ()
    since: datetime | None = None
    told_at: datetime | None = None


@dataclass(frozen=True)
class Alert:
    """One message: what a phone shows of it, and all of it."""

    title: str
    body: str


def tell(
    home: Home, addresses: str, troubles: Sequence[Trouble], now: datetime
) -> None:
    """Send what there is to tell, and remember that it was told.

    `now` is in UTC. Raises ConfigurationError for an address that can't be, and
    AlertNotSent when not every address took it; then it is still to be told to all.
    """
    before = _read(home)
    alert = alert_of(before, troubles, now, home)
    if alert is None:
        return
    _send(addresses, alert)
    keys = sorted(each.key for each in troubles)
    since = before.since if before.keys and keys else now
    _write(home, Told(keys, since if keys else None, now))


def alert_of(
    before: Told, troubles: Sequence[Trouble], now: datetime, home: Home
) -> Alert | None:
    """Say what is to be told now; None for nothing."""
    keys = sorted(each.key for each in troubles)
    is_new = keys != list(before.keys)
    is_due = before.told_at is None or now - before.told_at >= STILL_AFTER
    if not is_new and not (keys and is_due):
        return None
    where = f"{home.folder} on {socket.gethostname()}"
    if not keys:
        return Alert("Lenke: all well again", f"Nothing stands any more in {where}.\n")
    new = [each for each in troubles if each.key not in before.keys]
    counted = "1 thing" if len(keys) == 1 else f"{len(keys)} things"
    news = f", {len(new)} new" if new and before.keys else "" if is_new else ", still"
    title = f"Lenke: {counted} to look at{news}"
    since = f", since {shown(before.since)}" if before.since and before.keys else ""
    return Alert(
        title,
        "\n".join(
            [
                f"In {where}{since}:",
                *(
                    f"\n- {visible(each.words)}\n  {visible(each.next_step)}"
                    for each in troubles
                ),
                "",
            ]
        ),
    )


def refuse_addresses(addresses: str) -> None:
    """Raise ConfigurationError for an address that Apprise doesn't know, or in clear.

    It is never repeated whole: it holds a password.
    """
    from apprise import Apprise

    for number, address in enumerate(_split(addresses), 1):
        scheme, host = urlsplit(address).scheme, urlsplit(address).hostname
        if scheme in _IN_CLEAR and host not in _LOOPBACK:
            raise ConfigurationError(
                f"[lenke] alerts: address {number} ({scheme}://) sends in clear text. "
                f"Write {scheme}s:// instead."
            )
        if Apprise.instantiate(address) is None:
            raise ConfigurationError(
                f"[lenke] alerts: address {number} ({scheme}://) is none that Apprise "
                "can read. jsons://HOST/PATH is a webhook, "
                "mailtos://USER:PASSWORD@HOST?to=ADDRESS a mail."
            )


def _split(addresses: str) -> list[str]:
    from apprise.utils.parse import parse_urls

    return list(parse_urls(addresses))  # type: ignore[no-untyped-call]


def _send(addresses: str, alert: Alert) -> None:
    from apprise import Apprise, NotifyFormat

    refuse_addresses(addresses)
    sender = Apprise()
    sender.add(_split(addresses))
    if not sender.notify(
        body=alert.body, title=alert.title, body_format=NotifyFormat.TEXT
    ):
        raise AlertNotSent(
            "Not every address of [lenke] alerts took the alert. The next run sends it "
            "again."
        )


def _read(home: Home) -> Told:
    try:
        told = json.loads(home.alerts.read_text(encoding="utf-8"))
        return Told(
            told["keys"],
            told["since"] and datetime.fromisoformat(told["since"]),
            datetime.fromisoformat(told["told_at"]),
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return Told()


def _write(home: Home, told: Told) -> None:
    write_private(
        home.alerts,
        json.dumps(
            {"keys": told.keys, "since": told.since, "told_at": told.told_at},
            default=str,
        ),
    )
