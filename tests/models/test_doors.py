"""The doors are true: what staging shows is what is read, and what out_ shows is sent.

Looked at in the lineage that `dbt docs` draws.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from dbt.cli.main import dbtRunner

from lenke.seeds.check import checked_seeds
from lenke.seeds.columns import sent, staged
from tests import SHIPPED

PROJECT = Path(__file__).parents[2]
REQUESTS = "outbound_requests"
VALUES = "outbound_values"

# A member by a path that a seed names, read by anything but the one extraction.
_ANOTHER_WAY = re.compile(
    r"json_(value|text|array_items)\(\s*'\w+\.\w+', '\w+\.json_path'"
)


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give what dbt knows of the project."""
    target = tmp_path_factory.mktemp("target")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LENKE_HOME", str(target))
        parsed = dbtRunner().invoke(
            [
                *("--quiet", "--log-level-file", "none", "parse"),
                *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
                *("--target-path", str(target)),
            ]
        )
    assert parsed.success, parsed.exception
    found: dict[str, Any] = json.loads((target / "manifest.json").read_text("utf-8"))
    return found


def above(manifest: dict[str, Any], node: str) -> set[str]:
    """Give the names of all that a node is made from, and of the node."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += manifest["parent_map"].get(one, [])
    return {one.split(".")[-1] for one in found}


def test_every_entity_leads_from_raw_to_the_requests(manifest: dict[str, Any]) -> None:
    way = above(manifest, f"model.lenke.{REQUESTS}")

    wanted = {
        name
        for system, entity in staged(checked_seeds(SHIPPED))
        for name in (f"stg_{system}__{entity}", entity)
    }
    assert wanted - way == set()


def test_what_is_shown_and_what_is_sent_come_from_one_place(
    manifest: dict[str, Any],
) -> None:
    shown = [
        f"out_{system}__{entity}" for system, entity in sent(checked_seeds(SHIPPED))
    ]

    for name in (REQUESTS, *shown):
        assert VALUES in above(manifest, f"model.lenke.{name}"), name
    for name in shown:
        assert manifest["parent_map"][f"model.lenke.{name}"] == [
            f"model.lenke.{VALUES}"
        ]


def test_exposures_hang_on_what_is_pushed_and_on_what_it_brings_about(
    manifest: dict[str, Any],
) -> None:
    expected: dict[str, set[str]] = {}
    for system, entity in sent(checked_seeds(SHIPPED)):
        expected.setdefault(system, {REQUESTS}).add(f"out_{system}__{entity}")

    found = {
        exposure["name"]: {
            node.split(".")[-1] for node in exposure["depends_on"]["nodes"]
        }
        for exposure in manifest["exposures"].values()
    }

    assert found == expected


def test_a_property_is_read_by_one_extraction() -> None:
    others = [
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "models").rglob("*.sql")
        if _ANOTHER_WAY.search(path.read_text(encoding="utf-8"))
    ]

    assert others == []
