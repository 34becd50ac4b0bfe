"""What people ask of the published tables: one file in `sql/` for each question."""

from pathlib import Path


def _question(name: str) -> str:
    return (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")


# Characters of an id that are shown: enough to tell it apart.
SHORT_ID = 8

COVERAGE = _question("coverage")
LINKS = _question("links")
FINDINGS = _question("findings")
KINDS = _question("kinds_of_findings")
CONFLICTS = _question("conflicts")
DECISIONS = _question("decisions")
PLAN = _question("plan")
NAMES = _question("names")
PLAN_LINES = _question("plan_lines")
RUNS = _question("runs")

# What is asked of one star: lenke/why.
WHY = {
    name: _question(f"why_{name}")
    for name in (
        "records",
        "unlinked",
        "flows",
        "history",
        "conflicts",
        "writes",
        "sights",
        "plan",
        "findings",
        "decisions",
        "built",
    )
}
