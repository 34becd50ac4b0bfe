"""Settings as a test writes them."""

from pathlib import Path


def write(home: Path, file: str, text: str) -> None:
    (home / ".dlt" / file).write_text(text, encoding="utf-8")
