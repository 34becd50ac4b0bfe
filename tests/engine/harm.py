"""Faults of the simulators, chosen for a run: which kind, where, how often.

Every kind that the simulators can do is among them, at an operation that it can harm.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from simulators.faults.fault import Fault
from simulators.faults.lists import LISTS
from simulators.faults.plan import KINDS
from simulators.faults.refusals import REFUSALS
from simulators.faults.values import VALUES
from tests.engine.seeds import Member, members

if TYPE_CHECKING:
    from tests.engine.engine import Engine

WRITING = ("create", *["update"] * 8, "delete")
ANYWHERE = (*WRITING, *["any"] * 6, *["list"] * 6, "read", "sign_in")
LASTING = ("list_stale",)  # old only once it has been seen: it outlives its run

_SETTLED_BY_THEN = (300.0, 3600.0)


def fault_at(engine: "Engine", kind: str, system: str, seed: int) -> Fault | None:
    """Give a fault of this kind: the rest of it is chosen by the seed.

    None when there is nothing yet that it could harm.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    fault = Fault(
        kind,
        system,
        _operation(kind, chance),
        count=chance.choice((1, 1, 2, 5, None)),
        skip=chance.choice((0, 0, 0, 0, 1, 2, 5)),
    )
    if kind == "timeout_applied_late":
        return replace(fault, seconds=chance.choice(_SETTLED_BY_THEN))
    if kind == "privilege_missing":  # of a whole entity, for the whole run
        entity, _ = _a_member(system, chance)
        return replace(fault, operation="any", entity=entity, count=None, skip=0)
    if kind == "person_edits":
        return _with_a_person(engine, fault, chance)
    if kind in REFUSALS:
        entity, member = _a_member(system, chance)
        return replace(fault, entity=entity, member=member.json_path.rpartition(".")[2])
    if kind in VALUES:
        entity, member = _a_member(system, chance, _FITTING.get(kind, _any_member))
        name = member.json_path.rpartition(".")[2]
        if KINDS[kind].needs == "member":
            name = member.json_path.removeprefix("$.").partition(".")[0]
        return replace(fault, entity=entity, member=name)
    if kind in LISTS or chance.random() < 0.2:
        entity, _ = _a_member(system, chance)
        fault = replace(fault, entity=entity)
    if kind in LISTS and chance.random() < 0.3:
        fault = replace(fault, record_id=_a_record(engine, fault, chance))
    return fault


def _operation(kind: str, chance: random.Random) -> str:
    if kind in LISTS:
        return "list"
    where_written = ("write_ignored", "person_edits", "other_record")
    if kind in where_written or kind in REFUSALS or kind.startswith("stored"):
        return chance.choice(WRITING[:-1])
    if kind in VALUES:
        return "any"
    if kind == "timeout_applied_late":
        return chance.choice(WRITING)
    return chance.choice(ANYWHERE)


def _any_member(_member: Member) -> bool:
    return True


# What a kind can harm, where that is not everything.
_FITTING: dict[str, Callable[[Member], bool]] = {
    "stored_phone": lambda member: member.kind == "phone",
    "member_number_as_text": lambda member: member.wire_type in ("integer", "number"),
}


def _a_member(
    system: str,
    chance: random.Random,
    fits: Callable[[Member], bool] = _any_member,
) -> tuple[str, Member]:
    """Give an entity and a member of it; one that fits, if the system has one."""
    its = {
        entity: each for (owner, entity), each in members().items() if owner == system
    }
    having_one = [entity for entity, members in its.items() if any(map(fits, members))]
    entity = chance.choice(sorted(having_one or its))
    known = [each for each in its[entity] if "_derived" not in each.json_path]
    known = list(filter(fits, known)) or known
    return entity, chance.choice(sorted(known, key=lambda each: each.json_path))


def _a_record(engine: "Engine", fault: Fault, chance: random.Random) -> str | None:
    keys = engine.keys(fault.system, fault.entity or "")
    return chance.choice(keys).split(":", 2)[2] if keys else None


def _with_a_person(
    engine: "Engine", fault: Fault, chance: random.Random
) -> Fault | None:
    """Let a person edit the very record that a request is about."""
    flow_of = {target: flow for flow, _, target in engine.links()}
    there = [key for key in sorted(flow_of) if key.startswith(f"{fault.system}:")]
    if not there:
        return None
    key = chance.choice(there)
    _, entity, record_id = key.split(":", 2)
    its = [
        each
        for each in members()[fault.system, entity]
        if each.is_editable and each.flow == flow_of[key]
    ]
    if not its:
        return None
    member = chance.choice(its)

    def edit() -> None:
        if engine.edit(key, member, 0):
            engine.edits[-1].is_in_window = is_in_window(fault.system)

    return replace(
        fault,
        operation="update",
        entity=entity,
        record_id=record_id,
        count=1,
        skip=0,
        action=edit,
    )


def is_in_window(system: str) -> bool:
    """Tell whether a write to a system can't say which version it is about."""
    return system in ("crmoffice", "tidsbanken", "membercare")
