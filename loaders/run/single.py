"""Read single records at their own addresses: what a list showed is only believed then.

What comes back goes into raw like a listing of kind `single`, and what each read found
into `raw.single_reads`, all in one transaction: a load that is killed leaves neither.
"""

import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import duckdb

from connections.http.client import Http
from connections.http.errors import (
    ContractChanged,
    Gone,
    LenkeError,
    SkipRecord,
    SystemStopped,
)
from connections.http.exact_json import Unreadable
from connections.machine.database import connect
from connections.machine.unforeseen import unforeseen
from connections.private.records import content_hash, key_fingerprint
from connections.private.secrets import told
from loaders.listing.entity import source_of
from loaders.raw.listings import (
    Listing,
    SingleRead,
    add_single_reads,
    note_begun,
    note_complete,
    transaction,
)
from loaders.raw.rows import kept_text, record_id_of
from loaders.raw.set_aside import forget_set_aside
from loaders.raw.write import replace_records
from loaders.run.load import WAREHOUSE

# Side by side for each system; the pace of its session sets the speed.
_AT_ONCE = 4


@dataclass(frozen=True)
class Suspect:
    """A record that has to be read singly before what a list said of it is believed."""

    system: str
    entity: str
    record_id: str


@dataclass(frozen=True)
class _Finding:
    """What one read found; `text` is the record, also one with a mark of deletion."""

    suspect: Suspect
    asked_at: datetime
    outcome: Literal["found", "gone", "failed"]
    words: str | None = None
    text: str | None = None


def read_singly(
    home: Path,
    connections: Mapping[str, Http],
    suspects: Sequence[Suspect],
    *,
    run_id: str,
    hash_key: bytes,
    on_progress: Callable[[], None] = lambda: None,
) -> dict[str, str]:
    """Read each record with one GET and write down what was found.

    Gives the words of each system that stopped; what was left to read there has failed.
    `on_progress` is called from several threads, once per record.
    """
    by_system: dict[str, list[Suspect]] = {}
    for suspect in dict.fromkeys(suspects):
        if suspect.system in connections:
            by_system.setdefault(suspect.system, []).append(suspect)
    if not by_system:
        return {}
    reading = {
        system: _Reading(connections[system], hash_key, on_progress)
        for system in by_system
    }
    with ThreadPoolExecutor(max_workers=len(by_system)) as pool:
        try:
            futures = {
                system: pool.submit(reading[system].all_of, asked)
                for system, asked in by_system.items()
            }
            found = {system: future.result() for system, future in futures.items()}
        except BaseException:
            for http in connections.values():
                http.close()  # or the pools would wait for pauses and retries
            raise
    with connect(home / WAREHOUSE) as warehouse, transaction(warehouse):
        for system, findings in found.items():
            http = connections[system]
            _write(warehouse, http, findings, run_id, key_fingerprint(hash_key))
    return {
        system: each.stopped_by
        for system, each in reading.items()
        if each.stopped_by is not None
    }


def rest_systems(home: Path, reasons: Mapping[str, str]) -> None:
    """Let systems rest in this run: they were read, but what they said is doubtful."""
    with connect(home / WAREHOUSE) as warehouse:
        for system, words in reasons.items():
            warehouse.execute(
                "update raw.systems set outcome = 'rests', error = ? "
                "where system_name = ? and outcome <> 'another_tenant'",
                [words, system],
            )


class _Reading:
    """The reading of one system: it ends for all threads when the system stops."""

    def __init__(
        self, http: Http, hash_key: bytes, on_progress: Callable[[], None]
    ) -> None:
        self.stopped_by: str | None = None
        self._http = http
        self._hash_key = hash_key
        self._on_progress = on_progress
        self._stopped = threading.Event()
        source = source_of(http.system)
        self._entities = {entity.name: entity for entity in source.entities}

    def all_of(self, suspects: Sequence[Suspect]) -> list[_Finding]:
        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            return list(pool.map(self._one, suspects))

    def _one(self, suspect: Suspect) -> _Finding:
        asked_at = self._http.runtime.clock()
        try:
            if self._stopped.is_set():
                return _Finding(suspect, asked_at, "failed", self.stopped_by)
            return self._asked(suspect, asked_at)
        except Gone as gone:
            return _Finding(suspect, asked_at, "gone", str(gone))
        except (SkipRecord, ContractChanged) as failed:  # this record's own trouble
            return _Finding(suspect, asked_at, "failed", str(failed))
        except SystemStopped as stopped:
            self.stopped_by = self.stopped_by or str(stopped)
            self._stopped.set()
            return _Finding(suspect, asked_at, "failed", str(stopped))
        except LenkeError:
            raise
        except Exception as error:
            error.add_note(f"{suspect.entity} {suspect.record_id}")
            words = unforeseen(suspect.system, "reading a record", error)
            return _Finding(suspect, asked_at, "failed", words)
        finally:
            self._on_progress()

    def _asked(self, suspect: Suspect, asked_at: datetime) -> _Finding:
        entity = self._entities[suspect.entity]
        record = entity.read_one(self._http, suspect.record_id)
        answered = record_id_of(record, entity)
        if answered != suspect.record_id:
            raise ContractChanged(
                f"{suspect.system} {suspect.entity}: {suspect.record_id} was asked "
                f"for, {answered or 'a record without its key'} came."
            )
        try:
            text = kept_text(record, answered, entity, self._hash_key)
        except Unreadable as error:
            raise ContractChanged(
                f"{suspect.system} {suspect.entity} {suspect.record_id}: {error}. "
                "Correct it in its system."
            ) from None
        mark = record.get(entity.deleted_mark) if entity.deleted_mark else None
        if mark is not None:
            words = told(f"{entity.deleted_mark} is {mark}")
            return _Finding(suspect, asked_at, "gone", words, text)
        return _Finding(suspect, asked_at, "found", None, text)


def _write(
    warehouse: duckdb.DuckDBPyConnection,
    http: Http,
    findings: Sequence[_Finding],
    run_id: str,
    fingerprint: str,
) -> None:
    for entity in sorted({finding.suspect.entity for finding in findings}):
        of_entity = [one for one in findings if one.suspect.entity == entity]
        known = [one for one in of_entity if one.text is not None]
        listing = Listing(
            listing_id=f"{run_id}.{http.system}.{entity}.{secrets.token_hex(4)}",
            run_id=run_id,
            system_name=http.system,
            entity=entity,
            kind="single",
            started_at=min(one.asked_at for one in of_entity),
            finished_at=http.runtime.clock(),
            records=len(known),
            cursor_value=None,
            key_fingerprint=fingerprint,
        )
        replace_records(
            warehouse,
            http.system,
            entity,
            [
                (
                    one.suspect.record_id,
                    one.text,
                    content_hash(one.text),
                    listing.listing_id,
                    one.asked_at,
                )
                for one in known
                if one.text is not None
            ],
        )
        forget_set_aside(
            warehouse, http.system, entity, [one.suspect.record_id for one in known]
        )
        note_begun(warehouse, [listing])
        note_complete(warehouse, [listing])
    add_single_reads(
        warehouse,
        [
            SingleRead(
                record_key=f"{http.system}:{one.suspect.entity}:{one.suspect.record_id}",
                system_name=http.system,
                entity=one.suspect.entity,
                record_id=one.suspect.record_id,
                run_id=run_id,
                outcome=one.outcome,
                words=one.words,
                read_at=one.asked_at,
            )
            for one in findings
        ],
    )
