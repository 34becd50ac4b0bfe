"""Make an installation: a folder with all that is theirs to set."""

import csv
import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from connections.http.errors import ConfigurationError, LenkeError
from connections.machine.trouble import DiskFull, trouble_in
from lenke.home.places import (
    MODELS_FOLDER,
    OWN_PROJECT,
    PROJECT,
    SEEDS_FOLDER,
    SYSTEMS_FOLDER,
)
from lenke.installation import texts
from lenke.installation.settings_text import config_toml, secrets_toml
from lenke.installation.tracked import GITIGNORE
from lenke.seeds.rules import seeds_of

Source = Literal["documents", "empty"]

# Lenke's own words, which models know one by one: nobody adds to them in a folder.
LENKES_WORDS = ("kinds.csv", "reasons.csv")


def make(told: Path, source: Source) -> Path:
    """Make an installation in a folder that is new or empty; give it.

    It is whole, or it is not there. Raises ConfigurationError when something is there
    already, or when nothing can be made there, and DiskFull.
    """
    try:
        folder = told.expanduser().resolve()
        _refuse(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder.parent) as made:
            new = Path(made) / folder.name
            new.mkdir(mode=0o700)
            _fill(new, folder, source)
            os.rename(new, folder)  # onto an empty folder, too
    except OSError as error:
        raise _not_made(told, error) from error
    except RuntimeError as error:  # `~nobody`, or links that lead to each other
        raise ConfigurationError(f"{told}: {error}") from error
    return folder


def _not_made(told: Path, error: OSError) -> LenkeError:
    trouble = trouble_in(error)
    if isinstance(trouble, DiskFull):
        return trouble
    return ConfigurationError(
        f"No installation can be made in {told}: {error.strerror or error}. Nothing "
        "was made. Choose another folder, or correct the rights on the one that it is "
        "to be in."
    )


def command() -> str:
    """Give the command of this Lenke as it is typed from anywhere."""
    return shlex.quote(str(Path(sys.executable).with_name("lenke")))


def _refuse(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError(
            f"{folder} is there already, and not empty: nothing was changed. Name a "
            "folder that is new."
        )
    if "?" in str(folder):
        raise ConfigurationError(
            f"{folder} has a question mark in its path, and DuckDB takes what follows "
            "that for no part of a name. Choose another folder."
        )


def _fill(new: Path, folder: Path, source: Source) -> None:
    ours = PROJECT / SEEDS_FOLDER
    (new / SEEDS_FOLDER).mkdir()
    for seed in seeds_of(ours):
        if seed.file in LENKES_WORDS:
            continue
        if source == "empty" and seed.is_choice:
            names = ",".join(column.name for column in seed.columns)
            (new / SEEDS_FOLDER / seed.file).write_text(f"{names}\n", encoding="utf-8")
        else:
            shutil.copyfile(ours / seed.file, new / SEEDS_FOLDER / seed.file)
    settings = new / ".dlt"
    settings.mkdir(mode=0o700)
    with (ours / "limits.csv").open(encoding="utf-8", newline="") as file:
        limits = {row["limit_name"]: row["limit_value"] for row in csv.DictReader(file)}
    _write(settings / "config.toml", config_toml(limits))
    _write(settings / "secrets.toml", secrets_toml(), mode=0o600)
    (new / MODELS_FOLDER).mkdir()
    _write(new / MODELS_FOLDER / "README.md", texts.MODELS)
    (new / SYSTEMS_FOLDER).mkdir()
    _write(new / SYSTEMS_FOLDER / "README.md", texts.SYSTEMS)
    _write(new / OWN_PROJECT, texts.OWN_PROJECT)
    _write(new / ".gitignore", GITIGNORE)
    words = {"folder": shlex.quote(str(folder)), "lenke": command()}
    _write(new / "crontab", texts.CRONTAB.format(**_for_cron(words)))
    _write(new / "README.md", texts.README.format(**words))


def _for_cron(words: dict[str, str]) -> dict[str, str]:
    """Give words as a crontab takes them: there a % ends the command."""
    return {name: each.replace("%", "\\%") for name, each in words.items()}


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(mode & ~0o077 if mode == 0o600 else mode)
