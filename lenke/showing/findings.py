"""The findings that people ask for: what stops most first, each with its next step.

What a person lets stand is left out unless everything is asked for, and is counted.
"All is well" is said only when nothing was left out.
"""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from lenke.commands.answer import give, tell_more
from lenke.home.places import Home, find_home
from lenke.showing import filters, look, questions, show
from lenke.showing.layout import in_pieces, say, visible, wrapped
from lenke.showing.local_time import shown
from lenke.showing.look import Rows

EXPLAINED = "docs/findings.md"

_STANDS = "stands"
_GROUPS = {
    "system": "What stops a system, or every write",
    "flow": "What stops a flow, a record type or a property of it",
    "record": "What stops a record",
    _STANDS: "What somebody lets stand",
}

_COUNT = f"""
select
    case when acknowledged_at is null then reach else '{_STANDS}' end, count(*)
from ({questions.FINDINGS})
group by all
"""  # noqa: S608 - our own question


@dataclass(frozen=True)
class Wanted:
    """Which findings are asked for: of one kind, new ones, acknowledged ones, too."""

    kind: str | None = None
    new: bool = False
    everything: bool = False

    def command(self) -> list[str]:
        """Give the words of the command that asks for them."""
        typed = {"--new": self.new, "--all": self.everything}
        return [
            "findings",
            *(["--kind", self.kind] if self.kind else []),
            *(name for name, value in typed.items() if value),
        ]


def findings(wanted: Wanted, as_json: bool, most: int | None) -> None:
    """Show findings: as blocks on a terminal, with the names of the records."""
    home = find_home()
    wanted = replace(wanted, kind=filters.finding_kind(home, wanted.kind))
    short = 2**31 if as_json else questions.SHORT_ID
    answer = look.ask_for(home, questions.FINDINGS, most, **vars(wanted), short=short)
    if as_json:
        show.as_json(
            [{**row, "explained": _explained(row)} for row in answer.as_json()]
        )
        return
    if not answer.rows:
        _say_nothing(home, wanted)
        return
    if show.out.is_terminal:
        _show_groups(answer, _numbers(home, wanted))
        tell_more(answer, wanted.command())
    else:
        give(_without(answer, "records"), "", False, wanted.command())
    of_kind = Wanted(wanted.kind, everything=True)
    stands = 0 if wanted.everything else _numbers(home, of_kind).get(_STANDS, 0)
    if stands:
        command = shlex.join(["lenke", *of_kind.command()])
        show.note(f"Somebody lets {stands} more stand: {command}")


def _numbers(home: Home, wanted: Wanted) -> dict[str, int]:
    """Count what is asked for, by what it stops."""
    asked = {**vars(wanted), "short": 1}
    return dict(look.ask(home, _COUNT, **asked).rows)


def _say_nothing(home: Home, wanted: Wanted) -> None:
    """Say that there is nothing to look at, or what there is besides."""
    of_kind = f" of kind {wanted.kind}" if wanted.kind else ""
    in_all = _numbers(home, Wanted(everything=True))
    if not in_all:
        nor = f"{of_kind}, nor of another" if wanted.kind else ""
        show.out.print(f"No findings{nor}: all is well.")
        return
    stands = in_all.pop(_STANDS, 0)
    where = "Of other kinds" if wanted.kind and not wanted.new else "In all"
    others = [
        *([f"{where}: {sum(in_all.values())} (`lenke findings`)."] if in_all else []),
        *([f"Somebody lets stand: {stands} (`lenke findings --all`)."] * bool(stands)),
    ]
    what = "new findings" if wanted.new else "findings"
    show.out.print(show.plain(f"No {what}{of_kind}. {' '.join(others)}"))


def _show_groups(answer: Rows, numbers: Mapping[str, int]) -> None:
    """Show what is there by what it stops, each group with its number."""
    for group, rows in groupby(answer.as_json(), _group):
        say(show.out, f"[bold]{_GROUPS[group]}: {numbers[group]}[/bold]\n")
        for row in rows:
            _block(row)


def _group(row: Mapping[str, Any]) -> str:
    return str(row["reach"]) if row["acknowledged_at"] is None else _STANDS


def _block(row: Mapping[str, Any]) -> None:
    """Show a finding: what it is about, what is the matter, who is who, what to do."""
    about = [row["kind"], row["record_key"], row["property"] or ""]
    say(show.out, f"[bold]{show.plain('  '.join(filter(None, about)))}[/bold]")
    for line in wrapped(show.out, visible(row["message"]), "  "):
        say(show.out, show.plain(line))
    for each in row["records"]:
        if each["record_name"]:
            name = visible(each["record_name"])
            say(show.out, show.plain(f"    {each['record_key']}  {name}"))
    for is_command, piece in in_pieces(visible(row["next_step"])):
        for line in [f"    {piece}"] if is_command else wrapped(show.out, piece, "  "):
            say(show.out, show.plain(line))
    for line in wrapped(show.out, _known_as(row), "  "):
        say(show.out, show.plain(line))
    say(show.out)


def _known_as(row: Mapping[str, Any]) -> str:
    """Say its id, since when it is there, where it is explained, who lets it stand."""
    since = row["first_seen_at"]
    told = [
        row["finding_id"],
        f"since {shown(since)}" if since else "new",
        _explained(row),
    ]
    if row["acknowledged_at"] is not None:
        why = row["acknowledged_because"]
        told.append(
            f"{row['acknowledged_by']} lets it stand{f': {why}' if why else ''}"
        )
    return visible("; ".join(told))


def _explained(row: Mapping[str, Any]) -> str:
    return f"{EXPLAINED}#{row['kind']}"


def _without(answer: Rows, column: str) -> Rows:
    place = answer.columns.index(column)
    return replace(
        answer,
        columns=(*answer.columns[:place], *answer.columns[place + 1 :]),
        rows=[(*row[:place], *row[place + 1 :]) for row in answer.rows],
    )
