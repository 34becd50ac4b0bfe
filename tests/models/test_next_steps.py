"""A next step that names a command names a whole one, which `lenke` understands."""

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from lenke.cli import app
from lenke.home.places import PROJECT
from lenke.seeds.filled import seed_rows

MODELS = sorted((PROJECT / "models/inspection/findings").glob("inspect_*.sql"))
PLACEHOLDERS = {
    "FLOW": "tidsbanken_ansatt__crmoffice_contacts",
    "SOURCE": "tidsbanken:ansatt:412",
    "REFUSAL": "3f2a9c01",
}
WRONG_USAGE = typer.BadParameter.__mro__[1]  # Typer brings a Click of its own
IN_BACKTICKS = re.compile(r"`lenke ([^`]*)`")
BARE = re.compile(r"\blenke [a-z]+")
MADE = re.compile(r"command\(\s*'(\w+)', \[(.*?)\]", re.S)


def understood(words: list[str]) -> None:
    """Parse a command as the command line does, without carrying it out."""
    command: Any = typer.main.get_command(app)
    while getattr(command, "commands", None) and words and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    assert not words or command is not typer.main.get_command(app)
    with command.make_context(command.name, list(words)) as context:
        assert not getattr(context, "_protected_args", None), words


def steps() -> Iterator[tuple[str, str]]:
    """Give every text that the models can give, without its comments."""
    for row in seed_rows("reasons.csv"):
        yield row["reason"], row["next_step"]
    for path in MODELS:
        text = path.read_text("utf-8")
        yield path.stem, re.sub(r"^\s*-- .*$", "", text, flags=re.M)


def without_placeholders(text: str) -> str:
    for name, word in PLACEHOLDERS.items():
        text = re.sub(rf"\b{name}\b", word, text)
    return text


def commands() -> list[str]:
    """Give the commands of all next steps; what a model fills in is a word of it."""
    found = []
    for _, text in steps():
        text = re.sub(r"' \|\| [a-z_.]+ \|\| '", "a_word", text)
        text = re.sub(r"' \|\| [a-z_.]+\s+\|\| '", "a_word", text)
        found += IN_BACKTICKS.findall(without_placeholders(text))
        for verb, words in MADE.findall(text):
            found.append(f"{verb} " + " ".join("a_word" for _ in words.split(",")))
    return sorted(set(found))


def test_the_commands_of_all_next_steps_are_found() -> None:
    found = commands()

    assert len(found) > 12
    assert "create tidsbanken_ansatt__crmoffice_contacts tidsbanken:ansatt:412" in found
    assert "link a_word a_word a_word" in found
    assert "doctor --accept a_word" in found


@pytest.mark.parametrize("command", commands())
def test_a_command_of_a_next_step_is_understood(command: str) -> None:
    understood(shlex.split(command))


@pytest.mark.parametrize(("where", "text"), sorted(steps()))
def test_no_command_is_named_but_as_a_whole_one(where: str, text: str) -> None:
    assert BARE.findall(IN_BACKTICKS.sub("", text)) == [], where


def test_what_is_no_command_is_not_understood() -> None:
    for typed in ("lnk", "create a", "findings --nwe", "decisions undo"):
        with pytest.raises((WRONG_USAGE, AssertionError)):
            understood(typed.split())
