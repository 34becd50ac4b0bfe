"""What follows from the seeds in the project's files: columns, their YAML, unions.

A property is added by rows of seeds alone. Its columns in `stg_<system>__<entity>` and
`out_<system>__<entity>`, their descriptions in YAML, and the unions of all records are
in the models for whoever reads them, and are written from here. They stand between two
lines that say so (`blocks`); what is written by hand stands around them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lenke.home.places import PROJECT
from lenke.seeds import blocks
from lenke.seeds.files import Rows

_SHARED = (
    *("record_key", "system_name", "entity", "record_id", "record", "record_hash"),
    *("change_stamp", "record_version", "is_deleted", "listing_id", "loaded_at"),
)
_TO_TELL_CHANGES = "record_key, system_name, entity, record_hash, loaded_at"
_TYPES = {
    "boolean": "boolean",
    "date": "date",
    "local_time": "timestamp",
    "number": "decimal(38, 10)",
}
_WIDEST = 88

Tables = Mapping[str, Rows]
Entity = tuple[str, str]


@dataclass(frozen=True)
class Column:
    """One column as it stands in the SQL and the YAML of a model."""

    name: str
    sql: str
    data_type: str
    why: str


def not_current(tables: Tables, project: Path = PROJECT) -> dict[Path, str]:
    """Give the files that the seeds say otherwise of, with the text that they want.

    Raises ConfigurationError when a model that the seeds need is not there, or has lost
    the lines between which its columns stand.
    """
    texts: dict[Path, str] = {}

    def mend(path: Path, change: Callable[[str], str]) -> None:
        texts[path] = change(texts[path] if path in texts else blocks.text_of(path))

    models = project / "models"
    for (system, entity), columns in staged(tables).items():
        folder = models / "staging" / system
        sql = folder / f"stg_{system}__{entity}.sql"
        _write(mend, sql, folder / f"_{system}__models.yml", columns)
    for (system, entity), columns in sent(tables).items():
        folder = models / "outbound" / system
        sql = folder / f"out_{system}__{entity}.sql"
        _write(mend, sql, folder / f"_{system}__out_models.yml", columns)
    for path, selects in _unions(tables, models / "staging"):
        texts[path] = blocks.with_union(blocks.text_of(path), selects, path)
    return {
        path: text
        for path, text in texts.items()
        if text != path.read_text(encoding="utf-8")
    }


def staged(tables: Tables) -> dict[Entity, list[Column]]:
    """Give the columns of each entity's staging model: one per known property."""
    found: dict[Entity, list[Column]] = {
        (row["system_name"], row["entity"]): [] for _, row in tables["entities.csv"]
    }
    for _, row in tables["entity_properties.csv"]:
        sql = _property_column(row["json_path"], row["kind"], row["property"])
        kind = _TYPES.get(row["kind"], "varchar")
        found.setdefault((row["system_name"], row["entity"]), []).append(
            Column(row["property"], sql, kind, row["why"])
        )
    return found


def sent(tables: Tables) -> dict[Entity, list[Column]]:
    """Give the columns of each entity's out_ model: one per property that is written.

    A target's are what flows lead to; a source's, what comes back and can be written.
    """
    flows = {row["flow"]: row for _, row in tables["flows.csv"]}
    written: dict[Entity, set[str]] = {}
    rows = {
        (row["system_name"], row["entity"], row["property"]): row
        for _, row in tables["entity_properties.csv"]
    }
    for _, row in tables["property_mappings.csv"]:
        flow = flows[row["flow"]]
        source = flow["source_system"], flow["source_entity"]
        target = flow["target_system"], flow["target_entity"]
        written.setdefault(target, set()).add(row["target_property"])
        is_writable = rows[*source, row["source_property"]]["is_writable"] == "true"
        if row["direction"] == "both" and is_writable:
            written.setdefault(source, set()).add(row["source_property"])
    return {
        entity: [
            Column(name, f"{{{{ agreed_value('{name}') }}}}", "varchar", row["why"])
            for (*place, name), row in rows.items()
            if tuple(place) == entity and name in names
        ]
        for entity, names in written.items()
    }


def _property_column(json_path: str, kind: str, name: str) -> str:
    """Give the call that reads a property, over several lines where it is long."""
    sql = f"{{{{ property_column('record', '{json_path}', '{kind}') }}}}"
    room = _WIDEST - len(blocks.INDENT) - len(",")
    if len(f'{sql} as "{name}"') <= room:
        return sql
    if len(sql) <= room:
        return f"{sql}\n{blocks.INDENT}   "
    return (
        f"{{{{ property_column(\n{blocks.INDENT}    'record',\n"
        f"{blocks.INDENT}    '{json_path}',\n{blocks.INDENT}    '{kind}'\n"
        f"{blocks.INDENT}) }}}}"
    )


def _write(
    mend: Callable[[Path, Callable[[str], str]], None],
    sql: Path,
    described: Path,
    columns: list[Column],
) -> None:
    """Put columns into a model and into the YAML that describes it."""
    lines = {
        each.name: f'{blocks.INDENT}{each.sql} as "{each.name}"'.split("\n")
        for each in columns
    }
    said = {each.name: _described(each) for each in columns}
    mend(sql, lambda text: blocks.with_columns(text, lines, sql))
    mend(
        described,
        lambda text: blocks.with_descriptions(text, sql.stem, said, described),
    )


def _described(column: Column) -> list[str]:
    """Give what YAML says of a new column; what it says of an old one stays."""
    return [
        f"      - name: {blocks.in_yaml(column.name)}",
        "        quote: true",
        f"        data_type: {column.data_type}",
        "        description: >-",
        *blocks.wrapped(column.why, " " * 10, _WIDEST),
    ]


def _unions(
    tables: Tables, staging: Path
) -> Iterator[tuple[Path, dict[str, list[str]]]]:
    """Give the selects of the unions: each system's records, all, and their hashes."""
    systems: dict[str, list[str]] = {}
    for _, row in tables["entities.csv"]:
        systems.setdefault(row["system_name"], []).append(row["entity"])
    for system, entities in systems.items():
        models = [f"stg_{system}__{entity}" for entity in entities]
        yield (
            staging / system / f"stg_{system}__records.sql",
            {model: _shared_columns(model) for model in models},
        )
    yield (
        staging / "stg_read_records.sql",
        {
            model: ["    select *", f"    from {{{{ ref('{model}') }}}}"]
            for model in (f"stg_{system}__records" for system in systems)
        },
    )
    yield (
        staging / "stg_read_hashes.sql",
        {
            f"{system}__{entity}": [
                f"    select {_TO_TELL_CHANGES}",
                f"    from {{{{ raw_records('{system}', '{entity}') }}}}",
            ]
            for system, entities in systems.items()
            for entity in entities
        },
    )


def _shared_columns(model: str) -> list[str]:
    return [
        "    select",
        *(f"        {name}," for name in _SHARED[:-1]),
        f"        {_SHARED[-1]}",
        f"    from {{{{ ref('{model}') }}}}",
    ]
