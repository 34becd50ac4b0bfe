"""People, faults and kills in any order, as Hypothesis chooses them."""

import os
from contextlib import ExitStack
from typing import Any

import httpx2
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from connections.machine.crash_points import POINTS
from simulators.faults.plan import KINDS
from tests.compiled import seeds_changed
from tests.engine import oracle
from tests.engine.engine import Engine
from tests.engine.events import EVENTS, done, people_edit, places
from tests.engine.harm import fault_at, is_in_window
from tests.engine.kill import killed_at
from tests.engine.opening import SMALL_PAGES, engine
from tests.engine.settings import RESTING, coding
from tests.engine.violation import Violation
from tests.engine.winning import POLICIES, winning_by
from tests.engine.wire import KILLS

SYSTEMS = (
    "tidsbanken",
    "powerofficego",
    "crmoffice",
    "membercare",
    "customwebshop",
    "custompms",
)

numbers = st.integers(0, 10_000)
an_event = st.tuples(st.sampled_from([*["nothing"] * 4, *EVENTS]), numbers)
an_edit = st.tuples(numbers, st.integers(0, 5))
a_request = st.tuples(st.sampled_from(SYSTEMS), st.integers(1, 40))
a_fault = st.tuples(st.sampled_from(sorted(KINDS)), st.sampled_from(SYSTEMS), numbers)
a_kill = st.tuples(a_request, st.sampled_from(KILLS))
an_edit_between = st.tuples(a_request, an_edit)


class Circle(RuleBasedStateMachine):
    """One world, turned step by step: something happens, people edit, Lenke runs."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self.engine: Engine
        self._is_broken = False

    @initialize(
        synced=st.sampled_from([True, True, True, False]),
        has_small_pages=st.booleans(),
        guarded=st.sampled_from([False, False, True]),
        policy=st.sampled_from(POLICIES),
        rests=st.sampled_from(["nothing", *RESTING]),
    )
    def a_world(
        self,
        synced: bool,
        has_small_pages: bool,
        guarded: bool,
        policy: str,
        rests: str,
    ) -> None:
        knobs = SMALL_PAGES if has_small_pages else {}
        self.engine = self._stack.enter_context(
            engine(synced=synced, knobs=knobs, guarded=guarded)
        )
        self._stack.enter_context(seeds_changed(*winning_by(policy), *coding()))
        self._asleep = self._stack.enter_context(ExitStack())
        if RESTING[rests]:
            self._asleep.enter_context(seeds_changed(*RESTING[rests]))
        done[f"rests: {rests}"] += 1

    @rule(first=an_event, seed=numbers, full=st.booleans())
    def a_turn(self, first: Any, seed: int, full: bool) -> None:
        self._before(first, seed)
        self._turned(self.engine.run(full=full), clean=True)

    @rule(
        first=an_event,
        seed=numbers,
        faults=st.lists(a_fault, min_size=3, max_size=8),
        kills=st.one_of(st.just([]), st.lists(a_kill, max_size=1)),
        edits=st.lists(an_edit_between, max_size=3),
    )
    def a_turn_with_faults(
        self, first: Any, seed: int, faults: Any, kills: Any, edits: Any
    ) -> None:
        self._before(first, seed)
        self._let_fail(faults)
        self.engine.mischief.kills.update(kills)
        self._let_edit(edits)
        self._turned(self.engine.run(full=len(faults) % 2 > 0), clean=False)

    @rule(
        first=an_event,
        seed=numbers,
        edits=st.lists(an_edit_between, min_size=1, max_size=6),
        faults=st.lists(a_fault, max_size=4),
    )
    def a_turn_while_people_edit(
        self, first: Any, seed: int, edits: Any, faults: Any
    ) -> None:
        self._before(first, seed)
        self._let_edit(edits)
        self._let_fail(faults)
        self._turned(self.engine.run(), clean=False)

    @rule(
        first=an_event,
        seed=numbers,
        point=st.sampled_from(POINTS),
        occurrence=st.integers(1, 6),
    )
    def a_turn_that_is_killed(
        self, first: Any, seed: int, point: str, occurrence: int
    ) -> None:
        self._before(first, seed)
        with killed_at(self.engine.mischief, point, occurrence):
            report = self.engine.run()
        self._turned(report, clean=False)

    @rule(first=an_event, seed=numbers, system=st.sampled_from(SYSTEMS[1:]))
    def a_turn_without_a_system(self, first: Any, seed: int, system: str) -> None:
        self._before(first, seed)
        name = f"SOURCES__{system}__BASE_URL".upper()
        address = os.environ.pop(name)
        try:
            self._turned(self.engine.run(), clean=False)
        finally:
            os.environ[name] = address

    def teardown(self) -> None:
        """Let it become quiet, and look whether every promise was kept."""
        try:
            if hasattr(self, "engine") and not self._is_broken:
                self._asleep.close()
                oracle.become_quiet(self.engine)
                oracle.check_quiet(self.engine)
                self._count()
        finally:
            self._stack.close()

    def _before(self, first: tuple[str, int], seed: int) -> None:
        event, number = first
        try:
            EVENTS[event](self.engine, number)
        except Violation:
            self._is_broken = True
            raise
        people_edit(self.engine, seed)

    def _turned(self, report: Any, *, clean: bool) -> None:
        done["runs"] += 1
        done["runs under guard"] += self.engine.is_guarded
        if self.engine.is_stopped_by_a_guard:
            done["stopped by a guard, and passed by a person"] += 1
            report = self.engine.run(allow_mass_change=True)
        if clean and report is not None and report.exit_code == 0:
            self.engine.clean_runs.add(self.engine.runs)
        try:
            oracle.check_after_run(self.engine)
        except BaseException:
            self._is_broken = True
            raise

    def _let_edit(self, edits: list[Any]) -> None:
        for place, (one, style) in edits:
            self.engine.mischief.between[place] = self._meanwhile(one, style)

    def _let_fail(self, faults: list[Any]) -> None:
        for kind, system, number in faults:
            fault = fault_at(self.engine, kind, system, number)
            if fault is not None:
                self.engine.faults.add(fault)

    def _meanwhile(self, one: int, style: int) -> Any:
        def edit(request: httpx2.Request) -> None:
            somewhere = places(self.engine)
            key, member = somewhere[one % len(somewhere)]
            if self.engine.edit(key, member, style):
                self.engine.edits[-1].is_in_window = _is_in_window(key, request)

        return edit

    def _count(self) -> None:
        done["worlds"] += 1
        done["edits"] += len(self.engine.edits)
        done["values hidden"] += self.engine.veiled
        done["pauses"] += self.engine.paused
        done["schedules"] += len({edit.star for edit in self.engine.edits})
        done.update(
            {f"reached: {kind}": number for kind, number in self.engine.reached.items()}
        )
        print(f"world {done['worlds']}: {done['schedules']} schedules", flush=True)


def _is_in_window(key: str, request: httpx2.Request) -> bool:
    """Tell whether a person edits a record between our re-read and our write of it."""
    system, _, record_id = key.split(":", 2)
    writes = request.method not in ("GET", "HEAD")
    names_it = record_id.split("/")[-1] in str(request.url)
    return writes and names_it and is_in_window(system)
