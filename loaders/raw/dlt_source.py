"""Hand a system's listings to dlt: one source, one resource per entity.

dlt adds new records to the tables of `raw_<system>`, and upserts changed ones.
That is its whole part: it reads no system, keeps no cursor and shapes no record (see
docs/decisions/0034-dlt-at-the-edge.md). A load that has nothing new does without it.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import dlt
import duckdb
import pyarrow as pa
from dlt.common.configuration.providers.dictionary import DictionaryProvider
from dlt.common.runtime.run_context import RunContext, switched_run_context

# dlt reads nothing from the surroundings while it loads, so a load does the same on
# every machine, and resolves its configuration in half the time.
_SETTINGS = (
    ("runtime", "dlthub_telemetry", False),
    ("runtime", "intercept_signals", False),  # Ctrl-C stops at once
    ("load", "truncate_staging_dataset", True),  # no second copy of a record stays
    ("load", "workers", 1),  # one DuckDB file has one writer
)
# The columns of every `raw_<system>.<entity>`.
_SCHEMA = pa.schema(
    [
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("record", pa.string()),
        pa.field("content_hash", pa.string()),
        pa.field("listing_id", pa.string()),
        pa.field("loaded_at", pa.timestamp("us", tz="UTC")),
    ]
)
_UPSERT = {"disposition": "merge", "strategy": "upsert"}


class _OwnContext(RunContext):  # type: ignore[misc] # dlt ships no types
    """dlt's surroundings, reduced to the settings above and a folder that goes away."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._global_dir = str(folder)

    def initial_providers(self) -> list[Any]:
        provider = DictionaryProvider()
        for section, name, value in _SETTINGS:
            provider.set_value(name, value, None, section)
        return [provider]

    def initialize_runtime(self, runtime_config: Any = None) -> None:
        """Let dlt's lines go where ours go, and not to stderr by themselves."""
        super().initialize_runtime(runtime_config)
        logger = logging.getLogger(self.name)
        logger.handlers.clear()
        logger.propagate = True


def dlt_source(
    system: str,
    batches: Mapping[str, Iterable[pa.RecordBatch]],
    *,
    empty: Collection[str],
) -> Any:
    """Give the dlt source of a system; to its `empty` tables dlt only has to add.

    Each entity's batches hold every record id once, in the columns of raw.
    """

    def tables(entity: str) -> Iterator[pa.Table]:
        for batch in batches[entity]:
            yield pa.Table.from_batches([batch]).cast(_SCHEMA)

    def resources() -> Iterator[Any]:
        for entity in batches:
            yield dlt.resource(
                tables(entity),
                name=entity,
                primary_key="record_id",
                write_disposition="append" if entity in empty else _UPSERT,
            )

    return dlt.source(resources, name=system, section=system, max_table_nesting=0)()


def run(source: Any, warehouse: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Load a source into `raw_<system>`, through parquet files below `folder`."""
    with switched_run_context(_OwnContext(folder)):
        pipeline = dlt.pipeline(
            pipeline_name=source.name,
            pipelines_dir=str(folder),
            destination=dlt.destinations.duckdb(warehouse),
            dataset_name=f"raw_{source.name}",
        )
        pipeline.config.restore_from_destination = False  # what was read when is ours
        pipeline.config.enable_runtime_trace = False
        pipeline.run(source, loader_file_format="parquet")
