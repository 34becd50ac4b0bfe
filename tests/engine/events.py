"""What happens between two runs: people edit, hire, delete; files get lost; days pass.

Each event is a function of a world and a seed, by its own name in `EVENTS`.
"""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.engine import oracle
from tests.engine.parting import a_person_ends_a_link
from tests.engine.promises_of_values import in_step
from tests.engine.resting import everything_takes_part_again, somebody_pauses
from tests.engine.seeds import Member, members
from tests.engine.veils import a_property_is_hidden, a_property_is_seen_again
from tests.engine.world import (
    new_customer,
    new_employee,
    new_project,
    new_strangers,
)

if TYPE_CHECKING:
    from tests.engine.engine import Engine

# What all worlds of this process met: runs, schedules, faults that were reached.
done: Counter[str] = Counter()

_SOURCES = ("tidsbanken", "membercare")
_FEW = 20  # links that are left when nobody deletes any more


def nothing(world: "Engine", seed: int) -> None:
    """Let it be."""


def two_people_edit_one_star(world: "Engine", seed: int) -> None:
    """Edit one property in two members, more or less at the same time."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    stars: dict[tuple[str | None, str], list[tuple[str, Member]]] = {}
    for key, member in places(world):
        stars.setdefault((world.star_of(key), member.property), []).append(
            (key, member)
        )
    several = [each for each in stars.values() if len(each) > 1]
    for star in chance.sample(several, min(5, len(several))):
        one, other = chance.sample(star, 2)
        world.edit(*one, chance.randrange(6))
        world.clock.advance(chance.choice((0, 2, 10, 4000)))
        world.edit(*other, 0)


def two_people_move_one_project(world: "Engine", seed: int) -> None:
    """Move the start of a project in one system, and its end in another."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    starts: dict[str | None, list[tuple[str, Member]]] = {}
    ends: dict[str | None, list[tuple[str, Member]]] = {}
    for key, member in places(world):
        if member.property in ("StartDato", "FerdigDato"):
            found = starts if member.property == "StartDato" else ends
            found.setdefault(world.star_of(key), []).append((key, member))
    several = [star for star in starts if len(starts[star]) > 1 and star in ends]
    for star in chance.sample(several, min(3, len(several))):
        start = chance.choice(starts[star])
        end = chance.choice([each for each in ends[star] if each[0] != start[0]])
        first = len(world.edits)
        moved = [world.edit(*start, 0)]
        world.clock.advance(chance.choice((0, 2, 10, 4000)))
        moved.append(world.edit(*end, 0))
        if all(moved):
            world.moved_apart.append(tuple(world.edits[first:]))
            done["projects moved by two"] += 1


def somebody_is_new(world: "Engine", seed: int) -> None:
    """Hire somebody, win a customer, or begin a project with both."""
    world.newest += 1
    number = world.newest
    kinds = seed % 3
    if kinds != 1:
        new_employee(world, number)
    if kinds != 0:
        new_customer(world, number)
    if kinds == 2:
        new_project(world, number, 400 + number, f"K{number}")


def people_type_fillers(world: "Engine", seed: int) -> None:
    """Enter the same filler for an employee and for somebody's contact person."""
    world.newest += 1
    new_strangers(world, world.newest, ("-", "n/a", "x@", "ukjent", "\u3000")[seed % 5])
    done["fillers typed"] += 1


def a_contact_person_moves(world: "Engine", seed: int) -> None:
    """Let a linked contact person work for another customer: it gets another key."""
    linked = {target for _, _, target in world.links()}
    persons = [
        key for key in world.keys("powerofficego", "contactperson") if key in linked
    ]
    owners = world.keys("powerofficego", "customers")
    if not persons:
        return
    old, new_owner = persons[seed % len(persons)], owners[seed % len(owners)]
    system, entity, record_id = old.split(":", 2)
    owner = new_owner.rpartition(":")[2]
    new = f"{system}:{entity}:{owner}/{record_id.partition('/')[2]}"
    if new == old:
        return
    world.systems[system].edit(entity, record_id, {"ContactId": int(owner)})
    world.removed.add(old)
    world.removed.discard(new)
    world.by_people.add(new)
    world.note_unmapped(new)
    world.edits[:] = [
        replace(edit, member_key=new) if edit.member_key == old else edit
        for edit in world.edits
    ]
    done["contact persons moved"] += 1


def somebody_deletes(world: "Engine", seed: int) -> None:
    """Delete a linked record, in its source or in a target."""
    keys = sorted({link[1 + seed % 2] for link in world.links()} - world.removed)
    if len(keys) > _FEW and world.delete(keys[seed % len(keys)]):
        done["deleted"] += 1


def somebody_plans(world: "Engine", seed: int) -> None:
    """Look what a sync would do."""
    oracle.check_plan_changes_nothing(world)
    world.runs += 1
    done["plans"] += 1


def the_ledger_is_backed_up(world: "Engine", seed: int) -> None:
    """Put a copy of the ledger aside."""
    if world.home.ledger.exists() and not world.is_restored:
        shutil.copy(world.home.ledger, world.home.ledger.with_name("backup"))
        world.backed_up_after = world.runs


def an_old_ledger_is_restored(world: "Engine", seed: int) -> None:
    """Take the backup; what everybody had in common must outlive that."""
    if world.backed_up_after in (None, world.runs) or world.is_restored:
        return
    a_property_is_seen_again(world, seed)
    world.before_restoring = in_step(world)
    world.edits.clear()
    world.moved_apart.clear()
    ledger = world.home.ledger
    shutil.copy(ledger.with_name("backup"), ledger)
    world.note_restored()
    done["restored"] += 1


def the_warehouse_is_lost(world: "Engine", seed: int) -> None:
    """Delete what can be made again."""
    world.home.warehouse.unlink(missing_ok=True)


def time_passes(world: "Engine", seed: int) -> None:
    """Wait an hour, a day or a week."""
    world.clock.advance((1, 25, 200)[seed % 3] * 3600)


EVENTS: dict[str, Callable[["Engine", int], None]] = {
    event.__name__: event
    for event in (
        nothing,
        two_people_edit_one_star,
        two_people_move_one_project,
        somebody_is_new,
        people_type_fillers,
        a_contact_person_moves,
        somebody_deletes,
        somebody_plans,
        the_ledger_is_backed_up,
        an_old_ledger_is_restored,
        the_warehouse_is_lost,
        time_passes,
        a_property_is_hidden,
        a_property_is_seen_again,
        somebody_pauses,
        everything_takes_part_again,
        a_person_ends_a_link,
    )
}


def people_edit(world: "Engine", seed: int) -> None:
    """Edit properties all over the world: none, or up to eighty."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    somewhere = places(world)
    for key, member in chance.choices(somewhere, k=chance.choice((0, 20, 40, 80))):
        world.clock.advance(chance.choice((0, 1, 3, 30, 4000)))
        world.edit(key, member, chance.randrange(6))


def places(world: "Engine") -> list[tuple[str, Member]]:
    """Give what can be edited now: records that are linked, or are sources."""
    flow_of = {target: flow for flow, _, target in world.links()}
    found = []
    for (system, entity), its in sorted(members().items()):
        is_target = system not in _SOURCES
        for key in world.keys(system, entity):
            if is_target and key not in flow_of:
                continue
            once = {
                each.property: each
                for each in its
                if each.is_editable and (not is_target or each.flow == flow_of[key])
            }
            found += [(key, member) for member in once.values()]
    return found
