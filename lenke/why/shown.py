"""A story on a terminal, or as plain lines: short sentences, and commands to copy."""

from collections.abc import Iterable

from lenke.showing import show
from lenke.showing.layout import in_pieces, say, visible, wrapped
from lenke.why.story import Story
from lenke.why.told import Fact, command, when
from lenke.why.words import STATES

_NOTHING_WAITS = {
    False: "Nothing waits: what is agreed on has arrived, or is left alone.",
    True: "What rests waits until it takes part again; nothing of it is lost.",
}


def show_story(story: Story) -> None:
    """Say who it is, whom it is linked with, what happened, and what it waits for."""
    _say(_who(story), bold=True)
    if story.asked is None:
        _part("Links", story.linked)
        _part("Not linked", story.unlinked)
    for each in story.properties:
        value = f": {story.star.names.value(each.value)}" if each.is_agreed else ""
        _part(f"{each.name}{value}", each.facts, dated=True)
    if story.asked and not story.properties:
        _say("")
        _say(f"Nothing has happened to {story.asked} yet.")
    _part("What people decided", story.decided, dated=True)
    _part("Deleted by Lenke", story.deleted, dated=True)
    _part("What it waits for now", story.waits)
    if not story.waits:
        _say("")
        _say(_NOTHING_WAITS[any(each.row["rests_because"] for each in story.linked)])
    show.note(
        f"As of {when(story.as_of)} (Norwegian time). "
        f"All there is: {command('why', story.star.about, '--json')}"
    )


def _who(story: Story) -> str:
    words = story.star.names.of(story.star.about)
    for row in story.star.table("records"):
        if row["record_key"] == story.star.about:
            number = row["record_number"]
            words += f", number {visible(number)}" if number else ""
            return f"{words}: {STATES.get(row['state'], row['state'])}."
    lasts = any(
        story.star.about in (row["source_key"], row["target_key"])
        and row["ended_at"] is None
        for row in story.star.links
    )
    return f"{words}: no listing has {'shown it yet' if lasts else 'it any more'}."


def _part(title: str, facts: Iterable[Fact], dated: bool = False) -> None:
    told = list(facts)
    if not told:
        return
    _say("")
    _say(title, bold=True)
    for each in told:
        date = f"{when(each.at)}  " if dated and each.at else ""
        _say(f"{date}{each.sentence}", indent="  ")
        for step in each.next_steps:
            for is_command, piece in in_pieces(visible(step)):
                if is_command:
                    say(show.out, show.plain(f"      {piece}"))
                else:
                    _say(piece, indent="    ")


def _say(text: str, indent: str = "", bold: bool = False) -> None:
    """Say a sentence in the width of the terminal; a pipe gets it as one line."""
    words = visible(text)
    lines = (
        wrapped(show.out, words, indent, "  ")
        if show.out.is_terminal and words
        else [indent + words]
    )
    for line in lines:
        plain = show.plain(line)
        say(show.out, f"[bold]{plain}[/bold]" if bold and words else plain)
