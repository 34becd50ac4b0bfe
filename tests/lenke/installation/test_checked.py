"""`lenke check` says all that is wrong at once, in words, and asks no system."""

import json
import subprocess
from pathlib import Path

import pytest

from lenke.installation.made import make
from tests.lenke.installation.told import edit, environment, lenke


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """A new installation."""
    return make(tmp_path / "acme", "documents")


def git(acme: Path, *words: str) -> None:
    """Let git do something in the installation."""
    subprocess.run(["git", *words], cwd=acme, env=environment(acme), check=True)


def test_all_that_is_wrong_is_said_at_once(acme: Path) -> None:
    edit(acme / "seeds/flows.csv", ",create,", ",crate,")
    edit(acme / "seeds/link_rules.csv", ",Epost,", ",Epots,")
    edit(acme / ".dlt/config.toml", "# log = ", "log = 7 # ")
    edit(acme / ".dlt/config.toml", '# client_id = "..."', 'client_id = "x"')
    (acme / ".dlt/config.toml").open("a").write("base_url = 'http://a.example'\n")
    git(acme, "init", "--quiet")
    git(acme, "add", "--force", ".dlt/secrets.toml")

    found = lenke("check", "--json", home=acme)

    told = json.loads(found.stdout)
    words = "\n".join(told["problems"])
    assert found.returncode == 2
    assert "flows.csv row 2, mode: 'crate' is not known. Is 'create' meant?" in words
    assert "link_rules.csv row 2, source_property: 'Epots' is not known" in words
    assert "Is 'Epost' meant?" in words
    assert "log must be file or stdout, not 7" in words
    assert "tb_key is missing" in words
    assert "git tracks .dlt/secrets.toml" in words
    assert any("[sources.crmoffice] has settings" in each for each in told["notes"])


def test_it_is_said_to_people_too(acme: Path) -> None:
    edit(acme / "seeds/flows.csv", ",create,", ",crate,")

    found = lenke("check", home=acme)

    assert found.returncode == 2
    assert "wrong: flows.csv row 2, mode" in found.stderr
    assert "note: git can't be asked" in found.stdout


def test_no_seeds_are_never_the_shipped_ones(acme: Path) -> None:
    for path in (acme / "seeds").iterdir():
        path.unlink()
    (acme / "seeds").rmdir()

    checked, synced = lenke("check", home=acme), lenke("sync", home=acme)

    for found in (checked, synced):
        assert found.returncode == 2
        assert f"There are no seeds in {acme}/seeds: put them back." in found.stderr


def test_a_sync_without_a_flow_says_so(tmp_path: Path) -> None:
    acme = make(tmp_path / "acme", "empty")

    found = lenke("sync", home=acme)

    assert found.returncode == 2
    assert "flows.csv has no flow, so there is nothing to sync" in found.stderr


def test_columns_are_not_written_into_lenkes_own_models(acme: Path) -> None:
    found = lenke("columns", home=acme)

    assert found.returncode == 2
    assert "lenke check" in found.stderr


def test_a_setting_that_no_file_mentions_is_new(acme: Path) -> None:
    edit(acme / ".dlt/config.toml", "# log_format =", "#")
    edit(acme / "seeds/flows.csv", ",create,", ",crate,")  # nothing is compiled then

    found = lenke("check", "--json", home=acme)

    told = json.loads(found.stdout)["notes"]
    assert any("a setting log_format in [lenke]" in words for words in told)
    assert len([words for words in told if "There is a setting" in words]) == 1
