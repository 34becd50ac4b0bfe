"""Which records there are, as the newest listings say: people mistype ids."""

import duckdb

from connections.http.errors import ConfigurationError
from connections.machine.database import connect
from lenke.home.places import Home

_IS_BUILT = """
select 1 from duckdb_views()
where database_name = current_database() and view_name = 'stg_records'
union all
select 1 from duckdb_tables()
where database_name = current_database() and table_name = 'stg_records'
"""

_STANDING = """
select bool_or(is_listed and not is_deleted)
from staging.stg_records
where record_key = ?
"""

# A PowerOffice contact person goes by two numbers: whoever types one of them means it.
_NEAREST = """
select record_id
from staging.stg_records
where
    system_name = $system and entity = $entity and is_listed and not is_deleted
    and (
        list_contains(string_split(record_id, '/'), $typed)
        or jaro_winkler_similarity(lower(record_id), lower($typed)) > 0.8
    )
order by
    list_contains(string_split(record_id, '/'), $typed) desc,
    jaro_winkler_similarity(lower(record_id), lower($typed)) desc,
    record_id
limit 3
"""


def check_there(home: Home, *record_keys: str) -> None:
    """Raise ConfigurationError unless each record is in the newest listing of its kind.

    Nobody else may have the warehouse open.
    """
    with connect(home.warehouse) as warehouse:
        if not warehouse.execute(_IS_BUILT).fetchone():
            raise ConfigurationError(
                "Nothing has been read yet, so nobody knows which records there are. "
                "Nothing was decided. Run `lenke plan` first."
            )
        for key in record_keys:
            row = warehouse.execute(_STANDING, [key]).fetchone()
            if row is None or not row[0]:
                was_there = row is not None and row[0] is not None
                raise ConfigurationError(_words(warehouse, key, was_there))


def _words(warehouse: duckdb.DuckDBPyConnection, key: str, was_there: bool) -> str:
    system, entity, typed = key.split(":", 2)
    if was_there:
        return (
            f"{key} is not there any more: it was deleted, or the newest listing of "
            f"{system} {entity} lacks it. Nothing was decided."
        )
    nearest = [
        record_id
        for (record_id,) in warehouse.execute(
            _NEAREST, {"system": system, "entity": entity, "typed": typed}
        ).fetchall()
    ]
    help_words = (
        f"The nearest ids are {', '.join(nearest)}."
        if nearest
        else "A record that was made since is known after the next `lenke plan`."
    )
    return (
        f"No record {typed!r} is in the newest listing of {system} {entity}. Nothing "
        f"was decided. {help_words}"
    )
