"""What `lenke match` says before anything is linked is what a run then does."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from lenke.build.build import build
from lenke.build.options import BuildOptions
from lenke.cli import app
from lenke.match.preview import Previews, preview
from lenke.match.rules import link_rules, rules_meant
from lenke.run import circle
from lenke.run.run import RunOptions
from simulators.world.build import SMALL, build_world
from tests.circle.conftest import Meeting, opened, quickly
from tests.compiled import seeds_changed

pytestmark = pytest.mark.long

ADOPTS = "tidsbanken_kunde__customwebshop_customer:organisation number"
TRIED = (
    ADOPTS,
    "tidsbanken_ansatt__crmoffice_contacts:phone and name",
    "tidsbanken_ansatt__powerofficego_contactperson:e-mail",
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    """The demo's world, read and not yet linked; some web shop customers are there."""
    with quickly():
        made = opened(tmp_path_factory.mktemp("home"))
        build_world(made.systems, seed=7, size=SMALL, clock=made.clock)
        for number in (1, 2, 3):
            made.systems["customwebshop"].insert(
                "customer",
                {"name": f"Kjent {number}", "organizationNumber": None},
            )
        kunder = [
            each["Organisasjonsnummer"]
            for each in made.systems["tidsbanken"].records("kunde")
            if each["Organisasjonsnummer"]
        ]
        for name, number in (("Første", kunder[0]), ("Andre", kunder[5])):
            made.systems["customwebshop"].insert(
                "customer", {"name": name, "organizationNumber": number}
            )
        made.clock.advance(60)
        circle.load(made.home, RunOptions(), made.around)
        yield made


@pytest.fixture(scope="module")
def previews(read: Meeting) -> Previews:
    """What all rules would do."""
    return preview(read.home, link_rules())


def in_the_warehouse(read: Meeting, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(read.home.warehouse), read_only=True) as warehouse:
        rows: list[tuple[Any, ...]] = warehouse.execute(sql).fetchall()
        return rows


@pytest.mark.every_day
def test_a_run_links_what_was_said_also_by_a_rule_that_was_off(
    read: Meeting, previews: Previews
) -> None:
    told = {
        str(each.rule): (
            each.numbers["new_links"],
            each.numbers["only_new_links"],
            each.numbers["ambiguous"],
        )
        for each in previews.rules
    }

    for rule in (each.rule for each in previews.rules if str(each.rule) in TRIED):
        with seeds_changed(
            "update seeds.link_rules set is_enabled = true "
            f"where flow = '{rule.flow}' and combination = '{rule.combination}'"
        ):
            build(read.home, BuildOptions(now=read.clock()))
        by_rule = f"contains(', ' || matched_by || ', ', ', {rule.combination}, ')"
        [(links, alone)] = in_the_warehouse(
            read,
            f"select count(*), count(*) filter (matched_by = '{rule.combination}') "
            f"from matching.match_new_links where flow = '{rule.flow}' and {by_rule}",
        )
        [(ambiguous,)] = in_the_warehouse(
            read,
            "select count(distinct source_key) from matching.match_ambiguous "
            "inner join matching.match_pairs as pairs using (flow, source_key) "
            f"where flow = '{rule.flow}' "
            f"and contains(', ' || pairs.matched_by || ', ', ', {rule.combination}, ')",
        )
        assert told[str(rule)] == (links, alone, ambiguous), rule

    assert told[ADOPTS][0] > 2
    assert sum(ambiguous for _, _, ambiguous in told.values()) > 0


def test_nothing_is_linked_and_nothing_kept_by_looking(read: Meeting) -> None:
    build(read.home, BuildOptions(now=datetime(2026, 1, 1, tzinfo=UTC)))
    read.systems["tidsbanken"].insert("kunde", {"Id": "K9999", "Navn": "Ny AS"})
    read.clock.advance(60)
    circle.load(read.home, RunOptions(), read.around)  # and nothing is built of it
    ledger = read.home.ledger.read_bytes()
    rules = "select * from seeds.link_rules order by all"
    records = "select * from staging.stg_records order by all"
    before = [in_the_warehouse(read, each) for each in (rules, records)]

    found = preview(read.home, rules_meant(ADOPTS))

    assert found.rules[0].numbers["new_links"] > 2
    assert [in_the_warehouse(read, each) for each in (rules, records)] == before
    assert read.home.ledger.read_bytes() == ledger
    assert read.writes() == {}


def test_examples_stand_side_by_side_with_what_differs(previews: Previews) -> None:
    [adopts] = [each for each in previews.rules if str(each.rule) == ADOPTS]

    [first] = [each for each in adopts.of("links") if each["target_name"] == "Første"]
    sides = adopts.sides[first["source_key"], first["target_key"]]
    names = {each["source_name"]: each for each in sides}
    assert names["Navn"]["differs"]
    assert not names["Organisasjonsnummer"]["differs"]
    assert {each["outcome"] for each in adopts.examples} == {
        "links",
        "alone_source",
        "alone_target",
    }


def test_values_that_many_share_are_told(previews: Previews) -> None:
    shared = {
        (row["shown"], row["sources"], row["targets"])
        for each in previews.rules
        for row in each.values
        if row["why"] == "shared"
    }

    assert ("`faktura@konsernet.example`", 2, 1) in shared


def test_a_page_and_json_tell_the_same_and_no_national_id(
    read: Meeting, tmp_path: Path
) -> None:
    read.systems["customwebshop"].edit(
        "customer",
        next(
            str(each["id"])
            for each in read.systems["customwebshop"].records("customer")
            if each["name"] == "Andre"
        ),
        {"name": "<script>alert(1)</script>\x1b[31m=1+1"},
    )
    read.clock.advance(60)
    circle.load(read.home, RunOptions(), read.around)
    page = tmp_path / "match.html"

    ran = CliRunner().invoke(app, ["match", "--html", str(page), "--json"])

    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    text = page.read_text(encoding="utf-8")
    for rule in told["rules"]:
        assert rule["rule"] in text
    assert "<script" not in text.lower()
    assert "\x1b" not in text
    assert "&lt;script&gt;" in text
    national_ids = {
        each["Personnummer"]
        for each in read.systems["tidsbanken"].records("ansatt")
        if each["Personnummer"]
    }
    assert len(national_ids) > 10
    assert not [each for each in national_ids if each in text + ran.stdout]


def test_the_rule_that_is_meant_is_found_or_the_nearest_named(read: Meeting) -> None:
    named = CliRunner().invoke(app, ["match", "--rule", ADOPTS])
    misspelt = CliRunner().invoke(app, ["match", "--rule", ADOPTS[:-2]])

    assert "Would link, for example" in named.stdout
    assert "Første" in named.stdout
    assert misspelt.exit_code == 2
    assert f"The nearest: {ADOPTS}" in misspelt.stderr


def test_before_anything_was_read_it_says_what_to_do(tmp_path: Path) -> None:
    with quickly():
        opened(tmp_path)
        ran = CliRunner().invoke(app, ["match"])

    assert ran.exit_code == 2
    assert "Run `lenke load` first" in " ".join(ran.stderr.split())
