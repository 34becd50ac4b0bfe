"""One task of Airflow: a sync, on the machine that has LENKE_HOME.

One task per model would be wrong: a run is one transaction of one writer.
"""

import json
import subprocess
from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

LENKE = "/opt/lenke/.venv/bin/lenke"
HOME = "/srv/lenke"

PARTLY_DONE, ANOTHER_RUN = 3, 5


@dag(
    schedule=timedelta(minutes=15),
    start_date=pendulum.datetime(2026, 1, 1, tz="Europe/Oslo"),
    catchup=False,
    max_active_runs=1,
)
def lenke():
    @task(retries=0)  # the next turn is the retry, and looks first what was sent
    def sync() -> dict[str, Any]:
        """Run a sync and give its report; what a person must look at fails."""
        ran = subprocess.run(
            [LENKE, "sync", "--json"],
            env={"LENKE_HOME": HOME},
            stdout=subprocess.PIPE,
            check=False,
            text=True,
        )
        if ran.returncode == ANOTHER_RUN:
            raise AirflowSkipException("Another run is active.")
        report: dict[str, Any] = json.loads(ran.stdout)
        if ran.returncode not in (0, PARTLY_DONE):
            raise AirflowFailException(report.get("error") or report["warnings"])
        return report

    sync()


lenke()
