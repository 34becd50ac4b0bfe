"""A property is added by rows of seeds alone: `lenke columns` does the rest."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.mutants.copy import a_copy

ROWS = {
    "property_mappings.csv": [
        "tidsbanken_ansatt__powerofficego_employees,Tittel,JobTitle,string,both,,,"
        'newest,default,true,"What a person does."',
    ],
    "entity_properties.csv": [
        "tidsbanken,ansatt,Tittel,$.Tittel,text,string,empty_text,,as_is,50,,false,"
        "true,true,true,false,The title on the card.",
        "powerofficego,employees,JobTitle,$.JobTitle,text,string,json_null,,as_is,,,"
        "false,true,true,true,false,Free text.",
    ],
}


def run(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy of the project, with its modules and its own seeds."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=project,
        env={
            **os.environ,
            "PYTHONPATH": str(project),
            "LENKE_SEEDS": "tests/profile",
            "LENKE_HOME": str(project),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def lenke(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the copy."""
    return run(project, "-c", "from lenke.cli import app; app()", *words)


@pytest.mark.long
def test_a_property_is_added_by_rows_of_seeds_alone() -> None:
    with a_copy() as copy:
        for name, rows in ROWS.items():
            with (copy.project / "tests/profile" / name).open("a") as file:
                file.writelines(f"{row}\n" for row in rows)

        before = lenke(copy.project, "columns", "--check")
        written = lenke(copy.project, "columns")
        after = lenke(copy.project, "columns", "--check")
        tried = run(
            copy.project,
            *("-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("tests/circle/added_property.py", "tests/models"),
            *("--deselect", "tests/models/test_dbt_unit_tests.py"),
        )
        described = yaml.safe_load(
            (
                copy.project / "models/staging/tidsbanken/_tidsbanken__models.yml"
            ).read_text(encoding="utf-8")
        )

    assert (before.returncode, written.returncode, after.returncode) == (2, 0, 0), (
        written.stderr
    )
    assert written.stdout == before.stdout
    assert set(written.stdout.split()) == {
        "models/staging/tidsbanken/stg_tidsbanken__ansatt.sql",
        "models/staging/tidsbanken/_tidsbanken__models.yml",
        "models/staging/powerofficego/stg_powerofficego__employees.sql",
        "models/staging/powerofficego/_powerofficego__models.yml",
        "models/outbound/powerofficego/out_powerofficego__employees.sql",
        "models/outbound/powerofficego/_powerofficego__out_models.yml",
        "models/outbound/tidsbanken/out_tidsbanken__ansatt.sql",
        "models/outbound/tidsbanken/_tidsbanken__out_models.yml",
    }
    assert after.stdout == ""
    assert tried.returncode == 0, tried.stdout + tried.stderr
    (employee,) = (
        model
        for model in described["models"]
        if model["name"] == "stg_tidsbanken__ansatt"
    )
    words = {column["name"]: column["description"] for column in employee["columns"]}
    assert words["Tittel"] == "The title on the card."
    assert words["Mobil"] == "Mobile phone, as it is written there."
