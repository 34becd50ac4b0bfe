"""Where the bars of a chart stand. Its colours are those of the page."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 120

_GAP = 0.2  # of a bar's place
_LEAST = 2.0  # a number that is not 0 can be seen


@dataclass(frozen=True)
class Part:
    """A part of a bar: its kind (`well`, `stop`, ...) and where it stands."""

    kind: str
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    """A bar, with what it is called."""

    label: str
    x: float
    width: float
    parts: list[Part]


@dataclass(frozen=True)
class Chart:
    """Bars beside each other; `highest` is what the tallest one stands for."""

    words: str
    highest: int
    bars: list[Bar]


def stacked(
    words: str, columns: Sequence[tuple[str, Sequence[tuple[str, int]]]]
) -> Chart | None:
    """Give a chart of labels with their numbers by kind; None when all are 0."""
    highest = max((sum(n for _, n in parts) for _, parts in columns), default=0)
    if not highest:
        return None
    place = WIDTH / max(len(columns), 12)
    bars = []
    for number, (label, counts) in enumerate(columns):
        y, parts = float(HEIGHT), []
        for kind, count in counts:
            if count:
                height = max(_LEAST, count / highest * HEIGHT)
                y -= height
                parts.append(Part(kind, round(y, 1), round(height, 1)))
        x, width = number * place, place * (1 - _GAP)
        bars.append(Bar(label, round(x, 1), round(width, 1), parts))
    return Chart(words, highest, bars)
