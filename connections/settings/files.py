"""Read a settings file, and believe it only when nobody else can have written it.

Settings say where keys are sent and how much a run may change, so whoever can write
them can do both. It is as ssh judges its own files: the owner is this user or root,
and nobody else may write, but for a group that is the user's alone.
"""

import grp
import os
import pwd
import stat
from pathlib import Path

from connections.http.errors import ConfigurationError


def read_settings_file(path: Path) -> tuple[str, list[str]]:
    """Give the text of a settings file, and words about who else can read it.

    A file that is not there is empty. Raises ConfigurationError when it can't be read,
    and when somebody else can write to it, to its folder or to the folder of that.
    """
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            text = file.read().decode("utf-8-sig")
        folders = {each: each.stat() for each in (path.parent, path.parent.parent)}
    except FileNotFoundError:
        return "", []
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read: {error}") from None
    problems = [
        f"  - {each}: {problem}"
        for each, status in {path: found, **folders}.items()
        if (problem := _written_by_others(each, status))
    ]
    if problems:
        lines = "\n".join(problems)
        raise ConfigurationError(
            f"{path} is not read, because others can change what it says:\n{lines}\n"
            "  Look whether it still says what you wrote, and run again."
        )
    return text, [f"{path}: {words}" for words in _read_by_others(path, found)]


def _written_by_others(path: Path, status: os.stat_result) -> str | None:
    """Say who else can write to a file or folder, and what ends that."""
    mode = status.st_mode
    # In a folder with the sticky bit nobody replaces what is not theirs; what somebody
    # puts there is told by its owner.
    is_sticky = stat.S_ISDIR(mode) and bool(mode & stat.S_ISVTX)
    if status.st_uid not in (0, os.geteuid()):
        return (
            f"it belongs to {_user(status.st_uid)}. "
            f"Make it yours: chown {_user(os.geteuid())} '{path}'"
        )
    if mode & stat.S_IWOTH and not is_sticky:
        return f"everybody can write to it. Take that away: chmod go-w '{path}'"
    if mode & stat.S_IWGRP and not is_sticky and not _is_private_group(status):
        return f"its group can write to it. Take that away: chmod go-w '{path}'"
    return None


def _read_by_others(path: Path, status: os.stat_result) -> list[str]:
    if path.name != "secrets.toml":
        return []
    if status.st_mode & stat.S_IROTH:
        return [f"everybody can read these keys: chmod 600 '{path}'"]
    if status.st_mode & stat.S_IRGRP and not _is_private_group(status):
        return [f"its group can read these keys: chmod 600 '{path}'"]
    return []


def _is_private_group(status: os.stat_result) -> bool:
    """Tell whether a file's group is its owner's or this user's own, without others."""
    for user_id in (status.st_uid, os.geteuid()):
        try:
            name = pwd.getpwuid(user_id).pw_name
            group = grp.getgrgid(status.st_gid)
        except KeyError:
            continue
        if group.gr_name == name and set(group.gr_mem) <= {name}:
            return True
    return False


def _user(user_id: int) -> str:
    try:
        return pwd.getpwuid(user_id).pw_name
    except KeyError:
        return str(user_id)
