"""The figures: what each is, its goal and its aim."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One row of the table; `goal` and `aim` are in `unit`.

    `scenario` is the word by which it is chosen (`ONLY=`). A figure of `long` is
    measured by `make bench-full` alone. With `more`, more is better. A figure without a
    goal explains another one.
    """

    key: str
    scenario: str
    title: str
    unit: str
    goal: float | None = None
    aim: float | None = None
    long: bool = False
    more: bool = False

    def reached(self, value: float) -> str:
        """Say which of the two a value reaches."""
        if self.goal is None or self.aim is None:
            return ""
        sign = -1 if self.more else 1
        if sign * value <= sign * self.aim:
            return "aim"
        return "goal" if sign * value <= sign * self.goal else "no"


NAIVE = "x naive"
FLOOR = "x floor"

FIGURES = (
    Figure("quiet", "quiet", "quiet sync, two lists of 1,000", NAIVE, 3, 2),
    Figure("first", "demo", "first sync of the demo's world, CPU", "s", 6, 4),
    Figure("edits", "demo", "8 edits in it, CPU", "s", 3.5, 2.5),
    Figure("delta", "ladder", "quiet, nothing due, 173,000, delta reads", NAIVE, 2, 1),
    Figure(
        "growth",
        "ladder",
        "growth of a quiet delta run, 1,000 to 173,000",
        "exponent",
        0.2,
        0.1,
    ),
    Figure("write", "writes", "a write, client CPU", "ms", 1.5, 1.0),
    Figure(
        "pace",
        "push",
        "push at a limit of 500/s, 20 ms: share of the limit",
        "%",
        97,
        99,
        more=True,
    ),
    Figure("refused", "push", "the same push: calls answered 429", "calls", 0, 0),
    Figure("landing", "landing", "landing 100,000 records", FLOOR, 2, 1.3),
    Figure("peak", "large", "peak memory, 173,000 records, first sync", "MB", 600, 450),
    Figure("first_large", "large", "first sync of 173,000 records, CPU", "s"),
    Figure(
        "first_writes", "large", "first sync of 173,000 records, writes sent", "writes"
    ),
    Figure(
        "edited",
        "large",
        "1 % edited, 173,000 records, without the writes' own cost, CPU",
        "s",
        12,
        8,
    ),
    Figure("edited_whole", "large", "1 % edited, with its writes, CPU", "s"),
    Figure("edited_writes", "large", "1 % edited, writes sent", "writes"),
    Figure("quiet_large", "large", "quiet, 173,000 records, six systems, CPU", "s"),
    Figure(
        "million",
        "million",
        "quiet, full listings, 1,000,000 records",
        NAIVE,
        3,
        1.5,
        long=True,
    ),
    Figure(
        "million_peak",
        "million",
        "peak memory, 1,000,000 records",
        "MB",
        1024,
        700,
        long=True,
    ),
    Figure(
        "million_growth",
        "million",
        "growth of a quiet delta run, 1,000 to 1,000,000",
        "exponent",
        0.2,
        0.1,
        long=True,
    ),
    Figure(
        "matching",
        "matching",
        "matching 1,000,000 x 1,000,000 by two rules",
        "x plain SQL",
        2,
        1.2,
        long=True,
    ),
)

BY_KEY = {figure.key: figure for figure in FIGURES}
SCENARIOS = tuple(dict.fromkeys(figure.scenario for figure in FIGURES))
LONG = frozenset(figure.scenario for figure in FIGURES if figure.long)
