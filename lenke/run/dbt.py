"""Run dbt inside this process: build the models, quickly and quietly.

One parsed manifest serves all builds of a process. dbt keeps the warehouse open, so it
is closed after each build: the ledger can't be written while it is attached.
"""

import hashlib
import json
import logging
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import duckdb

from connections.http.errors import LenkeError, StopRun
from connections.machine.database import connect
from connections.machine.trouble import trouble_in, trouble_told
from lenke.home.places import PROJECT, SEEDS, Home

# In a run: seeds and models, and the tests of what is sent. All other tests are for
# `dbt build` and CI; the seeds have been checked before, with better words.
_TESTS = (
    "path:models/outbound/writes/_writes__models.yml",
    "path:models/outbound/guards/_guards__models.yml",
)
_EVERYTHING = ("build", "resource_type:seed", "resource_type:model")

# Views and seeds stay as they are while the project and the raw tables do: a quiet run
# spends most of its time on what dbt does around each of them.
# (`dbt run` is quicker than `dbt build`, which weaves the tests into the graph.)
_WHAT_CHANGES = ("run", "config.materialized:replaced_at_once")
_OF_THE_PLAN = ("test", *_TESTS)
_PROJECT_FILES = (
    *(PROJECT / name for name in ("dbt_project.yml", "profiles.yml")),
    *(PROJECT / name for name in ("macros", "models")),
    SEEDS,
)

_RAW_COLUMNS = """
select schema_name, table_name, column_name, data_type
from duckdb_columns()
where database_name = current_database() and starts_with(schema_name, 'raw')
order by all
"""

_SAID_BY_DBT = re.compile(r"(?:Runtime|Database|Compilation) Error(?: in |$)")

_log = logging.getLogger(__name__)

manifests: dict[str, Any] = {}


class BuildFailed(StopRun):
    """A model or a test of the seeds failed; nothing was sent."""


@dataclass(frozen=True)
class BuildOptions:
    """What a run tells the models.

    `allow_mass_change` lets it pass the guards; the four limits outrank the seed.
    """

    allow_mass_change: bool = False
    mass_change_share: float | None = None
    mass_change_count: int | None = None
    now: str = ""
    small_flow_share: float | None = None
    small_flow_count: int | None = None
    hash_key_is_short: bool = False

    def variables(self) -> str:
        """Give dbt's `--vars`."""
        return json.dumps(
            {
                "allow_mass_change": self.allow_mass_change,
                "mass_change_share": self.mass_change_share,
                "mass_change_count": self.mass_change_count,
                "small_flow_share": self.small_flow_share,
                "small_flow_count": self.small_flow_count,
                "now": self.now,
                "hash_key_is_short": self.hash_key_is_short,
            }
        )


def build(home: Home, options: BuildOptions) -> None:
    """Build every seed and model; BuildFailed names what failed, and why."""
    from dbt.cli.main import dbtRunner  # takes a second: only when needed

    os.environ["LENKE_HOME"] = str(home.folder)
    built_from, built_before = fingerprints(home)
    forget_the_plan(home)
    variables = options.variables()
    common = [
        "--project-dir",
        str(PROJECT),
        "--profiles-dir",
        str(PROJECT),
        "--target-path",
        str(home.target),
        "--log-path",
        str(home.target),  # dbt makes the folder, also for no log at all
        "--vars",
        variables,
    ]
    quiet = [
        "--quiet",
        "--no-write-json",
        "--log-level",
        "none",
        "--log-level-file",
        "none",
    ]
    try:
        if variables not in manifests:
            parsed = dbtRunner(callbacks=[log_event]).invoke([*quiet, "parse", *common])
            if not parsed.success:
                raise _stopped("dbt can't read the project", parsed.exception)
            manifests[variables] = parsed.result
        dbt = dbtRunner(manifests[variables], callbacks=[log_event])

        def invoke(command: str, *selected: str) -> None:
            done = dbt.invoke(
                [
                    *quiet,
                    command,
                    *common,
                    "--select",
                    *selected,
                    "--indirect-selection",
                    "empty",
                ]
            )
            if not done.success:
                raise what_failed(done)

        invoke(*(_WHAT_CHANGES if built_from == built_before else _EVERYTHING))
        close()
        if _has_plan(home):
            invoke(*_OF_THE_PLAN)
    finally:
        close()
    with connect(home.warehouse) as warehouse:
        warehouse.execute("update outbound.plan_stamp set built_from = ?", [built_from])


def fingerprints(home: Home) -> tuple[str, str | None]:
    """Give what a build would be made from now, and what the last one was made from.

    That is the files of the project and the shape of the raw tables. None: there was no
    build, or one that did not end, or one by somebody else.
    """
    found = hashlib.sha256(project_fingerprint().encode())
    with connect(home.warehouse) as warehouse:
        found.update(repr(warehouse.execute(_RAW_COLUMNS).fetchall()).encode())
        try:
            before = warehouse.execute(
                "select built_from from outbound.plan_stamp"
            ).fetchone()
        except (duckdb.CatalogException, duckdb.BinderException):
            before = None
    return found.hexdigest(), before[0] if before else None


def project_fingerprint() -> str:
    """Give a digest of all files of the dbt project."""
    found = hashlib.sha256()
    for place in _PROJECT_FILES:
        files = [place] if place.is_file() else sorted(place.rglob("*.*"))
        for file in files:
            found.update(str(file.relative_to(place.parent)).encode())
            found.update(file.read_bytes())
    return found.hexdigest()


def forget_the_plan(home: Home) -> None:
    """Take the stamp off the plan: killed from here on, there is none to be pushed.

    What is half new and half old could still look like the plan that was stamped.
    """
    with (
        connect(home.warehouse) as warehouse,
        suppress(duckdb.CatalogException),  # there was no build yet
    ):
        warehouse.execute("delete from outbound.plan_stamp")


def _has_plan(home: Home) -> bool:
    with connect(home.warehouse, read_only=True) as warehouse:
        [(planned,)] = warehouse.execute(
            "select count(*) from outbound.outbound_requests"
        ).fetchall()
    return bool(planned)


def what_failed(built: Any) -> LenkeError:
    if built.result is None:
        return _stopped("dbt could not build", built.exception)
    failed = [
        (result.node.name, (result.message or "").strip())
        for result in built.result.results
        if str(result.status) in ("error", "fail")
    ]
    for _, said in failed:
        if (trouble := trouble_told(_said_by_duckdb(said))) is not None:
            return trouble
    lines = [f"  - {name}: {said}" for name, said in failed]
    return BuildFailed(
        "The build failed, so nothing was decided or sent:\n"
        + "\n".join(lines)
        + "\nMend what it names (seeds are in seeds/), and run again."
    )


def log_event(event: Any) -> None:
    """Log what dbt warns of; it keeps no log of its own in a run."""
    if event.info.level in ("warn", "error"):
        _log.warning("dbt: %s: %s", event.info.name, event.info.msg)


def _stopped(what: str, error: BaseException) -> LenkeError:
    return (
        trouble_in(error)
        or trouble_told(_said_by_duckdb(str(error)))
        or BuildFailed(f"{what}: {error}")
    )


def _said_by_duckdb(said: str) -> str:
    """Give an error without the lines in which dbt says where it was."""
    lines = [line.strip() for line in said.strip().splitlines()]
    return next((line for line in lines if not _SAID_BY_DBT.match(line)), "")


def close() -> None:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    DuckDBConnectionManager.close_all_connections()
