"""All that can be wrong with an installation before a system is asked; what is new."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connections.http.errors import LenkeError
from connections.private.records import HASH_KEY_FILE, hash_key
from connections.settings.read import (
    configured,
    known_names,
    lenke_settings,
    settings_warnings,
)
from lenke.build.kept import compiled_models
from lenke.home.hash_key import refuse_short
from lenke.home.places import (
    DEFAULTS,
    INSTALLATION,
    OWN_SYSTEMS,
    PROJECT,
    SEEDS,
    Home,
)
from lenke.installation.made import LENKES_WORDS
from lenke.installation.own_models import compiled_own
from lenke.installation.own_systems import faults_in
from lenke.installation.package import renew_package
from lenke.installation.tracked import tracked
from lenke.seeds.check import judged_seeds
from lenke.seeds.columns import not_current
from lenke.seeds.entities import unread_members
from lenke.seeds.filled import Filled
from lenke.signals.alerts import refuse_addresses


@dataclass
class Checked:
    """What was found: problems keep a sync from doing what is meant, notes do not."""

    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def tried(self, step: Callable[[], Any]) -> Any:
        """Give what a step gives; what it raises is a problem, told once."""
        try:
            return step()
        except LenkeError as error:
            if str(error) not in self.problems:
                self.problems.append(str(error))
        return None


def check_all(home: Home, on_wait: Callable[[str], None]) -> Checked:
    """Check seeds, settings, what git tracks and the models; `on_wait` hears of waits.

    No system is asked. What compiles here is compiled for the next run, too.
    """
    found = Checked()
    if not INSTALLATION:
        found.notes.append(
            f"{home.folder} is no installation of its own: seeds are those of {SEEDS}. "
            "`lenke init FOLDER` makes one."
        )
    if OWN_SYSTEMS:
        found.problems += faults_in(OWN_SYSTEMS)
        if found.problems:  # all else would stumble over them
            return found
    _check_seeds(found)
    _check_settings(found, home)
    if INSTALLATION:
        _check_git(found, INSTALLATION)
    if not found.problems:
        on_wait("Compiling the models, which takes some seconds when they are new.")
        found.tried(lambda: compiled_models(home))
        if INSTALLATION:
            folder = INSTALLATION
            found.tried(lambda: renew_package(folder))
            found.tried(compiled_own)
    return found


def _check_seeds(found: Checked) -> None:
    judged = found.tried(judged_seeds)
    if judged is None:
        return
    seeds, problems = judged
    found.problems += problems
    if problems:
        return
    if not seeds.tables["flows.csv"]:
        found.notes.append("flows.csv has no flow yet, so a sync has nothing to do.")
    unread = list(unread_members(seeds.tables))
    if DEFAULTS:
        found.notes += unread + list(_filled_in(seeds))
    else:
        found.problems += unread + [
            f"{path.relative_to(PROJECT)} is not of these seeds. Run `lenke columns`."
            for path in not_current(seeds.tables)
        ]


def _filled_in(seeds: Filled) -> Iterator[str]:
    """Say what the installation does not have, and what counts instead."""
    for words in seeds.files:
        if not words.startswith(LENKES_WORDS):
            yield words
    yield from (*seeds.columns, *seeds.rows)


def _check_settings(found: Checked, home: Home) -> None:
    told = found.tried(lambda: settings_warnings(home.folder))
    found.notes += told or []
    systems = found.tried(lambda: configured(home.folder))
    settings = found.tried(lambda: lenke_settings(home.folder))
    if settings and settings.alerts:
        found.tried(lambda: refuse_addresses(settings.alerts))
    if systems == {}:
        found.notes.append("No system is configured yet: none has a base_url.")
    if os.environ.get("LENKE_HASH_KEY") or (home.folder / HASH_KEY_FILE).exists():
        found.tried(lambda: refuse_short(home, hash_key(home.folder)))
    if INSTALLATION:
        found.notes += _new_settings(INSTALLATION / ".dlt")


def _new_settings(folder: Path) -> Iterator[str]:
    """Name the settings that neither file mentions: a newer Lenke has them."""
    said = "\n".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in (folder / "config.toml", folder / "secrets.toml")
        if path.is_file() and os.access(path, os.R_OK)
    )
    if not said:
        return
    for section, names in known_names().items():
        for name in names:
            if name not in said:
                yield (
                    f"There is a setting {name} in [{'.'.join(section)}], which no "
                    "file here mentions; docs/settings.md explains it."
                )


def _check_git(found: Checked, folder: Path) -> None:
    files, unknown = tracked(folder)
    found.notes += [unknown] if unknown else []
    found.problems += [
        f"git tracks {name}, which must not be in it. `git rm --cached '{name}'` takes "
        "it out from now on; what was pushed is out: exchange its keys."
        for name in files
    ]
