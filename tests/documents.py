"""What documents show to be typed: their blocks, and each command of `lenke`.

Blocks of `console` and `sh` are run by tests. What nobody can run here (`make`, cron)
stands in a block of another language, such as `text`.
"""

import re
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typer

from lenke.cli import app

PROJECT = Path(__file__).parents[1]
_SPAN = re.compile(r"`(?:\.venv/bin/)?lenke ([^`\n]+)`")
_LINE = re.compile(r"^(?:\.venv/bin/)?lenke (.+)$", re.M)


def pages() -> list[Path]:
    """Give every document that people read."""
    docs = sorted((PROJECT / "docs").rglob("*.md"))
    return [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *docs]


def blocks(page: Path, *languages: str) -> list[str]:
    """Give the texts of a page's blocks in these languages."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"^```(\w+)\n(.*?)^```", text, flags=re.S | re.M)
    return [block for language, block in found if language in languages]


def typed(block: str) -> list[str]:
    """Give what is typed in a `console` block: what follows `$ `, without answers.

    A command goes on until a shell takes it for whole.
    """
    found: list[str] = []
    is_whole = True
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(line[2:])
        elif is_whole:
            continue
        else:
            found[-1] += f"\n{line}"
        is_whole = _is_whole(found[-1])
    return found


def commands(page: Path) -> Iterator[list[str]]:
    """Give the words of each command of `lenke` that a page shows as a whole.

    The name of a command alone only names it, and `COMMAND` stands for any.
    """
    for span in _SPAN.findall(page.read_text(encoding="utf-8")):
        words = _before_pipe(span)
        _, given = _found(words)
        if given and words[0] != "COMMAND":
            yield words
    for block in blocks(page, "console", "sh"):
        for line in _LINE.findall("\n".join(typed(block) or [block])):
            yield _before_pipe(line)


def parse(words: Sequence[str]) -> None:
    """Parse words as the command line does, and run nothing. ValueError: wrong."""
    command, rest = _found(words)
    if hasattr(command, "commands") and rest and not rest[0].startswith("-"):
        raise ValueError(f"{rest[0]} is no command")
    try:
        command.make_context("lenke", list(rest))
    except Exception as error:
        if hasattr(error, "format_message"):
            raise ValueError(error.format_message()) from None
        if type(error).__name__ != "Exit":  # `--help` and `--version` end there
            raise


def _before_pipe(line: str) -> list[str]:
    words = shlex.split(line, comments=True)
    return words[: words.index("|")] if "|" in words else words


def _found(words: Sequence[str]) -> tuple[Any, Sequence[str]]:
    command: Any = typer.main.get_command(app)
    rest = list(words)
    while rest and rest[0] in getattr(command, "commands", {}):
        command = command.commands[rest.pop(0)]
    return command, rest


def _is_whole(command: str) -> bool:
    return not subprocess.run(
        ["bash", "-n", "-c", command], capture_output=True, check=False
    ).returncode
