"""The settings files of a new installation: every key, explained, and none set.

What a key means stands in docs/settings.md alone; tests hold that page to the code.
"""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from connections.settings.read import LenkeSettings, system_module, systems
from lenke.home.places import PROJECT

_PAGE = PROJECT / "docs" / "settings.md"
_WIDEST = 78
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")

_CONFIG = """\
# What this installation is set to. Keys and tokens stand in secrets.toml, and nowhere
# else. A line without its # is set; environment variables count more than both files.
"""
_SECRETS = """\
# Keys and tokens: git must never see this file (.gitignore says so, and `lenke check`
# looks). A line without its # is set. A system takes part when its base_url is set.
"""


def config_toml(limits: Mapping[str, str]) -> str:
    """Give config.toml; `limits` are the values that the seed has for some settings."""
    lines = [_CONFIG, "[lenke]"]
    meanings = _meanings("[lenke]")
    for field in (each for each in fields(LenkeSettings) if each.repr):
        value = _toml(field.default, limits.get(field.name, ""))
        lines += [*_comment(meanings[field.name]), f"# {field.name} = {value}", ""]
    return "\n".join([*lines, *_of_systems(secret=False)])


def secrets_toml() -> str:
    """Give secrets.toml."""
    lines = [_SECRETS, "[lenke]"]
    meanings = _meanings("[lenke]")
    for field in (each for each in fields(LenkeSettings) if not each.repr):
        lines += [*_comment(meanings[field.name]), f'# {field.name} = "..."', ""]
    return "\n".join([*lines, *_of_systems(secret=True)])


def _of_systems(*, secret: bool) -> list[str]:
    lines: list[str] = []
    for system in systems():
        section = f"[sources.{system}]"
        meanings = _meanings(section)
        chosen = [
            each
            for each in fields(system_module(system).Settings)
            if each.repr is not secret
        ]
        lines += [section] if chosen else []
        for field in chosen:
            is_text = field.type is str
            value = '"..."' if is_text else "1"
            said = _comment(meanings[field.name])
            lines += [*said, f"# {field.name} = {value}", ""]
    return lines


def _meanings(section: str) -> dict[str, str]:
    """Give what the page says of each setting of a section."""
    text = _PAGE.read_text(encoding="utf-8")
    [_, found] = text.split(f"### `{section}`\n", maxsplit=1)
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in found.split("\n#", maxsplit=1)[0].splitlines()
        if line.startswith("| `")
    ]
    return {
        name.strip("`"): _LINK.sub(r"\1", meaning).replace("`", "")
        for name, _, meaning in rows
    }


def _comment(words: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(words, _WIDEST)]


def _toml(default: Any, of_the_seed: str) -> str:
    if default is None:
        return of_the_seed
    return f'"{default}"' if isinstance(default, str) else f"{default:g}"
