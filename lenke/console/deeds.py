"""What a person can decide in the console: fields, and the command line of each."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """A field of a form; a `flag` is ticked, or not."""

    name: str
    label: str
    hint: str = ""
    needed: bool = True
    flag: bool = False


@dataclass(frozen=True)
class Deed:
    """Something that can be decided: the words of its command, and its fields.

    `arguments` are the fields that stand behind the command, in their order; each other
    one is an option of its name.
    """

    name: str
    title: str
    sentence: str
    words: tuple[str, ...]
    arguments: tuple[str, ...]
    fields: tuple[Field, ...]

    def read(self, given: Mapping[str, str]) -> dict[str, str]:
        """Give what was typed in each field."""
        return {each.name: given.get(each.name, "").strip() for each in self.fields}

    def command(self, typed: Mapping[str, str], dry_run: bool = False) -> list[str]:
        """Give the words of the command; what was typed is never an option."""
        options = [
            f"--{each.name.replace('_', '-')}"
            + ("" if each.flag else f"={typed[each.name]}")
            for each in self.fields
            if each.name not in self.arguments and typed[each.name]
        ]
        behind = [typed[name] for name in self.arguments if typed[name]]
        return [
            *self.words,
            *options,
            *(["--dry-run"] if dry_run else []),
            "--",
            *behind,
        ]


_REASON = Field("reason", "Why", "Kept with the decision.", needed=False)
_FLOW = Field("flow", "Flow", "Where the two records don't say it.", needed=False)
_SOURCE = Field("source", "Source record", "Its key or id.")
_TARGET = Field("target", "Target record", "Its key or id.")
_WHAT = Field("what", "What", "A record's key, a flow, or a system.")
_CONFLICT = Field("conflict", "Conflict", "Its id.")

DEEDS = {
    deed.name: deed
    for deed in (
        Deed(
            "acknowledge",
            "Let a finding stand",
            "It is no news any more, until it comes back.",
            ("findings", "acknowledge"),
            ("finding",),
            (Field("finding", "Finding", "Its id."), _REASON),
        ),
        Deed(
            "seen",
            "Acknowledge a lost value",
            "It has been seen, and leaves the list.",
            ("conflicts", "acknowledge"),
            ("conflict",),
            (_CONFLICT, _REASON),
        ),
        Deed(
            "restore",
            "Restore a lost value",
            "It becomes the agreed value; the next sync writes it everywhere.",
            ("conflicts", "restore"),
            ("conflict",),
            (_CONFLICT, _REASON),
        ),
        Deed(
            "link",
            "Link two records",
            "They belong together; the next sync links them.",
            ("link",),
            ("flow", "source", "target"),
            (_FLOW, _SOURCE, _TARGET, _REASON),
        ),
        Deed(
            "unlink",
            "Unlink two records",
            "They do not belong together, now and later.",
            ("unlink",),
            ("flow", "source", "target"),
            (
                _FLOW,
                _SOURCE,
                _TARGET,
                Field(
                    "put_back",
                    "Put back",
                    "Give both back what they held before they were linked.",
                    needed=False,
                    flag=True,
                ),
                _REASON,
            ),
        ),
        Deed(
            "create",
            "Give a record one of its own",
            "The next sync creates its target record.",
            ("create",),
            ("flow", "source"),
            (Field("flow", "Flow"), _SOURCE, _REASON),
        ),
        Deed(
            "pause",
            "Let something rest",
            "Nothing is lost meanwhile.",
            ("pause",),
            ("what",),
            (
                _WHAT,
                Field(
                    "until",
                    "Until",
                    "A while (2h, 3d), a day or a time; empty: until somebody ends it.",
                    needed=False,
                ),
                _REASON,
            ),
        ),
        Deed(
            "resume",
            "Let something take part again",
            "What was edited meanwhile is merged then.",
            ("resume",),
            ("what",),
            (_WHAT, _REASON),
        ),
        Deed(
            "withdraw",
            "Take a decision back",
            "No run has carried it out yet.",
            ("decisions", "withdraw"),
            ("decision",),
            (Field("decision", "Decision", "Its id."), _REASON),
        ),
    )
}


def deed_typed(command: str) -> tuple[str, dict[str, str]] | None:
    """Give the deed that a whole command does, with its fields; None: none does.

    A word in capitals stands for what a person has to fill in.
    """
    try:
        first, *words = shlex.split(command)
    except ValueError:
        return None
    if first != "lenke":
        return None
    for deed in DEEDS.values():
        count = len(deed.words)
        behind = words[count:]
        if tuple(words[:count]) != deed.words or len(behind) != len(deed.arguments):
            continue
        if any(
            word.startswith("-") or (word.isupper() and word.isalpha())
            for word in behind
        ):
            return None
        return deed.name, dict(zip(deed.arguments, behind, strict=True))
    return None
