"""Carry what dbt reads into a wheel: it stands beside the packages, not in one.

`lenke/home/places.py` looks for it in `lenke/project` first.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

FOLDERS = ("macros", "models", "seeds", "tests/dbt")
FILES = ("dbt_project.yml", "profiles.yml", "docs/settings.md")


class WithProject(build_py):
    """The build of the packages, and of the folder that they look for."""

    def run(self) -> None:
        """Build; an editable install has all of it in its own place."""
        super().run()
        if self.editable_mode:
            return
        carried = Path(self.build_lib) / "lenke" / "project"
        shutil.rmtree(carried, ignore_errors=True)
        for name in FOLDERS:
            shutil.copytree(name, carried / name)
        for name in FILES:
            (carried / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(name, carried / name)


setup(cmdclass={"build_py": WithProject})
