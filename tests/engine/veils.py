"""A system hides a member of all its records for a while: only what we see changes."""

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.engine.memory import agreed_in, members_of, stars_of
from tests.engine.violation import Violation
from tests.engine.wire import Veil

if TYPE_CHECKING:
    from tests.engine.engine import Engine

MEMBERS = {
    "tidsbanken": ("Epost", "Telefon", "Mobil", "Poststed"),
    "powerofficego": ("EmailAddress", "PhoneNumber", "FirstName"),
    "customwebshop": ("email", "phone", "organizationNumber"),
    "custompms": ("email", "phone", "city"),
}
SHOWN = (None, "", "Hidden", "ikke tilgang")
_JUDGED = 7  # fewer records that held a value are judged one by one, or nearly so


def a_property_is_hidden(world: "Engine", seed: int) -> None:
    """Hide a member of one system: a run must neither believe that nor pass it on.

    A run before it has seen what people edited until then: no stamp is newer for that.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    if world.is_restored or world.wires_are_veiled():
        return
    seen = world.run(full=True)
    if seen is None or seen.exit_code:
        return
    system = chance.choice(sorted(MEMBERS))
    veil = Veil(chance.choice(MEMBERS[system]), chance.choice(SHOWN))
    before = agreed_in(world)
    judged = _judged(world, system, veil, before)
    if not judged:
        return
    world.wires[system].veil = veil
    world.run(full=True)
    after = agreed_in(world)
    for star, name in judged:
        now = after.get((star, name))
        if now in (None, "", veil.shown) and now not in world.typed.get(
            (star, name), set()
        ):
            raise Violation(
                f"what {system} hides of {star} {name} ({veil}) was passed on: "
                f"{before[star, name]!r} became {now!r}"
            )
        world.veiled += 1


def a_property_is_seen_again(world: "Engine", seed: int) -> None:
    """Let every system show everything again."""
    for wire in world.wires.values():
        wire.veil = None


def _judged(
    world: "Engine", system: str, veil: Veil, agreed: dict[tuple[str, str], Any]
) -> list[tuple[str, str]]:
    """Give the star-properties that are hidden; none where an entity has too few.

    Where few records hold a value, or all the same, nobody can tell that from edits.
    """
    held: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for source, targets in stars_of(world).items():
        for key, flow in [(source, flow) for flow, _ in targets] + [
            (target, flow) for flow, target in targets
        ]:
            if not key.startswith(f"{system}:"):
                continue
            for member in members_of(key, flow):
                value = agreed.get((source, member.property))
                place = member.json_path.rpartition(".")[2]
                if place == veil.member and value and member.direction != "on_create":
                    entity = key.split(":")[1]
                    held.setdefault((entity, member.name), []).append(
                        (source, member.property, value)
                    )
    found: list[tuple[str, str]] = []
    for places in held.values():
        once = set(places)
        by_value = Counter(value for _, _, value in once)
        if len(once) < _JUDGED or len(by_value) <= len(once) // 2:
            return []
        found += sorted((source, name) for source, name, _ in once)
    return found
