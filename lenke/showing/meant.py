"""Which records are meant by what people type: ids, halves of ids, record keys.

They mistype ids. What nobody knows is refused with the nearest of what is known.
"""

from dataclasses import dataclass

from connections.http.errors import ConfigurationError
from lenke.home.places import Home
from lenke.showing.filters import chosen, column
from lenke.showing.layout import visible
from lenke.showing.look import ask

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
    select record_key, record_name, is_there from inspection.records
    union all
    select record_key, null as record_name, false as is_there
    from told
    anti join inspection.records using (record_key)
    where record_key is not null
),

split as (
    select
        record_key,
        record_name,
        is_there,
        regexp_extract(record_key, '^([^:]*:[^:]*):', 1) as record_type,
        regexp_extract(record_key, '^[^:]*:[^:]*:(.*)$', 1, 's') as record_id
    from known
)
"""

# Who types a whole key means just that: nothing has to be searched.
_KEY = (
    "select record_key, record_name from inspection.records where record_key = $typed"
)

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

# Whole words of a name are enough; who is called just that is meant before others.
_NAMED = f"""{_KNOWN_RECORDS},

ranked as (
    select
        record_key,
        record_name,
        case
            when lower(trim(record_name)) = lower($typed) then 1
            when contains(' ' || lower(record_name) || ' ', ' ' || lower($typed) || ' ')
                then 2
        end as place
    from split
)

select record_key, record_name
from ranked
where place = (select min(place) from ranked)
order by record_key
"""  # noqa: S608 - made of constants

_NEAREST_NAMES = f"""{_KNOWN_RECORDS},

compared as (
    select *, jaro_winkler_similarity(lower(record_name), lower($typed)) as likeness
    from split
    where record_name is not null
)

select record_key, record_name
from compared
where likeness > 0.85
order by likeness desc, record_key
limit 5
"""  # noqa: S608 - made of constants

_IS_THERE = "select bool_or(is_there) from inspection.records where record_key = $key"

_TYPES = f"{_KNOWN_RECORDS} select distinct record_type from split"  # noqa: S608

_NEAREST = f"""{_KNOWN_RECORDS},

compared as (
    select
        *,
        list_contains(string_split(record_id, '/'), $typed) as is_half,
        jaro_winkler_similarity(lower(record_id), lower($typed)) as likeness
    from split
)

select record_key, record_name
from compared
where
    ($type is null or record_type = $type)
    and (is_there or not $only_there)
    and (is_half or likeness > 0.8)
order by is_half desc, likeness desc, record_key
limit 3
"""  # noqa: S608 - made of constants


@dataclass(frozen=True)
class Record:
    """A record that the newest listings or the ledger know."""

    key: str
    name: str | None

    def __str__(self) -> str:
        """Give its key, and its name beside it."""
        return f"{self.key} ({visible(self.name)})" if self.name else self.key


def records_meant(
    home: Home, typed: str | None, *, or_named: bool = False
) -> list[Record] | None:
    """Give the records that an id or a record key means; None when none was typed.

    With `or_named` a name means those that bear it, when it is nobody's id. Raises
    ConfigurationError when nobody knows such a record, with the nearest ones.
    """
    if typed is None:
        return None
    wanted = typed.strip()
    if not wanted:
        raise ConfigurationError(
            "An empty id names no record. Leave it out for all of them."
        )
    found = [Record(*row) for row in ask(home, _KEY, typed=wanted).rows]
    if not found:
        found = [Record(*row) for row in ask(home, _MEANT, typed=wanted).rows]
    if or_named and not found:
        found = [Record(*row) for row in ask(home, _NAMED, typed=wanted).rows]
    if found:
        return found
    record_type, record_id = None, wanted
    if wanted.count(":") >= 2:
        system, entity, record_id = wanted.split(":", 2)
        record_type = chosen(
            f"{system}:{entity}", column(home, _TYPES), "kind of records", None
        )
    nearest = _nearest(home, record_type, record_id, only_there=False)
    if or_named and record_type is None:
        called = [Record(*row) for row in ask(home, _NEAREST_NAMES, typed=wanted).rows]
        nearest = called + [each for each in nearest if each not in called]
    raise ConfigurationError(
        f"Nobody knows a record {typed!r}: neither the newest listings nor the ledger "
        "have it. "
        + (f"The nearest: {', '.join(map(str, nearest))}. " if nearest else "")
        + "What was made since is known after the next `lenke plan`."
    )


def check_there(home: Home, *record_keys: str) -> None:
    """Raise ConfigurationError unless each record is in the newest listing of its kind.

    The newest that is published: what was made since is known after the next plan.
    """
    for key in record_keys:
        [(is_there,)] = ask(home, _IS_THERE, key=key).rows
        if not is_there:
            raise ConfigurationError(_not_there(home, key, was_there=is_there is False))


def _not_there(home: Home, key: str, was_there: bool) -> str:
    system, entity, typed = key.split(":", 2)
    if was_there:
        return (
            f"{key} is not there any more: it was deleted, or the newest listing of "
            f"{system} {entity} lacks it. Nothing was decided."
        )
    nearest = _nearest(home, f"{system}:{entity}", typed, only_there=True)
    ids = ", ".join(each.key.split(":", 2)[2] for each in nearest)
    help_words = (
        f"The nearest ids are {ids}."
        if nearest
        else "A record that was made since is known after the next `lenke plan`."
    )
    return (
        f"No record {typed!r} is in the newest listing of {system} {entity}. Nothing "
        f"was decided. {help_words}"
    )


def _nearest(
    home: Home, record_type: str | None, typed: str, *, only_there: bool
) -> list[Record]:
    """Give the records whose ids are most like what was typed."""
    asked = {"type": record_type, "typed": typed, "only_there": only_there}
    return [Record(*row) for row in ask(home, _NEAREST, **asked).rows]
