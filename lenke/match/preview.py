"""Try link rules on what was read last: what they would link, and what not.

The models decide, as in a run; a rule that is off is on while they do. It counts beside
the rules that are on, as it would: a pair is only the only one over all rules.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from connections.http.errors import ConfigurationError
from connections.private.records import hash_key
from lenke.build.options import BuildOptions
from lenke.build.trial import Trial, trial
from lenke.home.hash_key import is_short
from lenke.home.lock import only_run
from lenke.home.places import Home
from lenke.match.rules import Rule

_SWITCH = """
update seeds.link_rules set is_enabled = ? where flow = ? and combination = ?
"""
# What follows from the rules; all else stays as it is whatever they say.
_FOLLOWS = (
    *("match_key_parts", "match_keys", "match_pairs", "match_found_pairs"),
    *("match_new_links", "match_links", "match_ambiguous", "match_unlinked_sources"),
)
_SHOWN = (
    *("inspect_match_rules", "inspect_match_examples"),
    *("inspect_match_sides", "inspect_match_values", "records"),
)
_READ_AT = "select max(loaded_at) from staging.stg_records"
_IS_RECOVERY = "select is_recovery from matching.match_run_is_recovery"


def _question(name: str) -> str:
    return (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")


_NUMBERS = _question("numbers")
_EXAMPLES = _question("examples")
_SIDES = _question("sides")
_VALUES = _question("values")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Preview:
    """What a rule would do: in numbers, examples of each outcome, and bad values.

    `sides` are the properties of two records side by side, by (source, target).
    """

    rule: Rule
    numbers: Row
    examples: Sequence[Row]
    sides: Mapping[tuple[str, str], Sequence[Row]]
    values: Sequence[Row]

    def of(self, outcome: str) -> list[Row]:
        """Give the examples of an outcome."""
        return [each for each in self.examples if each["outcome"] == outcome]

    def as_json(self) -> dict[str, Any]:
        """Give all of it as one object."""
        return {
            "rule": str(self.rule),
            "is_enabled": self.rule.is_enabled,
            **self.numbers,
            "examples": [
                {
                    **each,
                    "properties": self.sides.get(
                        (each["source_key"], each["target_key"]), []
                    ),
                }
                for each in self.examples
            ],
            "values": list(self.values),
        }


@dataclass(frozen=True)
class Previews:
    """What each rule would do, and when the newest record was read (UTC).

    In a recovery only what is proved to belong together links, whatever rules say.
    """

    rules: Sequence[Preview]
    read_at: datetime
    is_recovery: bool


def preview(
    home: Home, rules: Sequence[Rule], says: Callable[[str], None] = lambda _: None
) -> Previews:
    """Try the rules, one after the other; nothing is linked, written or kept.

    Raises ConfigurationError when nothing has been read yet.
    """
    options = BuildOptions(
        now=datetime.now(UTC), hash_key_is_short=is_short(hash_key(home.folder))
    )
    with (
        only_run(home, "match"),
        trial(home, options, lambda: says("Compiling the models")) as tried,
    ):
        says("Matching")
        tried.build([*_FOLLOWS, *_SHOWN])
        [(read_at,)] = tried.warehouse.execute(_READ_AT).fetchall()
        if read_at is None:
            raise ConfigurationError(
                "Nothing has been read yet, so there is nothing to match. Run `lenke "
                "load` first: it reads the systems, and decides and writes nothing."
            )
        [(is_recovery,)] = tried.warehouse.execute(_IS_RECOVERY).fetchall()
        return Previews([_preview(tried, rule) for rule in rules], read_at, is_recovery)


def _preview(tried: Trial, rule: Rule) -> Preview:
    warehouse = tried.warehouse
    if not rule.is_enabled:
        warehouse.execute(_SWITCH, [True, rule.flow, rule.combination])
        tried.build_again(_FOLLOWS)
    [numbers] = _asked(warehouse, _NUMBERS, rule)
    sides: dict[tuple[str, str], list[Row]] = {}
    for row in _asked(warehouse, _SIDES, rule):
        sides.setdefault((row.pop("source_key"), row.pop("target_key")), []).append(row)
    found = Preview(
        rule,
        numbers,
        _asked(warehouse, _EXAMPLES, rule),
        sides,
        _asked(warehouse, _VALUES, rule),
    )
    if not rule.is_enabled:
        warehouse.execute(_SWITCH, [False, rule.flow, rule.combination])
        tried.build_again(_FOLLOWS)
    return found


def _asked(
    warehouse: duckdb.DuckDBPyConnection, question: str, rule: Rule
) -> list[dict[str, Any]]:
    asked = {"flow": rule.flow, "combination": rule.combination}
    result = warehouse.execute(question, asked)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
