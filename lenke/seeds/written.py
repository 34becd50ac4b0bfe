"""An installation's seeds, written into a copy of the project for dbt.

Whole files, the models of systems of one's own, and the columns that follow from the
seeds in all models: what `lenke columns` does in the repository is done here in the
copy, so nobody edits Lenke's own files.
"""

import shutil
from pathlib import Path

from lenke.home.places import (
    INSTALLATION,
    MODELS_FOLDER,
    OWN_SYSTEMS,
    PROJECT,
    SEEDS_FOLDER,
)
from lenke.seeds.columns import not_current
from lenke.seeds.filled import filled_seeds, write_filled


def write_own(project: Path) -> None:
    """Make a copy of the project that of this installation, where this is one."""
    if not INSTALLATION:
        return
    seeds = project / SEEDS_FOLDER
    shutil.rmtree(seeds, ignore_errors=True)
    found = filled_seeds()
    write_filled(seeds, found)
    for path in (PROJECT / SEEDS_FOLDER).glob("*.yml"):
        shutil.copy(path, seeds)
    if OWN_SYSTEMS and (OWN_SYSTEMS / MODELS_FOLDER).is_dir():
        shutil.copytree(
            OWN_SYSTEMS / MODELS_FOLDER, project / MODELS_FOLDER, dirs_exist_ok=True
        )
    for path, text in not_current(found.tables, project).items():
        path.write_text(text, encoding="utf-8")
