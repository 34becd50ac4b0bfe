"""What `lenke init` makes: all of it, explained, and never in part."""

import errno
import os
import re
import tempfile
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from connections.http.errors import ConfigurationError, LenkeError
from connections.settings.read import (
    LenkeSettings,
    known_names,
    settings_warnings,
    system_module,
)
from lenke.home.places import PROJECT
from lenke.installation import made
from lenke.installation.made import LENKES_WORDS, Source, make
from lenke.seeds.check import judged_seeds

SOURCES: tuple[Source, ...] = ("documents", "empty")


def switched_on(text: str) -> dict[str, Any]:
    """Read a settings file as if every setting in it were set."""
    return tomllib.loads(re.sub(r"^# (\w+ = )", r"\1", text, flags=re.M))


def settings(document: dict[str, Any]) -> dict[tuple[str, ...], set[str]]:
    """Give the names of all settings of a file, by section."""
    found: dict[tuple[str, ...], set[str]] = {
        ("lenke",): set(document.get("lenke", ()))
    }
    for name, each in document["sources"].items():
        found["sources", name] = set(each)
    return found


def test_an_installation_has_all_that_is_theirs_to_set(tmp_path: Path) -> None:
    folder = make(tmp_path / "acme", "documents")

    assert {path.name for path in folder.iterdir()} == {
        *("README.md", ".gitignore", "crontab", "dbt_project.yml"),
        *("seeds", "models", "systems", ".dlt"),
    }
    assert {path.name for path in (folder / "seeds").iterdir()} == {
        path.name for path in (PROJECT / "seeds").glob("*.csv")
    } - set(LENKES_WORDS)
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("source", SOURCES)
def test_nothing_is_wrong_with_a_new_installation(
    tmp_path: Path, source: Source
) -> None:
    folder = make(tmp_path / "acme", source)

    found, problems = judged_seeds(folder / "seeds", PROJECT / "seeds")

    assert problems == []
    assert (found.columns, found.rows) == ([], [])
    assert bool(found.tables["flows.csv"]) == (source == "documents")
    assert settings_warnings(folder) == []


def test_an_empty_one_chooses_nothing_and_knows_the_systems(tmp_path: Path) -> None:
    folder = make(tmp_path / "acme", "empty")

    sizes = {
        path.stem: len(path.read_text(encoding="utf-8").splitlines())
        for path in (folder / "seeds").iterdir()
    }

    assert {name for name, lines in sizes.items() if lines == 1} == {
        *("flows", "link_rules", "property_mappings", "property_groups"),
        *("record_rules", "value_maps", "document_sections"),
    }


def test_every_setting_is_explained_and_none_is_set(tmp_path: Path) -> None:
    folder = make(tmp_path / "acme", "documents") / ".dlt"
    plain = (folder / "config.toml").read_text(encoding="utf-8")
    secret = (folder / "secrets.toml").read_text(encoding="utf-8")

    config, secrets = settings(switched_on(plain)), settings(switched_on(secret))

    for section, names in known_names().items():
        assert config[section] | secrets.get(section, set()) == set(names)
        kind = system_module(section[1]).Settings if section[1:] else LenkeSettings
        kept = {field.name for field in fields(kind) if not field.repr}
        assert secrets.get(section, set()) == kept
    for text in (plain, secret):
        assert all(not table for table in tomllib.loads(text)["sources"].values())
        for before, line in zip(text.split("\n"), text.split("\n")[1:], strict=False):
            if re.match(r"# \w+ = ", line):
                assert re.match(r"# \S", before), line
    assert tomllib.loads(plain)["lenke"] == {}


def test_what_it_says_by_default_is_the_default(tmp_path: Path) -> None:
    folder = make(tmp_path / "acme", "documents") / ".dlt"

    told = switched_on((folder / "config.toml").read_text(encoding="utf-8"))["lenke"]

    assert (told["settle_seconds"], told["log"]) == (60, "file")
    assert (told["mass_change_share"], told["small_flow_count"]) == (0.2, 10)


def test_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = make(tmp_path / "acme", "documents")

    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / ".dlt/secrets.toml").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "theirs.txt").write_text("theirs", encoding="utf-8")

    for told in (tmp_path, tmp_path / "theirs.txt"):
        with pytest.raises(ConfigurationError, match="nothing was changed"):
            make(told, "documents")

    assert [path.name for path in tmp_path.iterdir()] == ["theirs.txt"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()

    assert make(folder, "documents") == folder
    assert (folder / "seeds/flows.csv").exists()


def test_what_can_not_be_made_whole_is_not_there(tmp_path: Path) -> None:
    with (
        mock.patch.object(made, "secrets_toml", side_effect=OSError(28, "full")),
        pytest.raises(LenkeError, match="disk is full"),
    ):
        make(tmp_path / "acme", "documents")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOTDIR])
def test_where_nothing_can_be_made_the_folder_is_named(
    tmp_path: Path, number: int
) -> None:
    folder = tmp_path / "acme"
    refused = OSError(number, os.strerror(number), str(tmp_path))
    with (
        mock.patch.object(tempfile, "TemporaryDirectory", side_effect=refused),
        pytest.raises(ConfigurationError) as caught,
    ):
        make(folder, "documents")

    assert f"No installation can be made in {folder}: {os.strerror(number)}" in (
        str(caught.value)
    )
    assert "LENKE_HOME" not in str(caught.value)


def test_a_file_in_its_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("theirs")

    with pytest.raises(ConfigurationError, match="file/acme: File exists"):
        make(tmp_path / "file" / "acme", "documents")


def test_its_cron_lines_name_it_as_cron_reads_them(tmp_path: Path) -> None:
    folder = make(tmp_path / "50 % of it", "documents")

    lines = (folder / "crontab").read_text(encoding="utf-8")

    assert f"LENKE_HOME='{tmp_path}/50 \\% of it' " in lines
    assert " sync > /dev/null" in lines
