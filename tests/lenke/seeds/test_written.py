"""An installation's columns are written into a copy of the project alone."""

import shutil
from pathlib import Path
from unittest import mock

import pytest

from lenke.home.places import PROJECT
from lenke.seeds import filled, written
from tests import INSTALLED, SHIPPED

MAPPING = (
    "tidsbanken_ansatt__powerofficego_employees,Tittel,JobTitle,string,both,,,newest,"
    "default,true,What a person does.\n"
)
PROPERTIES = (
    "tidsbanken,ansatt,Tittel,$.Tittel,text,string,empty_text,,as_is,50,,false,true,"
    "true,true,false,The title on the card.\n"
    "powerofficego,employees,JobTitle,$.JobTitle,text,string,json_null,,as_is,,,false,"
    "true,true,true,false,Free text.\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what dbt reads, as a compilation makes it."""
    for name in ("models", "seeds"):
        shutil.copytree(PROJECT / name, tmp_path / "project" / name)
    return tmp_path / "project"


def test_a_property_of_an_installation_gets_its_columns_there(
    tmp_path: Path, project: Path
) -> None:
    theirs = tmp_path / "acme" / "seeds"
    shutil.copytree(SHIPPED, theirs, ignore=shutil.ignore_patterns("*.yml"))
    (theirs / "property_mappings.csv").open("a").write(MAPPING)
    (theirs / "entity_properties.csv").open("a").write(PROPERTIES)
    (theirs / "kinds.csv").unlink()

    with (
        mock.patch.object(written, "INSTALLATION", theirs.parent),
        mock.patch.object(
            written,
            "filled_seeds",
            return_value=filled.filled_seeds(theirs, INSTALLED),
        ),
    ):
        written.write_own(project)

    name = "models/outbound/powerofficego/out_powerofficego__employees.sql"
    assert "agreed_value('JobTitle')" in (project / name).read_text(encoding="utf-8")
    assert "JobTitle" not in (PROJECT / name).read_text(encoding="utf-8")
    assert "JobTitle" in (project / "seeds/entity_properties.csv").read_text("utf-8")
    assert (project / "seeds/kinds.csv").read_text(encoding="utf-8").count("\n") > 1


def test_the_project_itself_is_copied_as_it_is(project: Path) -> None:
    (project / "seeds/flows.csv").write_text("theirs", encoding="utf-8")

    written.write_own(project)

    assert (project / "seeds/flows.csv").read_text(encoding="utf-8") == "theirs"
