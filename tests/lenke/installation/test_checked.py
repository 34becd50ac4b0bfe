"""`lenke check` says all that is wrong at once, in words, and asks no system."""

import json
import subprocess
from pathlib import Path

import pytest

from connections.machine.database import connect
from ledger.ledger import ensure_ledger
from lenke.build.by_dbt import BuildFailed
from lenke.build.compiled import Node
from lenke.home.places import Home
from lenke.installation import own_models
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


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("links.sql", b"select 1 as a", "links is a table of Lenke's own"),
        ("flows.sql", b"select 1 as a", "flows is a table of Lenke's own"),
        ("mine.sql", b"select 1\n-- bl\xe5", "models/mine.sql row 2 is not UTF-8"),
    ],
)
def test_what_dbt_has_no_words_for_is_said(
    acme: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: bytes, words: str
) -> None:
    monkeypatch.setattr(own_models, "INSTALLATION", acme)
    (acme / "models" / name).write_bytes(text)

    with pytest.raises(BuildFailed, match=words):
        own_models.compiled_own()


def test_models_without_their_project_are_not_dropped_unseen(
    acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_models, "INSTALLATION", acme)
    (acme / "models" / "mine.sql").write_text("select 1 as a")
    (acme / "dbt_project.yml").unlink()

    with pytest.raises(BuildFailed, match=r"There is no dbt_project\.yml"):
        own_models.compiled_own()


def test_a_model_of_ones_own_is_one_statement(
    acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(acme)
    sql = "select 1 as a; drop table t"
    node = Node("m", "own", '"own"."m"', "table", sql, "", False, False)
    monkeypatch.setattr(own_models, "INSTALLATION", acme)
    monkeypatch.setattr(own_models, "compiled_own", lambda _: [node])
    ensure_ledger(home.ledger)
    with connect(home.warehouse) as warehouse:
        warehouse.execute("create table t as select 1 as a")
        warehouse.execute("create schema outbound")
        warehouse.execute(
            "create table outbound.plan_stamp as select now() as built_at"
        )

    [words] = own_models.build_own(home)

    assert "it is more than one statement" in words
    with connect(home.warehouse) as warehouse:
        assert warehouse.execute("from t").fetchall() == [(1,)]
