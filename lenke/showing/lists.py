"""The lists that people ask for: what they show, and what they say when they are empty.

"All is well" is said only when nothing was filtered away.
"""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lenke.commands.answer import give
from lenke.home.places import find_home
from lenke.showing import filters, look, questions, show
from lenke.showing.local_time import shown_in
from lenke.showing.look import Rows
from lenke.showing.meant import Record, records_meant

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
    if answer.rows and not as_json:
        answer = _with_local_ends(answer)
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


def _with_local_ends(answer: Rows) -> Rows:
    """Give decisions with the ends of pauses, which are text, in Norwegian time."""
    kind = answer.columns.index("kind")
    ends = {answer.columns.index(name) for name in ("decided_value", "details")}
    return replace(
        answer,
        rows=[
            tuple(
                shown_in(value)
                if place in ends and value is not None and row[kind] == "pause"
                else value
                for place, value in enumerate(row)
            )
            for row in answer.rows
        ],
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
