"""A person has a record, a flow or a system rest, and lets it take part again.

What rests loses nothing: what is edited meanwhile is merged when it wakes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC

from connections.http.errors import ConfigurationError
from connections.settings.nearest import nearest
from connections.settings.read import systems
from ledger.ledger import Ledger
from lenke.home.places import Home
from lenke.people.decided import Decision, write_down
from lenke.people.links import flows_by_name
from lenke.people.until import moment
from lenke.showing.local_time import shown
from lenke.showing.meant import records_meant


@dataclass(frozen=True)
class Resting:
    """What rests or is to rest: the name of a flow or a system, or a record's key."""

    kind: str
    name: str


def meant(home: Home, typed: str) -> Resting:
    """Tell what is meant by what a person types.

    Raises ConfigurationError when nobody knows such a thing, or when it is several
    records.
    """
    wanted, flows = typed.strip(), flows_by_name()
    if wanted in flows:
        return Resting("flow", wanted)
    if wanted in systems():
        return Resting("system", wanted)
    if "__" in wanted or (wanted.isalpha() and len(wanted) > 3):
        like = nearest(wanted, [*flows, *systems()])
        raise ConfigurationError(
            f"There is no flow or system {typed!r}. "
            + (f"Did you mean {like}? " if like else "")
            + "A record goes by its key (tidsbanken:ansatt:412) or its id. Systems: "
            f"{', '.join(systems())}; `lenke status` names the flows."
        )
    found = records_meant(home, wanted) or []
    if len(found) > 1:
        raise ConfigurationError(
            f"{typed!r} names {len(found)} records. Type the key of one: "
            + ", ".join(map(str, found[:5]))
        )
    return Resting("record", found[0].key)


def pause(
    ledger: Ledger, resting: Resting, until: str | None, reason: str | None
) -> str:
    """Decide that it rests from the next run on; give what follows, in words."""
    now = ledger.now().replace(tzinfo=UTC)
    ends = moment(until, now) if until is not None else None
    told = None if ends is None else f"{ends:%Y-%m-%dT%H:%M:%SZ}"
    write_down(ledger, [_decision("pause", resting, told)], reason)
    follows = {
        "flow": "nothing is linked, created or written in it, and its links rest",
        "system": "it is neither read nor written, and its flows rest",
        "record": "it is neither read singly nor written, nor linked, and its links "
        "rest",
    }[resting.kind]
    return (
        f"{resting.name} is paused"
        + (f" until {shown(ends)}, Norwegian time" if ends else "")
        + f": from the next run on {follows}. Nothing is lost: what is edited "
        "meanwhile is merged when it takes part again. To end it"
        + (" before: " if ends else ": ")
        + f"lenke resume {resting.name}"
    )


def resume(ledger: Ledger, resting: Resting, reason: str | None) -> str:
    """Decide that it takes part again.

    Raises ConfigurationError when nobody has paused it.
    """
    paused = pauses(ledger)
    if resting.name not in paused:
        off = (
            resting.kind == "flow"
            and flows_by_name()[resting.name].get("is_enabled", "true") == "false"
        )
        raise ConfigurationError(
            f"{resting.name} is not paused. "
            + (
                "It is off: seeds/flows.csv, is_enabled."
                if off
                else f"Paused: {', '.join(paused) or 'nothing'}."
            )
        )
    write_down(ledger, [_decision("resume", resting, None)], reason)
    return (
        f"{resting.name} takes part again from the next run on; what was edited "
        "meanwhile is merged then. `lenke plan` shows what it would write."
    )


def pauses(ledger: Ledger) -> Mapping[str, object]:
    """Give until when each flow, system and record rests; None: nobody has said."""
    return dict(ledger.ask("pauses", now=ledger.now()))


def _decision(kind: str, resting: Resting, value: str | None) -> Decision:
    """A record stands where its links have it: as source, or as target."""
    if resting.kind == "flow":
        return Decision(kind, None, flow=resting.name, decided_value=value)
    is_target = any(
        (row["target_system"], row["target_entity"])
        == tuple(resting.name.split(":", 2)[:2])
        for row in flows_by_name().values()
    )
    if resting.kind == "record" and is_target:
        return Decision(kind, None, target_key=resting.name, decided_value=value)
    return Decision(kind, resting.name, decided_value=value)
