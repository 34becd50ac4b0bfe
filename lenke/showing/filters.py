"""What can be asked for: kinds, rules and flows, as people type them.

What nobody knows is refused with the nearest of what is known. Else a slip of the
fingers would read as "all is well".
"""

import difflib
from collections.abc import Collection

from connections.http.errors import ConfigurationError
from lenke.home.places import Home
from lenke.seeds.filled import seed_rows
from lenke.showing.look import ask

# Beside these, a property is held for each reason of seeds/reasons.csv: `held_...`.
FINDING_KINDS = (
    "absent_record",
    "ambiguous_match",
    "another_tenant",
    "clock_behind",
    "delete_refused",
    "doubtful_link",
    "entity_not_granted",
    "held_create",
    "id_reused",
    "identifies_nobody",
    "kept_after_edit",
    "masked_value",
    "mass_change",
    "missing_member",
    "open_write",
    "possible_double",
    "property_rests",
    "record_gone",
    "recovery",
    "recovery_differs",
    "recovery_unlinked",
    "rekeyed",
    "rule_without_member",
    "set_aside",
    "short_hash_key",
    "stamp_ahead",
    "system_not_read",
    "system_rests",
    "unconfirmed_edit",
    "unreadable_value",
)

CONFLICT_RULES = (
    "answered",
    "ask",
    "edited",
    "first_meeting",
    "newest",
    "one_way",
    "ping_pong",
    "restored",
    "source_gone",
    "source_wins",
    "target_gone",
    "target_wins",
    "tie_to_first_flow",
    "tie_to_source",
    "unexplained_answer",
    "unlinked",
)

DECISION_KINDS = (
    "acknowledge",
    "acknowledge_finding",
    "create",
    "link",
    "pause",
    "put_back_source",
    "put_back_target",
    "restore",
    "resume",
    "unlink",
)


def finding_kind(home: Home, typed: str | None) -> str | None:
    """Give the kind of findings that is meant, or raise ConfigurationError."""
    held = [f"held_{row['reason']}" for row in seed_rows("reasons.csv")]
    found = column(home, "select distinct kind from inspection.findings")
    return chosen(typed, {*FINDING_KINDS, *held, *found}, "kind of findings", "--kind")


def conflict_rule(home: Home, typed: str | None) -> str | None:
    """Give the rule of conflicts that is meant, or raise ConfigurationError."""
    found = column(home, "select distinct rule from inspection.conflicts")
    return chosen(typed, {*CONFLICT_RULES, *found}, "rule of conflicts", "--rule")


def decision_kind(home: Home, typed: str | None) -> str | None:
    """Give the kind of decisions that is meant, or raise ConfigurationError."""
    found = column(home, "select distinct kind from inspection.decisions")
    return chosen(typed, {*DECISION_KINDS, *found}, "kind of decisions", "--kind")


def flow_of_links(home: Home, typed: str | None) -> str | None:
    """Give the flow that is meant, also a former one, or raise ConfigurationError."""
    known = column(
        home,
        "select flow from inspection.coverage union select flow from inspection.links",
    )
    return chosen(typed, known, "flow", "--flow")


def column(home: Home, question: str) -> set[str]:
    return {value for (value,) in ask(home, question).rows if value}


def chosen(
    typed: str | None, known: Collection[str], what: str, option: str | None
) -> str | None:
    """Give the known value that is meant, whatever its case and hyphens."""
    if typed is None:
        return None
    by_spelling = {_spelling(each): each for each in known}
    if _spelling(typed) in by_spelling:
        return typed if typed in known else by_spelling[_spelling(typed)]
    nearest = [
        by_spelling[each]
        for each in difflib.get_close_matches(_spelling(typed), by_spelling)
    ]
    raise ConfigurationError(
        f"There is no {what} {typed!r}. "
        + (f"The nearest: {', '.join(nearest)}. " if nearest else "")
        + f"Known: {', '.join(sorted(known)) or 'none'}."
        + (f" Without {option} all are shown." if option else "")
    )


def _spelling(text: str) -> str:
    return text.strip().casefold().replace("-", "_").replace(" ", "_")
