"""People, faults and kills in any order, as Hypothesis chooses them."""

import os
import random
import shutil
from collections import Counter
from contextlib import ExitStack
from typing import Any

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from connections._points import POINTS
from tests.engine import _oracle as oracle
from tests.engine._engine import Engine, killed_at
from tests.engine._opening import engine
from tests.engine._seeds import Member, members
from tests.engine._wire import KILLS, READS, WRITES
from tests.engine._world import new_customer, new_employee, new_project

SYSTEMS = (
    "tidsbanken",
    "powerofficego",
    "crmoffice",
    "membercare",
    "customwebshop",
    "custompms",
)

numbers = st.integers(0, 10_000)
an_edit = st.tuples(numbers, numbers, st.integers(0, 4))
a_request = st.tuples(st.sampled_from(SYSTEMS), st.integers(1, 24))
a_fault = st.tuples(a_request, st.sampled_from(sorted({*READS, *WRITES, *KILLS})))
an_edit_between = st.tuples(a_request, an_edit)

# What all machines of this process did: runs, schedules, faults that were reached.
done: Counter[str] = Counter()


class Circle(RuleBasedStateMachine):
    """One world: rules are what people, time and misfortune do to it."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self.engine: Engine
        self._new = 60
        self._is_broken = False
        self._backed_up_at: int | None = None

    @initialize(synced=st.sampled_from([True, True, True, False]))
    def a_world(self, synced: bool) -> None:
        self.engine = self._stack.enter_context(engine(synced=synced))

    def _people_edit(self, seed: int) -> None:
        """Edit properties all over the world: none, or up to forty."""
        chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        somewhere = places(self.engine)
        for key, member in chance.choices(somewhere, k=chance.choice((0, 5, 20, 40))):
            self.engine.clock.advance(chance.choice((0, 1, 3, 30, 4000)))
            self.engine.edit(key, member, chance.randrange(5))

    @rule(gap=numbers, style=st.integers(0, 4), which=st.tuples(numbers, numbers))
    def two_people_edit_one_star(
        self, gap: int, style: int, which: tuple[int, int]
    ) -> None:
        """Edit one property in two members, more or less at the same time."""
        stars: dict[tuple[str | None, str], list[tuple[str, Member]]] = {}
        for key, member in places(self.engine):
            stars.setdefault((self.engine.star_of(key), member.property), []).append(
                (key, member)
            )
        several = [each for each in stars.values() if len(each) > 1]
        if not several:
            return
        chosen = several[which[0] % len(several)]
        self.engine.edit(*chosen[0], style)
        self.engine.clock.advance((0, 2, 10, 4000)[gap % 4])
        self.engine.edit(*chosen[1 + which[1] % (len(chosen) - 1)], 0)

    @rule(kind=st.sampled_from(["employee", "customer", "project"]))
    def somebody_is_new(self, kind: str) -> None:
        self._new += 1
        number = self._new
        match kind:
            case "employee":
                new_employee(self.engine, number)
            case "customer":
                new_customer(self.engine, number)
            case _:
                new_employee(self.engine, number)
                new_customer(self.engine, number)
                new_project(self.engine, number, 400 + number, f"K{number}")

    @rule(full=st.booleans(), seed=numbers)
    def a_turn(self, full: bool, seed: int) -> None:
        self._people_edit(seed)
        self._turned(self.engine.run(full=full), clean=True)

    @rule(
        faults=st.lists(a_fault, min_size=1, max_size=4),
        edits=st.lists(an_edit_between, max_size=3),
        seed=numbers,
    )
    def a_turn_with_faults(
        self, faults: list[Any], edits: list[Any], seed: int
    ) -> None:
        self._people_edit(seed)
        for place, kind in faults:
            self.engine.mischief.planned[place] = kind
        for place, (one, _, style) in edits:
            self.engine.mischief.between[place] = self._meanwhile(one, style)
        self._turned(self.engine.run(full=len(faults) > 2), clean=False)

    @rule(edits=st.lists(an_edit_between, min_size=1, max_size=6), seed=numbers)
    def a_turn_while_people_edit(self, edits: list[Any], seed: int) -> None:
        self._people_edit(seed)
        for place, (one, _, style) in edits:
            self.engine.mischief.between[place] = self._meanwhile(one, style)
        self._turned(self.engine.run(), clean=False)

    @rule(point=st.sampled_from(POINTS), occurrence=st.integers(1, 6), seed=numbers)
    def a_turn_that_is_killed(self, point: str, occurrence: int, seed: int) -> None:
        self._people_edit(seed)
        with killed_at(self.engine, point, occurrence):
            report = self.engine.run()
        self._turned(report, clean=False)

    @rule(system=st.sampled_from(SYSTEMS[1:]), seed=numbers)
    def a_turn_without_a_system(self, system: str, seed: int) -> None:
        self._people_edit(seed)
        name = f"SOURCES__{system}__BASE_URL".upper()
        address = os.environ.pop(name)
        try:
            self._turned(self.engine.run(), clean=False)
        finally:
            os.environ[name] = address

    @rule()
    def somebody_plans(self) -> None:
        oracle.check_plan_changes_nothing(self.engine)
        self.engine.runs += 1
        done["plans"] += 1

    @rule(which=numbers, of_targets=st.booleans())
    def somebody_deletes(self, which: int, of_targets: bool) -> None:
        links = self.engine.links()
        keys = sorted({link[2] if of_targets else link[1] for link in links})
        keys = [key for key in keys if key not in self.engine.removed]
        if len(keys) > 20 and self.engine.delete(keys[which % len(keys)]):
            done["deleted"] += 1

    @rule()
    def the_ledger_is_backed_up(self) -> None:
        ledger = self.engine.home.ledger
        if ledger.exists() and not self.engine.is_restored:
            shutil.copy(ledger, ledger.with_name("backup"))
            self._backed_up_at = self.engine.runs

    @precondition(lambda self: self._backed_up_at is not None)
    @rule()
    def an_old_ledger_is_restored(self) -> None:
        """Take the backup; what everybody had in common must outlive that."""
        world = self.engine
        if self._backed_up_at == world.runs or world.is_restored:
            return
        world.before_restoring = oracle.in_step(world)
        world.edits.clear()
        ledger = world.home.ledger
        shutil.copy(ledger.with_name("backup"), ledger)
        world.is_restored, world._links = True, None
        self._backed_up_at = None
        done["restored"] += 1

    @rule()
    def the_warehouse_is_lost(self) -> None:
        self.engine.home.warehouse.unlink(missing_ok=True)

    @rule(hours=st.sampled_from([1, 25, 200]))
    def time_passes(self, hours: int) -> None:
        self.engine.clock.advance(hours * 3600)

    def teardown(self) -> None:
        """Let it become quiet, and look whether every promise was kept."""
        try:
            if hasattr(self, "engine") and not self._is_broken:
                oracle.become_quiet(self.engine)
                oracle.check_quiet(self.engine)
                self._count()
        finally:
            self._stack.close()

    def _turned(self, report: Any, *, clean: bool) -> None:
        done["runs"] += 1
        if clean and report is not None and report.exit_code == 0:
            self.engine.clean_runs.add(self.engine.runs)
        try:
            oracle.check_after_run(self.engine)
        except BaseException:
            self._is_broken = True
            raise

    def _meanwhile(self, one: int, style: int) -> Any:
        def edit(request: httpx.Request) -> None:
            somewhere = places(self.engine)
            key, member = somewhere[one % len(somewhere)]
            if self.engine.edit(key, member, style):
                self.engine.edits[-1].is_in_window = _is_in_window(key, request)

        return edit

    def _count(self) -> None:
        touched = {edit.star for edit in self.engine.edits}
        done["worlds"] += 1
        done["schedules"] += len(touched)
        done.update(
            {
                f"reached: {kind}": number
                for kind, number in self.engine.mischief.reached.items()
            }
        )


def places(engine: Engine) -> list[tuple[str, Member]]:
    """Give what can be edited now: records that are linked, or are sources."""
    flow_of = {target: flow for flow, _, target in engine.links()}
    found = []
    for (system, entity), its in sorted(members().items()):
        is_target = system not in ("tidsbanken", "membercare")
        for key in engine.keys(system, entity):
            if is_target and key not in flow_of:
                continue
            once = {
                each.property: each
                for each in its
                if each.is_editable and (not is_target or each.flow == flow_of[key])
            }
            found += [(key, member) for member in once.values()]
    return found


def _is_in_window(key: str, request: httpx.Request) -> bool:
    """Tell whether a person edits a record between our re-read and our write of it."""
    system, _, record_id = key.split(":", 2)
    writes = request.method not in ("GET", "HEAD")
    names_it = record_id.split("/")[-1] in str(request.url)
    return writes and names_it and system in ("crmoffice", "tidsbanken", "membercare")
