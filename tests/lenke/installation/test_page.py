"""The commands of docs/installation.md, each of them, in their order.

The systems are simulated; all else is what a consultant has: the page, and a shell.
"""

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from connections.settings.read import lenke_settings
from lenke.home.places import PROJECT
from simulators.kit.stage import open_world, serve, without_rate_limits
from simulators.kit.store import Store
from simulators.world.size import SMALL
from tests.lenke.installation.told import edit, environment, lenke

PAGE = PROJECT / "docs" / "installation.md"
pytestmark = pytest.mark.long  # it compiles four times, as a person does
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.S)


@dataclass(frozen=True)
class Done:
    """What came of a block of the page."""

    output: str
    code: int


@dataclass(frozen=True)
class Installation:
    """An installation that was set up by the page, and the systems that it keeps."""

    folder: Path
    settings: Mapping[str, str]
    done: Mapping[str, Done]

    def lenke(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command in it."""
        return subprocess.run(
            ["lenke", *words],
            env=environment(self.folder, self.settings),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def rows(self, sql: str) -> str:
        """Ask the tables for people."""
        return self.lenke("sql", sql).stdout


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Follow the page up to what dbt does, which takes a minute."""
    place = tmp_path_factory.mktemp("consultant")
    systems = open_world(
        Store(None), seed=7, size=SMALL, knobs=without_rate_limits()
    ).simulators
    with serve(systems, requests_per_second=1000) as stage:
        settings = dict(stage.environment)
        done: dict[str, Done] = {}
        for block in BLOCKS:
            if block == "dbt build\n":
                continue
            folder = place / "acme"
            ran = subprocess.run(
                ["bash", "-eu", "-c", block],
                cwd=folder if folder.exists() else place,
                env=environment(folder if folder.exists() else None, settings),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            done[block] = Done(ran.stdout, ran.returncode)
        yield Installation(place / "acme", settings, done)


def test_every_command_of_the_page_works(acme: Installation) -> None:
    assert len(acme.done) == len(BLOCKS) - 1
    for block, done in acme.done.items():
        assert done.code == 0, f"{block}\n{done.output}"


def test_the_check_says_what_nobody_can_know_yet(acme: Installation) -> None:
    notes = acme.done["lenke check\n"].output

    assert "json_path: '$.Tittel' is not known of tidsbanken ansatt" in notes
    assert "If records have it, nothing is left to do." in notes
    assert "lenke columns" not in notes
    assert "Nothing is wrong here." in notes


def test_what_was_chosen_is_what_was_synced(acme: Installation) -> None:
    flows = acme.rows("select distinct flow from inspection.links")
    with duckdb.connect(acme.folder / "warehouse.duckdb", read_only=True) as built:
        [(titles,)] = built.execute(
            'select count("JobTitle") from outbound.out_powerofficego__employees'
        ).fetchall()
        rules = built.execute(
            "select flow from seeds.link_rules where origin = 'default' and is_enabled"
        ).fetchall()
    settings = lenke_settings(acme.folder)

    assert "tidsbanken_avdeling__custompms_customer" not in flows
    assert "tidsbanken_avdeling__customwebshop_customer" in flows
    assert titles > 0
    assert rules == [("tidsbanken_kunde__customwebshop_customer",)]
    assert settings.full_listing_hours == 12


def test_the_table_of_ones_own_is_published(acme: Installation) -> None:
    told = acme.done[next(block for block in BLOCKS if "own.links" in block)].output

    assert "tidsbanken_prosjekt__crmoffice_activities" in told


def test_a_fault_in_a_model_of_ones_own_stops_no_sync_unseen(
    acme: Installation,
) -> None:
    bad = acme.folder / "models" / "bad.sql"
    bad.write_text("select no_such from {{ ref('links') }}", encoding="utf-8")
    synced = acme.lenke("sync")
    published = acme.rows("select count(*) from own.links_per_flow")
    bad.write_text("select 1 as one from {{ ref('no_such') }}", encoding="utf-8")
    again, checked = acme.lenke("sync"), acme.lenke("check")
    bad.unlink()
    mended = acme.lenke("sync")

    assert (synced.returncode, again.returncode, checked.returncode) == (0, 0, 2)
    assert "Your own model bad is not built" in synced.stdout + synced.stderr
    assert published.split() == ["count_star()", "13"]
    assert "'no_such' which was not found" in again.stdout + again.stderr
    assert "'no_such' which was not found" in checked.stderr
    assert "Your own model" not in mended.stdout + mended.stderr


def test_lenkes_own_files_are_as_they_were(acme: Installation) -> None:
    employees = PROJECT / "models/staging/tidsbanken/stg_tidsbanken__ansatt.sql"

    assert acme.folder.exists()
    assert "Tittel" not in employees.read_text(encoding="utf-8")


def test_dbt_stops_where_the_seeds_are_newer_than_its_package(
    acme: Installation,
) -> None:
    rules = acme.folder / "seeds" / "link_rules.csv"
    edit(rules, ",default,true,", ",default,false,")
    stopped = dbt(acme, "seed")
    assert lenke("check", home=acme.folder).returncode == 0
    gone_on = dbt(acme, "seed")

    assert stopped.returncode != 0
    assert "lenke check" in stopped.stdout
    assert gone_on.returncode == 0, gone_on.stdout


def test_dbt_builds_in_it_as_in_the_repository(acme: Installation) -> None:
    assert lenke("check", home=acme.folder).returncode == 0

    built = dbt(acme, "build")

    assert "dbt build\n" in BLOCKS
    assert built.returncode == 0, built.stdout[-3000:]
    assert "own.links_per_flow" in built.stdout


def dbt(acme: Installation, word: str) -> subprocess.CompletedProcess[str]:
    """Run dbt as it is typed in the folder."""
    return subprocess.run(
        ["dbt", word],
        cwd=acme.folder,
        env=environment(None),
        capture_output=True,
        text=True,
        check=False,
    )
