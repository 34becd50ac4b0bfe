"""What was compiled is found again, until something that it was made from changes."""

import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from lenke.build import compiled, kept
from lenke.home.places import Home


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A project of a few files, and a compiler that only counts."""
    project = tmp_path / "project"
    files = ("dbt_project.yml", "models/m.sql", "macros/a.sql", "seeds/s.csv")
    for name in files:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("it", encoding="utf-8")
    places = tuple(project / name.split("/")[0] for name in files)
    with (
        mock.patch.object(kept, "PROJECT", project),
        mock.patch.object(kept, "_PROJECT_FILES", places),
        mock.patch.object(kept, "compile_into", side_effect=_compiled) as compiler,
        mock.patch.object(kept, "build_fresh"),
    ):
        kept._read.cache_clear()
        project.joinpath("count").write_text("")
        compiler.project = project
        yield project
    kept._read.cache_clear()


def _compiled(folder: Path, workplace: Path) -> Home:
    compiled.warehouse_in(folder).touch()
    compiled.write(folder, [], [], "")
    return Home(workplace)


def keys(project: Path) -> list[str]:
    return [path.parent.name for path in project.glob("target/compiled/*/plan.json")]


@pytest.mark.parametrize(
    "file", ["dbt_project.yml", "models/m.sql", "macros/a.sql", "seeds/s.csv"]
)
def test_another_file_is_compiled_anew(place: Path, file: str) -> None:
    first = kept.compiled_models(Home(place))
    again = kept.compiled_models(Home(place))
    (place / file).write_text("something else", encoding="utf-8")
    other = kept.compiled_models(Home(place))

    assert first.key == again.key != other.key
    assert sorted(keys(place)) == sorted([first.key, other.key])


def test_a_new_file_and_another_version_are_noticed(place: Path) -> None:
    first = kept.fingerprint()
    (place / "models/new.sql").write_text("it", encoding="utf-8")
    second = kept.fingerprint()
    with mock.patch.object(kept, "version", return_value="9"):
        third = kept.fingerprint()

    assert len({first, second, third}) == 3


def test_where_nobody_may_write_it_is_kept_at_home(place: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with mock.patch.object(
        os, "access", lambda path, _: place not in (path, *path.parents)
    ):
        found = kept.compiled_models(home)

    assert found.warehouse.is_relative_to(home.target)
    assert keys(place) == []


def test_only_the_newest_few_are_kept(place: Path) -> None:
    for number in range(kept._AT_MOST + 3):
        (place / "seeds/s.csv").write_text(str(number), encoding="utf-8")
        newest = kept.compiled_models(Home(place))

    assert len(keys(place)) == kept._AT_MOST
    assert newest.key in keys(place)


def test_a_compilation_that_fails_leaves_nothing(place: Path) -> None:
    with (
        mock.patch.object(kept, "compile_into", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        kept.compiled_models(Home(place))

    assert keys(place) == []
    assert kept.compiled_models(Home(place)).key in keys(place)


def test_another_user_can_read_what_was_compiled(place: Path) -> None:
    folder = kept.compiled_models(Home(place)).warehouse.parent

    modes = {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}

    assert folder.stat().st_mode & 0o777 == 0o755
    assert set(modes.values()) == {0o644}


def test_what_cannot_be_read_is_compiled_at_home(place: Path, tmp_path: Path) -> None:
    kept.compiled_models(Home(place))
    home = Home(tmp_path / "home")
    said: list[str] = []

    def forbids(path: Path, _mode: int) -> bool:
        return place not in (path, *path.parents) and path.exists()

    with mock.patch.object(os, "access", forbids):
        found = kept.compiled_models(home, lambda: said.append("compiling"))
        again = kept.compiled_models(home, lambda: said.append("compiling"))

    assert found.warehouse.is_relative_to(home.target)
    assert again == found
    assert said == ["compiling"]
