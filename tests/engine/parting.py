"""A person ends a link and wants all of it back; what must be true when it is quiet."""

import json
from typing import TYPE_CHECKING

from ledger.ledger import open_ledger
from lenke.people.links import unlink
from lenke.people.put_back import copied
from lenke.people.to_be import Pair
from tests.engine.seeds import flows, held, members
from tests.engine.violation import Violation

if TYPE_CHECKING:
    from tests.engine.engine import Engine

_WANTED = """
select decisions.target_key, decisions.property, decisions.decided_value, done.outcome
from ledger.decisions as decisions
left join ledger.done_decisions as done on decisions.decision_id = done.decision_id
where decisions.kind = 'put_back_target'
order by all
"""


def a_person_ends_a_link(world: "Engine", seed: int) -> None:
    """Unlink a pair that a rule has linked, and put back what came over the link."""
    pairs = [
        Pair(*link)
        for link in world.links()
        if flows()[link[0]].mode == "match" and not {*link[1:]} & world.removed
    ]
    if not pairs or world.backed_up_after is not None or world.is_restored:
        return
    pair = pairs[seed % len(pairs)]
    found = copied(world.home, pair)
    if found is None:  # the warehouse is lost
        return
    with open_ledger(world.home.ledger, world.clock) as ledger:
        unlink(ledger, pair, None, found, put_back=True)
    # What its star goes on with is of somebody who typed it while they were linked.
    for (key, name), values in list(world.typed.items()):
        if key == pair.target_key:
            world.typed.setdefault((pair.source_key, name), set()).update(values)


def what_was_put_back_is_there(engine: "Engine") -> None:
    """Check that each value to put back is there, or was left for a reason."""
    linked = {target for _, _, target in engine.links()}
    for key, name, value, outcome in engine.ledger(_WANTED):
        record = engine.record(key)
        if record is None or key in engine.removed:
            continue
        if outcome is None:
            raise Violation(f"P10: {name} of {key} waits to be put back: {value}")
        if outcome != "carried_out" or key in linked or _was_lied_to(engine, key):
            continue
        system, entity, _ = key.split(":", 2)
        [path] = {
            each.json_path
            for each in members()[system, entity]
            if each.property == name
            and each.flow
            and flows()[each.flow].mode == "match"
        }
        if held(record, path) != json.loads(value):
            raise Violation(
                f"P3: {path} of {key} is {held(record, path)!r}, put back was {value}"
            )


def _was_lied_to(engine: "Engine", key: str) -> bool:
    return any(place == key for _, place in engine.faults.reached_on)
