"""The demo: six simulated systems, a first sync, a few edits by people, another sync.

Everything is real but the systems: they speak the wire contracts over HTTP on this
machine. It shows each edit where it arrives, read from the system itself.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from connections.http.errors import StopRun
from lenke.home.places import Home, find_home
from lenke.run import circle
from lenke.run.report import RunReport
from lenke.run.run import RunOptions
from lenke.run.surroundings import Surroundings
from lenke.showing import look, questions, show
from lenke.simulated.demo_edits import Edit, choose_edits
from simulators.kit.stage import open_world, serve, without_rate_limits
from simulators.kit.store import Store
from simulators.world.size import SMALL

_SEED = 7
_REQUESTS_PER_SECOND = 1000  # the simulators have no limit, so neither need we
_MARK = ".made-by-the-demo"

_NATIONAL_IDS = (
    "  The simulated PowerOffice shows national ids of contact persons, because the "
    "documents match by them. Today's PowerOffice shows none, so there they link by "
    "e-mail alone."
)

_STATEMENTS = (
    "select matched_by, count(*) as links from inspection.links group by 1",
    "select flow, properties_before, properties_after from inspection.writes "
    "where operation = 'update' order by intended_at",
    "select kind, message, next_step from inspection.findings limit 5",
)


def run_demo(keep: Path | None) -> None:
    """Run the demo in a folder that is made anew; StopRun when an edit got lost.

    `keep` names the folder; without it, it is `demo` in LENKE_HOME.
    """
    folder = _fresh_folder(keep or find_home().folder / "demo")
    home = Home(folder)
    store = Store(folder / "simulated")
    simulators = open_world(
        store, seed=_SEED, size=SMALL, knobs=without_rate_limits()
    ).simulators
    with (
        closing(store),
        serve(simulators, requests_per_second=_REQUESTS_PER_SECOND) as stage,
        _environment({**stage.environment, "LENKE_HOME": str(folder)}),
    ):
        show.out.print("[bold]1. First sync[/bold]: six systems that never met")
        first = _sync(home)
        _show_flows(home, first)
        show.out.print(_NATIONAL_IDS)
        show.out.print("\n[bold]2. People edit, each in their own system[/bold]")
        edits = choose_edits(home, simulators)
        for edit in edits:
            show.out.print(f"  - {show.plain(edit.words)}")
            edit.do()
        show.out.print("\n[bold]3. Sync again[/bold]: what arrived where")
        second = _sync(home)
        _show_arrivals(edits)
        show.report(second)
        show.out.print("\n[bold]4. And once more[/bold]: nothing is left to do")
        third = _sync(home)
        show.out.print(f"  {third.sent} writes.")
        if third.sent:
            raise StopRun("The third sync should have had nothing to write.")
        _show_statements(home)


def _sync(home: Home) -> RunReport:
    with show.Stages() as stages:
        return circle.sync(
            home,
            RunOptions(),
            Surroundings(on_stage=stages.stage, on_progress=stages.number),
        )


def _show_flows(home: Home, run: RunReport) -> None:
    coverage = look.ask(home, questions.COVERAGE)
    linked = dict(
        look.ask(
            home,
            "select flow, count(*) filter (where matched_by <> 'created') "
            "from inspection.links group by flow",
        ).rows
    )
    show.table(
        "What was linked and created",
        ["flow", "records", "matched", "created", "unmatched", "ambiguous", "held"],
        [
            [
                flow,
                records,
                linked.get(flow, 0),
                in_all - linked.get(flow, 0),
                unmatched,
                ambiguous,
                held,
            ]
            for row in coverage.rows
            for flow, _, records, in_all, _, unmatched, ambiguous, held in [row[:8]]
        ],
    )
    show.report(run)


def _show_arrivals(edits: list[Edit]) -> None:
    found = [(edit, edit.shows()) for edit in edits]
    show.table(
        "Arrivals",
        ["edit", "arrived at", "value there"],
        [[edit.words, edit.arrives_at, value] for edit, value in found],
    )
    for edit, value in found:
        if value != edit.expected:
            raise StopRun(
                f"{edit.words}: {edit.arrives_at} has {value!r}, not {edit.expected!r}."
            )


def _show_statements(home: Home) -> None:
    show.out.print(
        "\n[bold]5. Look for yourself[/bold]: the tables are in "
        f"{show.plain(home.inspection)}"
    )
    for statement in _STATEMENTS:
        look.ask(home, statement)  # what is shown has been seen to work
        command = f'LENKE_HOME={home.folder} lenke sql "{statement}"'
        show.out.print(f"\n  {show.plain(command)}", soft_wrap=True)


def _fresh_folder(folder: Path) -> Path:
    """Make the folder; an older demo in it is removed, anything else is kept safe."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).exists():
            raise StopRun(
                f"{folder} is not empty and no demo made it. Name another folder with "
                "--keep."
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).touch()
    return folder


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Set variables, and put back what was there."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
