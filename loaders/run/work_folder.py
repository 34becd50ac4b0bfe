"""Where a load keeps what it has read and not written yet."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WORK_PREFIX = ".loading-"
_PLAIN_PATH = re.compile(r"[\w./ -]+")


@contextmanager
def work_folder(home: Path) -> Iterator[Path]:
    """Give a folder that goes away, with what a killed load may have left behind.

    dlt and DuckDB read a quote, a percent sign or brackets in a path as more than text:
    a home of such a name has the folder among the machine's temporary ones.
    """
    for left_over in home.glob(f"{_WORK_PREFIX}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    place = home if _PLAIN_PATH.fullmatch(str(home.resolve())) else None
    with tempfile.TemporaryDirectory(prefix=_WORK_PREFIX, dir=place) as folder:
        yield Path(folder)
