"""The link rules of the seeds, as people name them: `FLOW:COMBINATION`."""

from dataclasses import dataclass

from connections.http.errors import ConfigurationError
from lenke.seeds.filled import seed_rows
from lenke.showing.filters import chosen


@dataclass(frozen=True)
class Rule:
    """One combination of a flow; it is on when all of its rows are."""

    flow: str
    combination: str
    is_enabled: bool

    def __str__(self) -> str:
        """Give its name, as `--rule` takes it."""
        return f"{self.flow}:{self.combination}"


def link_rules() -> list[Rule]:
    """Give the rules in the order of the seed."""
    found: dict[tuple[str, str], bool] = {}
    for row in seed_rows("link_rules.csv"):
        key = row["flow"], row["combination"]
        found[key] = found.get(key, True) and row["is_enabled"] == "true"
    return [Rule(*key, is_enabled) for key, is_enabled in found.items()]


def rules_meant(typed: str | None) -> list[Rule]:
    """Give the rules that are meant; all without a name, those of a flow for its name.

    Raises ConfigurationError for what nobody knows, with the nearest name.
    """
    rules = link_rules()
    if not rules:
        raise ConfigurationError(
            "link_rules.csv has no rule, so nothing links by one. Add a row for each "
            "property that must be equal (docs/seeds.md says what stands in it)."
        )
    if typed is None:
        return rules
    of_flow = [each for each in rules if each.flow == typed]
    if of_flow:
        return of_flow
    name = chosen(typed, [str(each) for each in rules], "link rule", "--rule")
    return [each for each in rules if str(each) == name]
