"""What people type, and what it stands for: an independent spelling of each kind."""

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.engine._seeds import Member

if TYPE_CHECKING:
    from tests.engine._engine import Engine

_DAY_ONE = date(2027, 1, 1)


def typed_value(engine: "Engine", member: Member, style: int, key: str) -> Any:
    """Give something new to type there; NotImplemented when there is nothing to type.

    `style` picks a spelling: plain, with blanks, long, emptied, ...
    """
    number = engine.token()
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
            return text[:room]
        case "email":
            return f"{'Person' if style == 1 else 'p'}{number}@firma.example"
        case "phone":
            digits = f"9{number:07}"
            return {
                1: f"+47 {digits[:2]} {digits[2:]}",
                2: f"+47{digits}",
                3: f"0047{digits}",
            }.get(style, f"+47{digits}")
        case "organization_number":
            digits = f"9{number:08}"
            return digits if style else f"{digits[:3]} {digits[3:6]} {digits[6:]}"
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
    if native is None or (isinstance(native, str) and not native.strip()):
        return None
    match member.kind:
        case "phone":
            digits = re.sub(r"[^\d+]", "", str(native))
            digits = re.sub(r"^00", "+", digits)
            return digits if digits.startswith("+") else f"+47{digits}"
        case "organization_number":
            return re.sub(r"\s", "", str(native))
        case "local_time":
            return str(native)[:19]
        case "date":
            return str(native)[:10]
        case "boolean":
            return "true" if native else "false"
        case "number":
            return f"{float(native):g}"
        case "reference":
            return _referred(engine, member, str(native))
    return str(native).strip()


def _referred(engine: "Engine", member: Member, record_id: str) -> str | None:
    from tests.engine._seeds import flows

    flow = flows()[member.through_flow]
    if (member.system, member.entity) != _entity_of_targets(member):
        return ":".join((*flow.source, record_id))
    target_key = ":".join((*flow.target, record_id))
    for name, source_key, key in engine.links():
        if name == flow.name and key == target_key:
            return source_key
    return f"unlinked {target_key}"


def _entity_of_targets(member: Member) -> tuple[str, str]:
    from tests.engine._seeds import flows

    return flows()[member.flow or ""].target


def as_stored(member: Member, agreed: str | None) -> str | None:
    """Give what a member holds of an agreed value, in our spelling."""
    if agreed is None:
        return None
    if member.kind == "date":
        return agreed[:10]
    if member.kind == "email" and member.system in ("customwebshop", "custompms"):
        return agreed.lower()
    if member.kind == "text" and member.max_length:
        return agreed[: member.max_length].strip()
    return agreed
