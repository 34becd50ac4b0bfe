"""Each of examples/ runs the command and nothing inside it.

`make examples` tries those of Kubernetes, GitHub, Airflow and Dagster by their tools.
"""

import ast
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from lenke.home.places import PROJECT
from lenke.installation.texts import CRONTAB

EXAMPLES = PROJECT / "examples"
FILES = sorted(path.name for path in EXAMPLES.iterdir() if path.is_file())
PROGRAMS = [name for name in FILES if name.endswith(".py")]


def documents(name: str) -> list[Any]:
    """Give what a file of YAML holds."""
    return list(yaml.safe_load_all((EXAMPLES / name).read_text()))


def test_the_page_names_each_of_them_and_no_other() -> None:
    page = (PROJECT / "docs" / "schedule.md").read_text()
    named = set(re.findall(r"\(\.\./examples/([^)]+)\)", page))

    assert named == set(FILES)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_imports_nothing_of_lenke_and_runs_the_command(name: str) -> None:
    tree = ast.parse((EXAMPLES / name).read_text())
    imported = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }

    assert not imported & {"lenke", "connections", "ledger", "loaders", "duckdb"}
    assert '[LENKE, "sync", "--json"]' in (EXAMPLES / name).read_text()


@pytest.mark.parametrize("name", FILES)
def test_it_runs_sync_and_nothing_inside_it(name: str) -> None:
    text = (EXAMPLES / name).read_text()

    assert "sync" in text or name in ("lenke.timer", "Dockerfile.dockerignore")
    assert not re.search(r"\blenke (load|plan|push)\b|dbt (build|run)", text)


def test_kubernetes_never_runs_two_and_never_again_at_once() -> None:
    claim, job = documents("cronjob.yaml")
    pod = job["spec"]["jobTemplate"]["spec"]

    assert claim["spec"]["accessModes"] == ["ReadWriteOncePod"]
    assert job["spec"]["concurrencyPolicy"] == "Forbid"
    assert pod["backoffLimit"] == 0
    assert pod["template"]["spec"]["restartPolicy"] == "Never"
    [container] = pod["template"]["spec"]["containers"]
    assert container["command"] == ["lenke", "sync", "--json"]


def test_github_never_runs_two_and_cuts_none_off() -> None:
    [workflow] = documents("github-actions.yml")

    assert workflow["concurrency"]["cancel-in-progress"] is False
    assert "self-hosted" in workflow["jobs"]["sync"]["runs-on"]


def test_the_crontab_is_the_one_of_an_installation() -> None:
    def lines(text: str) -> list[str]:
        return [line for line in text.splitlines() if re.match(r"[*0-9]", line)]

    theirs = CRONTAB.format(folder="/srv/lenke", lenke="/opt/lenke/.venv/bin/lenke")
    ours = (EXAMPLES / "crontab").read_text()

    assert "LENKE_HOME=/srv/lenke\n" in ours
    assert [
        line.replace("LENKE_HOME=/srv/lenke ", "") for line in lines(theirs)
    ] == lines(ours)


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="apt-get install systemd"
)
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for name in ("lenke.service", "lenke.timer"):
        text = (EXAMPLES / name).read_text()
        # It looks whether the command is there.
        (tmp_path / name).write_text(
            text.replace("/opt/lenke/.venv/bin/lenke", "/bin/true")
        )
    units = [str(tmp_path / name) for name in ("lenke.service", "lenke.timer")]

    ran = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True
    )

    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_image_is_nobodys_root_and_keeps_what_is_remembered() -> None:
    text = (EXAMPLES / "Dockerfile").read_text()
    steps = [line.split(maxsplit=1) for line in text.splitlines() if line[:1].isupper()]
    users = [rest for step, rest in steps if step == "USER"]
    copied = next(rest for step, rest in steps if step == "COPY").split()[:-1]

    assert users == ["lenke"]
    assert ["VOLUME", "/home/lenke/home"] in steps
    assert steps[-1] == ["CMD", '["lenke", "sync", "--every", "15m", "--json"]']
    assert [name for name in copied if not (PROJECT / name).is_file()] == []
