"""What people type, and what it stands for: an independent spelling of each kind."""

import re
import unicodedata
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.engine.seeds import Member, held
from tests.engine.settings import CODED, CODES, MEANT

if TYPE_CHECKING:
    from tests.engine.engine import Engine

_KEEPS_SMALL_LETTERS = ("customwebshop", "custompms")
_ENOUGH_LETTERS = 10  # for as many spellings as people type in a world
_DAY_ONE = date(2027, 1, 1)


def typed_value(engine: "Engine", member: Member, style: int, key: str) -> Any:
    """Give something new to type there; NotImplemented when there is nothing to type.

    `style` picks a spelling: plain, with blanks, long, emptied, ...
    """
    number = engine.token()
    if (member.flow, member.property) == CODED:
        codes = CODES if member.system == "tidsbanken" else MEANT
        return sorted(codes)[number % len(codes)]
    match member.kind:
        case "text":
            if style == 3 and not member.is_required:
                return "" if member.system == "tidsbanken" else None
            room = member.max_length or 100
            text = f"Æ{number:05}"
            if style == 1 and room >= 12:
                return f" {text}  "
            if style == 2:
                return text.ljust(room, "x")
            if style == 4 and room >= 16:
                return f"\u3000{text}\u00adx\u2009\u200b"
            if style == 5:
                return f"A\u030a{number:05}"[:room]
            return text[:room]
        case "email":
            if style == 4 and member.system == "tidsbanken":
                return f"\u2003p{number}@fir\u200bma.example\u200e"
            if style == 5 and member.system not in _KEEPS_SMALL_LETTERS:
                now = str(held(engine.record(key), member.json_path) or "")
                if sum(sign.isalpha() for sign in now) >= _ENOUGH_LETTERS:
                    return _in_other_letters(now, number)
            return f"{'Person' if style == 1 else 'p'}{number}@firma.example"
        case "phone":
            digits = f"9{number:07}"
            return {
                1: f"+47 {digits[:2]} {digits[2:]}",
                2: f"+47{digits}",
                3: f"0047{digits}",
                4: f"+46 (0)8 1{number:07}"[:20],
                5: f"\u202a{digits[:3]}\u2011{digits[3:]}",
            }.get(style, f"+47{digits}")
        case "organization_number":
            digits = f"9{number:08}"
            parts = (digits[:3], digits[3:6], digits[6:])
            return {
                0: " ".join(parts),
                4: "NO " + " ".join(parts) + " MVA",
                5: ".".join(parts),
            }.get(style, digits)
        case "number":
            return number % 26
        case "boolean":
            return style % 2 == 0
        case "local_time" | "date":
            return _day(member, number, style)
        case "reference":
            choices = _referable(engine, member)
            if not choices:
                return NotImplemented
            chosen = choices[(number + style) % len(choices)].split(":", 2)[2]
            return int(chosen) if member.wire_type == "integer" else chosen
    return NotImplemented


def _in_other_letters(text: str, number: int) -> str:
    """Give the same text with capitals where the number has bits: each differs."""
    bits = count()
    return "".join(
        sign.upper() if sign.isalpha() and number >> next(bits) & 1 else sign.lower()
        for sign in text
    )


def is_in_other_letters(member: Member, one: str | None, other: str | None) -> bool:
    """Say whether two e-mail addresses differ in capital letters at most."""
    return member.kind == "email" and (one or "").casefold() == (other or "").casefold()


def _day(member: Member, number: int, style: int) -> str:
    late = member.property in ("FerdigDato", "payDueDate")
    day = _DAY_ONE + timedelta(days=number + (9000 if late else 0))
    if member.kind == "date":
        return day.isoformat()
    return f"{day}T{'08:30:00' if style == 1 else '00:00:00'}"


def _referable(engine: "Engine", member: Member) -> list[str]:
    links = [
        (source_key, target_key)
        for flow, source_key, target_key in engine.links()
        if flow == member.through_flow
    ]
    at = 0 if member.system in ("tidsbanken", "membercare") else 1
    return [pair[at] for pair in links if pair[at] not in engine.removed]


def canonical(engine: "Engine", member: Member, native: Any) -> str | None:
    """Give what a stored value stands for."""
    seen = _without_what_nobody_sees(str(native), everywhere=member.kind != "text")
    if native is None or not seen:
        return None
    if _has_codes(member):
        return MEANT.get(seen, seen)
    match member.kind:
        case "phone":
            digits = re.sub(r"[^\d+]", "", seen.replace("(0)", ""))
            digits = re.sub(r"^00", "+", digits)
            digits = re.sub(r"^\+460", "+46", digits)  # a nought dialled in Sweden only
            return digits if digits.startswith("+") else f"+47{digits}"
        case "organization_number":
            return re.sub(r"\D", "", seen)
        case "email":
            return seen
        case "local_time":
            return str(native)[:19]
        case "date":
            return str(native)[:10]
        case "boolean":
            return "true" if native else "false"
        case "number":
            return f"{float(native):g}"
        case "reference":
            return _referred(engine, member, seen)
    return seen


def _without_what_nobody_sees(text: str, *, everywhere: bool) -> str:
    """Leave out blanks of all kinds around it, and signs without a form."""
    hidden = {sign for sign in text if unicodedata.category(sign) in ("Cf", "Cc")}
    if everywhere:
        text = "".join(sign for sign in text if sign not in hidden)
    return text.strip("".join(hidden | {s for s in text if s.isspace()}))


def _referred(engine: "Engine", member: Member, record_id: str) -> str | None:
    from tests.engine.seeds import flows

    flow = flows()[member.through_flow]
    if (member.system, member.entity) != _entity_of_targets(member):
        return ":".join((*flow.source, record_id))
    target_key = ":".join((*flow.target, record_id))
    for name, source_key, key in engine.links():
        if name == flow.name and key == target_key:
            return source_key
    return f"unlinked {target_key}"


def _entity_of_targets(member: Member) -> tuple[str, str]:
    from tests.engine.seeds import flows

    return flows()[member.flow or ""].target


def _has_codes(member: Member) -> bool:
    return (member.flow, member.property, member.system) == (*CODED, "custompms")


def as_stored(member: Member, agreed: str | None) -> str | None:
    """Give what a member holds of an agreed value, in our spelling."""
    if agreed is None:
        return None
    if _has_codes(member):
        return agreed  # what has no code is held, and found
    if member.kind == "date":
        return agreed[:10]
    if member.kind == "email" and member.system in _KEEPS_SMALL_LETTERS:
        return agreed.lower()
    if member.kind == "text" and member.max_length:
        return agreed[: member.max_length].strip()
    return agreed
