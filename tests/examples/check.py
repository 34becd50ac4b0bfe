"""`make examples`: what Kubernetes, GitHub, Airflow and Dagster are shown works there.

It runs in an environment without Lenke, as these programs would: the command that they
run is a small one that ends as it is told, with a report.
"""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

EXAMPLES = Path(__file__).parents[2] / "examples"
TOOLS = Path(sys.executable).parent

REPORT = {
    "run_id": "7-sync",
    "outcome": "done",
    "warnings": ["A system was out."],
    "writes": {"crmoffice": {"update": 2}},
    "conflicts": 1,
    "held": 0,
}
LENKE = """#!{python}
import sys
assert sys.argv[1:] == ["sync", "--json"], sys.argv
print({report!r})
sys.exit({code})
"""


def main() -> None:
    """Try each; the first that does not work ends it with its own words."""
    kubernetes: list[Path | str] = [
        TOOLS / "kubernetes-validate",
        "--strict",
        EXAMPLES / "cronjob.yaml",
    ]
    workflow = "--builtin-schema", "vendor.github-workflows"
    github: list[Path | str] = [
        TOOLS / "check-jsonschema",
        *workflow,
        EXAMPLES / "github-actions.yml",
    ]
    for command in (kubernetes, github):
        subprocess.run(command, check=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "AIRFLOW_HOME": folder,
            "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
            "DAGSTER_HOME": folder,
            "DO_NOT_TRACK": "1",
            "DAGSTER_DISABLE_TELEMETRY": "1",
        }
        lenke = Path(folder) / "lenke"
        check_airflow(lenke)
        check_dagster(lenke)
    print("The examples work.")


def becomes(lenke: Path, code: int, report: dict[str, Any] = REPORT) -> None:
    """Let the command print this report and end with this code."""
    text = LENKE.format(python=sys.executable, report=json.dumps(report), code=code)
    lenke.write_text(text)
    lenke.chmod(0o700)


def loaded(name: str, lenke: Path) -> ModuleType:
    """Import an example, with the command of this test."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    vars(module)["LENKE"] = str(lenke)
    return module


def check_airflow(lenke: Path) -> None:
    """One task, without retries, that gives the report, fails or is skipped."""
    from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

    dag = loaded("airflow_dag", lenke).lenke()
    assert list(dag.task_dict) == ["sync"]
    assert dag.task_dict["sync"].retries == 0
    assert (dag.max_active_runs, dag.catchup) == (1, False)
    sync = dag.task_dict["sync"].python_callable
    for code in (0, 3):
        becomes(lenke, code)
        assert sync() == REPORT
    for code, stops in (
        (1, AirflowFailException),
        (4, AirflowFailException),
        (5, AirflowSkipException),
    ):
        becomes(lenke, code)
        try:
            sync()
        except stops:
            continue
        raise AssertionError(f"Airflow takes exit code {code} for a success.")


def check_dagster(lenke: Path) -> None:
    """One asset with the numbers of its run, that fails with what a person must see."""
    import dagster

    module = loaded("dagster_asset", lenke)
    module.definitions.get_repository_def().load_all_definitions()
    for code, succeeds in ((0, True), (3, True), (1, False), (4, False), (5, False)):
        becomes(lenke, code)
        ran = dagster.materialize([module.systems_in_step], raise_on_error=False)
        assert ran.success is succeeds, f"Dagster: exit code {code}"
    becomes(lenke, 0)
    [made] = dagster.materialize(
        [module.systems_in_step]
    ).asset_materializations_for_node("systems_in_step")
    assert made.metadata["run_id"].value == "7-sync"


if __name__ == "__main__":
    main()
