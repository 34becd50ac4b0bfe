"""What is never shown: the keys of a session, however spelt, and identity numbers.

Systems put what we sent them into their answers: a key in an address, a header in an
error, a body in base64. Whatever is quoted from an answer goes through here first.
"""

import json
import logging
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote, quote_plus

# At debug level the first logs whole addresses, the second the headers of answers.
for _library in ("httpx2", "httpcore2"):
    logging.getLogger(_library).setLevel(logging.WARNING)

# So much of an answer is looked at to quote its start; nobody reads more of an error.
_LOOKED_AT = 20_000

# Shorter ones would take ordinary words out of messages.
_SHORTEST_SECRET = 4

# Every secret that a session of this process has met. A process may have several
# sessions, one after the other, and what breaks in one can hold what another met.
_met: set[str] = set()

# What could be a key in the answer to a sign-in, be it JSON, half of one, or a form.
_COULD_BE_A_KEY = re.compile(r"[\w.~+/=\\-]{16,}")

# Norwegian national identity numbers have eleven digits: six, three and two, in which
# people put blanks, dots and dashes. An address spells a blank as %20 or a plus.
_GAP = r"(?:[\s.\-\u2010-\u2015+]|%20|\\u00a0|\\[nrt])?"
_NATIONAL_ID = re.compile(
    r"(?:(?<!\d)|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4}))"
    rf"\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{2}}(?!\d)"
)


# What can only be a key, whoever's: a header's, a signed token, a named parameter.
_SHAPES_OF_KEYS = (
    re.compile(
        r"(?i)(\b(?:bearer|basic)(?:[\s:=\"']|%20|%3a|\+)+)"
        r"(?!auth|token\b|realm\b|scheme\b)[\w.~+/=%-]{4,}"
    ),
    re.compile(r"()\beyJ[\w-]{6,}(?:\.[\w-]*){1,4}"),
    re.compile(
        r"(?i)(\b(?:[\w-]*(?:api|application|client|subscription|tb)[-_]?key"
        r"|[\w-]*(?:secret|password)|(?:access|refresh)[-_]?token)"
        r"[\"']*\s*(?:=|%3d|:\s?(?=[\"']))\s*[\"']?)[^\s\"'&,;<>]{4,}"
    ),
)

# Written by us: `system:entity:01410012345`.
_SYSTEMS = "|".join(
    sorted(
        path.stem
        for path in Path(__file__).parents[1].glob("*.py")
        if not path.stem.startswith("_")
    )
)
_RECORD_KEY = re.compile(rf"(\b(?:{_SYSTEMS}):\w+:[\w/-]+)")


def without_national_ids(text: str) -> str:
    """Give the text with every identity number replaced by words."""
    return _NATIONAL_ID.sub("[eleven digits]", text)


def without_secrets(text: str) -> str:
    """Give the text without what any session of this process keeps secret."""
    return Secrets(_met.copy()).redacted(text)


def told(text: str) -> str:
    """Give words of ours as they may leave the process or reach a table.

    They may quote what others said: its keys and its identity numbers go. The key of a
    record (`system:entity:id`) stays, however many digits it has: it says which record.
    """
    parts = _RECORD_KEY.split(text)
    return "".join(
        without_keys(part) if number % 2 else without_secrets(part)
        for number, part in enumerate(parts)
    )


def without_keys(text: str) -> str:
    """Give words without keys: those that were met, and what has the shape of one."""
    for spelling in Secrets(_met.copy()).spellings:
        text = text.replace(spelling, "***")
    return _without_shapes(text)


def _without_shapes(text: str) -> str:
    for shape in _SHAPES_OF_KEYS:
        text = shape.sub(r"\1***", text)
    return text


def possible_keys(answer: str) -> list[str]:
    """Give everything in the answer to a sign-in that could be a key.

    It is kept out of sight from the moment it arrives, also when it cannot be read.
    """
    found = [key for key in _COULD_BE_A_KEY.findall(answer) if key[:2] != "//"]
    return [spelt for key in found for spelt in (key, key.replace("\\/", "/"))]


class Secrets:
    """The secrets that a session has met; none is forgotten. Threads may share it."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._spellings: tuple[str, ...] = ()
        self.add(secrets)

    def add(self, secrets: Iterable[str]) -> None:
        """Keep these out of everything from now on."""
        long_enough = {one for one in secrets if len(one) >= _SHORTEST_SECRET}
        _met.update(long_enough)
        fresh = {spelling for one in long_enough for spelling in _spellings(one)}
        # Longest first: what remains of a longer one must not be shown.
        self._spellings = tuple(sorted(fresh | set(self._spellings), key=_longest))

    def redacted(self, text: str) -> str:
        """Give the text without the secrets and without identity numbers."""
        for spelling in self._spellings:
            text = text.replace(spelling, "***")
        return without_national_ids(_without_shapes(text))

    @property
    def spellings(self) -> tuple[str, ...]:
        """All spellings of the secrets, the longest first."""
        return self._spellings

    def start_of(self, text: str, characters: int, *, one_line: bool = False) -> str:
        """Give the first characters, redacted before they are cut."""
        shown = self.redacted(text[:_LOOKED_AT])
        if len(text) > _LOOKED_AT and self._spellings:
            shown = shown[: -len(self._spellings[0])]  # the cut may have halved one
        if one_line:
            shown = " ".join(shown.split())
        return shown[:characters]


def _longest(spelling: str) -> tuple[int, str]:
    return -len(spelling), spelling


def _spellings(secret: str) -> Iterator[str]:
    yield secret
    for quoted in (quote(secret, safe=""), quote_plus(secret), quote(secret)):
        yield quoted
        yield re.sub("%..", lambda escape: escape[0].lower(), quoted)
    in_json = json.dumps(secret)[1:-1]
    yield in_json
    yield in_json.replace("/", "\\/")
    yield quote(quote(secret, safe=""), safe="")
    yield escape(secret)
    yield escape(secret).replace("&#x27;", "&#39;")
    yield secret.encode().hex()
    yield secret.encode().hex().upper()
    yield from _in_base64(secret.encode())


def _in_base64(secret: bytes) -> Iterator[str]:
    """Spell what base64 makes of a secret, wherever in a text it stands.

    Three bytes become four characters, so there are three ways to stand; characters
    that depend on the neighbours are left out.
    """
    for before in range(3):
        padded = bytes(before) + secret
        whole = len(padded) * 8 // 6
        for encoded in (b64encode(padded), urlsafe_b64encode(padded)):
            inner = encoded.decode()[-(-before * 8 // 6) : whole]
            if len(inner) >= 2 * _SHORTEST_SECRET:
                yield inner
