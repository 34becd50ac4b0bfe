"""Say what rules would do: on a terminal, as lines in a pipe, as a page to show."""

from collections.abc import Iterator
from pathlib import Path

from lenke.match.preview import Preview, Previews, Row
from lenke.pages.page import write_page
from lenke.showing import show
from lenke.showing.layout import say, visible
from lenke.showing.local_time import shown

OUTCOMES = {
    "links": "Would link",
    "ambiguous": "Ambiguous: stays unlinked, with a finding",
    "alone_source": "Alone on the source's side",
    "alone_target": "Alone on the target's side",
}
_BADLY = {"shared": "shared by several", "filler": "identifies nobody"}


def tell(previews: Previews, has_details: bool) -> None:
    """Show the rules in a table; each with its examples where details are wanted."""
    warnings = warnings_about(previews)
    show.table(
        f"Rules, on what was read until {shown(previews.read_at)}"
        if show.out.is_terminal
        else "",
        ["rule", "on", "would link", "by it alone", "ambiguous", "linked already"],
        [
            [
                each.rule,
                "yes" if each.rule.is_enabled else "no",
                *(
                    each.numbers[name]
                    for name in ("new_links", "only_new_links", "ambiguous", "linked")
                ),
            ]
            for each in previews.rules
        ],
    )
    if has_details:
        for each in previews.rules:
            for line in _details(each):
                say(show.out, show.plain(line))
    else:
        show.note(
            "`lenke match --rule FLOW:COMBINATION` shows examples of one, `--html "
            "FILE` writes all of it as a page."
        )
    show.warn(warnings)


def write_html(previews: Previews, path: Path) -> None:
    """Write all of it as one page that needs nothing else."""
    write_page(
        path,
        "match.html",
        title="What link rules would do",
        previews=previews,
        outcomes=OUTCOMES,
        badly=_BADLY,
        in_words=in_words,
        warnings=warnings_about(previews),
    )


def warnings_about(previews: Previews) -> list[str]:
    """Say what a person has to know to read the numbers."""
    found = [
        f"{each.rule.flow} rests, so its rules link nothing now; `lenke status` says "
        "why."
        for each in previews.rules
        if not each.numbers["is_active"]
    ]
    if previews.is_recovery:
        found.append(
            "The next run is a recovery: until a person accepts it, only what is "
            "proved to belong together links, whatever the rules say."
        )
    return list(dict.fromkeys(found))


def in_words(preview: Preview) -> str:
    """Say in one sentence each what the rule compares, finds and leaves."""
    n = preview.numbers
    alone = "would get a new record each" if n["mode"] == "create" else "stay alone"
    return (
        f"{n['compares']}. {n['sources_with_key']} of {n['source_records']} source "
        f"records and {n['targets_with_key']} of {n['target_records']} target records "
        f"have a value that can be compared. {_would(preview)} {n['new_links']}, "
        f"{n['only_new_links']} of them by no other rule; {n['ambiguous']} source "
        f"records are ambiguous; {n['linked']} are linked already. Without a "
        f"candidate, {n['alone_sources']} source records {alone}, and "
        f"{n['alone_targets']} target records are in no star."
    )


def _would(preview: Preview) -> str:
    return "The next run links" if preview.rule.is_enabled else "Switched on, it links"


def _details(preview: Preview) -> Iterator[str]:
    yield ""
    yield f"{preview.rule} ({'on' if preview.rule.is_enabled else 'off'})"
    yield f"  {in_words(preview)}"
    for outcome, title in OUTCOMES.items():
        examples = preview.of(outcome)
        if examples:
            yield ""
            yield f"  {title}, for example"
        for each in examples:
            yield from _example(preview, each)
    if preview.values:
        yield ""
        yield "  Values that identify badly (records: source, target)"
        for row in preview.values:
            yield (
                f"    {row['shown']}  {row['sources']}, {row['targets']}  "
                f"{_BADLY[row['why']]}"
            )


def _example(preview: Preview, row: Row) -> Iterator[str]:
    records = [
        f"{visible(row[f'{side}_key'])} {visible(row[f'{side}_name'])}".rstrip()
        for side in ("source", "target")
        if row[f"{side}_key"]
    ]
    by = f"  by {visible(row['shown'])}" if row["shown"] and len(records) > 1 else ""
    yield f"    {'  with  '.join(records)}{by}"
    for each in preview.sides.get((row["source_key"], row["target_key"]), ()):
        sign = "≠" if each["differs"] else "="
        values = "  |  ".join(
            f"{each[f'{side}_name']}: {visible(each[f'{side}_value']) or '-'}"
            for side in ("source", "target")
        )
        yield f"      {sign} {values}"
