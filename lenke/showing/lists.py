"""The lists that people ask for: what they show, and what they say when they are empty.

"All is well" is said only when nothing was filtered away.
"""

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from lenke.commands.answer import give, tell_more
from lenke.home.places import Home, find_home
from lenke.showing import filters, look, questions, show
from lenke.showing.layout import in_pieces, say, visible, wrapped
from lenke.showing.look import Rows
from lenke.showing.meant import Record, records_meant

# What looks like a record key in a sentence; whether it is one, the records say.
_KEY = re.compile(r"\b[a-z]+:[a-z]+:[^\s,;'\"`]*[^\s,;'\"`.:)]")

_SAID_BY_KEYS = (
    *("source_system", "source_entity", "source_id"),
    *("target_system", "target_entity", "target_id"),
)


def links(
    record: str | None, flow: str | None, past: bool, as_json: bool, most: int | None
) -> None:
    """Show links."""
    home = find_home()
    records = records_meant(home, record)
    flow = filters.flow_of_links(home, flow)
    asked = {"flow": flow, "records": _keys(records), "past": past}
    answer = look.ask_for(home, questions.LINKS, most, **asked)
    command = _command(["links"], record, {"--flow": flow, "--past": past})
    if answer.rows or as_json:
        give(answer, "Links", as_json, command, _SAID_BY_KEYS)
        return
    wider = {**asked, "flow": None, "past": True}
    _say_nothing(
        f"No links{_of(records)}{f' in {flow}' if flow else ''}",
        look.count(home, questions.LINKS, **wider),
        "In all flows, ended ones included",
        _command(["links"], record, {"--past": True}),
    )


def findings(kind: str | None, as_json: bool, most: int | None) -> None:
    """Show findings: as blocks on a terminal, with the names of the records."""
    home = find_home()
    kind = filters.finding_kind(home, kind)
    answer = look.ask_for(home, questions.FINDINGS, most, kind=kind)
    names = _names(home, answer)
    if as_json:
        show.as_json(
            [{**row, "records": _named(row, names)} for row in answer.as_json()]
        )
    elif not answer.rows:
        others = look.count(home, questions.FINDINGS, kind=None)
        if kind is None or not others:
            of_kind = f" of kind {kind}, nor of another" if kind else ""
            show.out.print(f"No findings{of_kind}: all is well.")
        else:
            _say_nothing(
                f"No findings of kind {kind}", others, "Of other kinds", ["findings"]
            )
    elif show.out.is_terminal:
        for row in answer.as_json():
            _block(row, names)
        tell_more(answer, _command(["findings"], None, {"--kind": kind}))
    else:
        give(answer, "", False, _command(["findings"], None, {"--kind": kind}))


def conflicts(
    record: str | None, rule: str | None, past: bool, as_json: bool, most: int | None
) -> None:
    """Show losing values."""
    home = find_home()
    records = records_meant(home, record)
    rule = filters.conflict_rule(home, rule)
    asked = {"records": _keys(records), "rule": rule, "past": past}
    answer = look.ask_for(
        home,
        questions.CONFLICTS,
        most,
        short=2**31 if as_json else questions.SHORT_ID,
        **asked,
    )
    if answer.rows or as_json:
        command = (
            ["conflicts"],
            None,
            {"--record": record, "--rule": rule, "--past": past},
        )
        give(answer, "Conflicts", as_json, _command(*command))
        return
    wider = {"records": _keys(records), "rule": None, "past": True}
    number = look.count(home, questions.CONFLICTS, short=1, **wider)
    if not number and records is None:
        show.out.print("No conflicts: nothing was lost.")
        return
    _say_nothing(
        f"No conflicts{_of(records)}{f' by the rule {rule}' if rule else ''}",
        number,
        "By any rule, acknowledged and restored ones included",
        _command(["conflicts"], None, {"--record": record, "--past": True}),
    )


def decisions(kind: str | None, waiting: bool, as_json: bool, most: int | None) -> None:
    """Show what people have decided."""
    home = find_home()
    kind = filters.decision_kind(home, kind)
    answer = look.ask_for(
        home,
        questions.DECISIONS,
        most,
        kind=kind,
        waiting=waiting,
        short=2**31 if as_json else questions.SHORT_ID,
    )
    if answer.rows or as_json:
        options = {"--kind": kind, "--waiting": waiting}
        give(answer, "Decisions", as_json, _command(["decisions"], None, options))
        return
    number = look.count(home, questions.DECISIONS, kind=None, waiting=False, short=1)
    if not number:
        show.out.print("No decisions: nobody has decided anything.")
        return
    _say_nothing(
        f"No decisions{f' of kind {kind}' if kind else ''}"
        + (" that wait" if waiting else ""),
        number,
        "In all",
        ["decisions"],
    )


def _keys(records: Sequence[Record] | None) -> list[str] | None:
    return None if records is None else [each.key for each in records]


def _of(records: Sequence[Record] | None) -> str:
    if records is None:
        return ""
    return f" of {' or '.join(str(each) for each in records)}"


def _command(
    words: Sequence[str], argument: str | None, options: Mapping[str, str | bool | None]
) -> list[str]:
    """Give the words of a command with the options that were typed."""
    typed = [
        word
        for name, value in options.items()
        if value
        for word in ([name] if value is True else [name, str(value)])
    ]
    return [*words, *([argument] if argument else []), *typed]


def _say_nothing(words: str, number: int, where: str, command: Sequence[str]) -> None:
    """Say that a filter left nothing, and what there is without it."""
    words += "."
    if number:
        words += f" {where}: {number} (`{shlex.join(['lenke', *command])}`)."
    show.out.print(show.plain(words))


def _names(home: Home, answer: Rows) -> dict[str, str]:
    """Give the names of all records that findings are about or speak of."""
    keys = {
        key
        for row in answer.as_json()
        for text in (row["record_key"], row["message"], row["next_step"])
        for key in (row["record_key"], *_KEY.findall(text or ""))
    }
    return dict(look.ask(home, questions.NAMES, keys=sorted(keys)).rows)


def _named(
    row: Mapping[str, Any], names: Mapping[str, str | None]
) -> list[dict[str, str | None]]:
    """Give the records that a finding is about or speaks of, with their names."""
    text = f"{row['record_key']} {row['message']} {row['next_step']}"
    keys = dict.fromkeys([row["record_key"], *_KEY.findall(text)])
    return [
        {"record_key": key, "record_name": names[key]} for key in keys if key in names
    ]


def _block(row: Mapping[str, Any], names: Mapping[str, str | None]) -> None:
    """Show a finding: what it is about, what is the matter, who is who, what to do."""
    about = [row["kind"], row["record_key"], row["property"] or ""]
    say(show.out, f"[bold]{show.plain('  '.join(filter(None, about)))}[/bold]")
    for line in wrapped(show.out, visible(row["message"]), "  "):
        say(show.out, show.plain(line))
    for each in _named(row, names):
        if each["record_name"]:
            say(
                show.out,
                show.plain(f"    {each['record_key']}  {visible(each['record_name'])}"),
            )
    for is_command, piece in in_pieces(visible(row["next_step"])):
        for line in [f"    {piece}"] if is_command else wrapped(show.out, piece, "  "):
            say(show.out, show.plain(line))
    say(show.out)
