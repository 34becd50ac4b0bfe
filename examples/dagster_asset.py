"""One asset of Dagster: the systems in step, made so by a sync.

One asset per model would be wrong: a run is one transaction of one writer.
"""

import json
import subprocess

import dagster as dg

LENKE = "/opt/lenke/.venv/bin/lenke"
HOME = "/srv/lenke"

PARTLY_DONE = 3


@dg.asset(description="Business systems, kept in step by Lenke.")
def systems_in_step() -> dg.MaterializeResult:
    """Run a sync; what a person must look at, and a second run, fails."""
    ran = subprocess.run(
        [LENKE, "sync", "--json"],
        env={"LENKE_HOME": HOME},
        stdout=subprocess.PIPE,
        check=False,
        text=True,
    )
    report = json.loads(ran.stdout)
    if ran.returncode not in (0, PARTLY_DONE):
        raise dg.Failure(
            report.get("error") or report["outcome"],
            metadata={"exit_code": ran.returncode},
            allow_retries=False,  # the next turn looks first what was sent
        )
    return dg.MaterializeResult(
        metadata={
            "run_id": report["run_id"],
            "writes": dg.JsonMetadataValue(report["writes"]),
            "conflicts": report["conflicts"],
            "held": report["held"],
            "warnings": dg.JsonMetadataValue(report["warnings"]),
        }
    )


every_quarter = dg.ScheduleDefinition(
    name="every_quarter",
    target=dg.AssetSelection.assets(systems_in_step),
    cron_schedule="*/15 * * * *",
)

definitions = dg.Definitions(assets=[systems_in_step], schedules=[every_quarter])
