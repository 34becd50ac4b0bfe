"""What can be asked for: kinds, rules, flows and records, as people type them.

What nobody knows is refused with the nearest of what is known. Else a slip of the
fingers would read as "all is well".
"""

import csv
import difflib
from collections.abc import Collection
from dataclasses import dataclass

from connections.http.errors import ConfigurationError
from lenke.home.places import SEEDS, Home
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
    "edited",
    "first_meeting",
    "newest",
    "one_way",
    "ping_pong",
    "restored",
    "source_gone",
    "target_gone",
    "tie_to_first_flow",
    "tie_to_source",
    "unexplained_answer",
)

DECISION_KINDS = ("acknowledge", "create", "link", "restore", "unlink")

_KNOWN_RECORDS = """
with told as (
    select source_key as record_key from inspection.links
    union
    select target_key from inspection.links
    union
    select source_key from inspection.conflicts
    union
    select losing_key from inspection.conflicts
),

known as (
    select record_key, record_name from inspection.records
    union all
    select record_key, null as record_name
    from told
    anti join inspection.records using (record_key)
    where record_key is not null
),

split as (
    select
        record_key,
        record_name,
        regexp_extract(record_key, '^([^:]*:[^:]*):', 1) as record_type,
        regexp_extract(record_key, '^[^:]*:[^:]*:(.*)$', 1, 's') as record_id
    from known
)
"""

# A PowerOffice contact person goes by two numbers: whoever types one of them means it.
_MEANT = f"""{_KNOWN_RECORDS},

ranked as (
    select
        record_key,
        record_name,
        case
            when record_key = $typed or record_id = $typed then 1
            when
                ends_with(record_key, ':' || $typed)
                or list_contains(string_split(record_id, '/'), $typed)
                or lower(record_key) = lower($typed)
                or lower(record_id) = lower($typed)
                then 2
        end as place
    from split
)

select record_key, record_name
from ranked
where place = (select min(place) from ranked)
order by record_key
"""  # noqa: S608 - made of constants

_TYPES = f"{_KNOWN_RECORDS} select distinct record_type from split"  # noqa: S608

_NEAREST = f"""{_KNOWN_RECORDS}
select record_key, record_name
from split
where
    ($type is null or record_type = $type)
    and jaro_winkler_similarity(lower(record_id), lower($typed)) > 0.8
order by jaro_winkler_similarity(lower(record_id), lower($typed)) desc, record_key
limit 3
"""  # noqa: S608 - made of constants


@dataclass(frozen=True)
class Record:
    """A record that the newest listings or the ledger know."""

    key: str
    name: str | None

    def __str__(self) -> str:
        """Give its key, and its name beside it."""
        return f"{self.key} ({self.name})" if self.name else self.key


def finding_kind(home: Home, typed: str | None) -> str | None:
    """Give the kind of findings that is meant, or raise ConfigurationError."""
    with (SEEDS / "reasons.csv").open(encoding="utf-8", newline="") as file:
        held = [f"held_{row['reason']}" for row in csv.DictReader(file)]
    found = _column(home, "select distinct kind from inspection.findings")
    return _chosen(typed, {*FINDING_KINDS, *held, *found}, "kind of findings", "--kind")


def conflict_rule(home: Home, typed: str | None) -> str | None:
    """Give the rule of conflicts that is meant, or raise ConfigurationError."""
    found = _column(home, "select distinct rule from inspection.conflicts")
    return _chosen(typed, {*CONFLICT_RULES, *found}, "rule of conflicts", "--rule")


def decision_kind(home: Home, typed: str | None) -> str | None:
    """Give the kind of decisions that is meant, or raise ConfigurationError."""
    found = _column(home, "select distinct kind from inspection.decisions")
    return _chosen(typed, {*DECISION_KINDS, *found}, "kind of decisions", "--kind")


def flow_of_links(home: Home, typed: str | None) -> str | None:
    """Give the flow that is meant, also a former one, or raise ConfigurationError."""
    known = _column(
        home,
        "select flow from inspection.coverage union select flow from inspection.links",
    )
    return _chosen(typed, known, "flow", "--flow")


def records_meant(home: Home, typed: str | None) -> list[Record] | None:
    """Give the records that an id or a record key means; None when none was typed.

    Raises ConfigurationError when nobody knows such a record, with the nearest ones.
    """
    if typed is None:
        return None
    wanted = typed.strip()
    if not wanted:
        raise ConfigurationError(
            "An empty id names no record. Leave it out for all of them."
        )
    found = [Record(*row) for row in ask(home, _MEANT, typed=wanted).rows]
    if found:
        return found
    record_type, record_id = None, wanted
    if wanted.count(":") >= 2:
        system, entity, record_id = wanted.split(":", 2)
        record_type = _chosen(
            f"{system}:{entity}", _column(home, _TYPES), "kind of records", None
        )
    nearest = ask(home, _NEAREST, type=record_type, typed=record_id).rows
    raise ConfigurationError(
        f"Nobody knows a record {typed!r}: neither the newest listings nor the ledger "
        "have it. "
        + (
            f"The nearest: {', '.join(str(Record(*row)) for row in nearest)}. "
            if nearest
            else ""
        )
        + "What was made since is known after the next `lenke plan`."
    )


def _column(home: Home, question: str) -> set[str]:
    return {value for (value,) in ask(home, question).rows if value}


def _chosen(
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
