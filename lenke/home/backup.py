"""Write all that a restore needs into one file: a zip archive with a manifest.

In it are the ledger and `ledger.id`, and with `--with-key` the hash key. Never in it
are settings, and the sign-in of CRM-Office, which one home alone can use.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from connections.http.errors import ConfigurationError, StopRun
from connections.machine.database import quoted
from connections.private.records import HASH_KEY_FILE, hash_key, key_fingerprint
from ledger.file import LedgerUnreadable, connected
from ledger.identity import IDENTITY_FILE, Identity, read_identity
from lenke.home.lock import alone
from lenke.home.places import Home

FORMAT = 1
MANIFEST = "manifest.json"


def backup(home: Home, file: Path, *, with_key: bool) -> dict[str, Any]:
    """Write the backup at once, mode 0600; give its manifest.

    No run begins meanwhile. Raises AnotherRun while one is active, ConfigurationError
    when there is nothing to back up or `file` is something else, LedgerUnreadable when
    the ledger is not whole, and StopRun when the file can't be written.
    """
    if not home.ledger.exists():
        raise ConfigurationError(
            f"There is no ledger in {home.folder}, so there is nothing to back up yet. "
            "Look whether LENKE_HOME is right."
        )
    _refuse_another_file(file)
    with alone(home, "backup"):
        key = _key(home)
        if with_key and key is None:
            raise ConfigurationError(
                f"There is no hash key in {home.folder} yet, and LENKE_HASH_KEY is not "
                "set. Leave --with-key out."
            )
        for left_over in home.folder.glob(".backup.*"):
            shutil.rmtree(left_over, ignore_errors=True)
        try:
            with tempfile.TemporaryDirectory(
                prefix=".backup.", dir=home.folder
            ) as made:
                files = _files(home, Path(made), key if with_key else None)
                manifest = _manifest(files, key)
                _write(file, files, manifest)
        except OSError as error:
            raise StopRun(
                f"The backup {file} was not written: {error}. An older one is as it "
                "was."
            ) from error
    return manifest


def needed(systems: list[str], has_key: bool) -> list[str]:
    """Say what a restored home needs beside its backup, which may have the hash key."""
    found = []
    if not has_key:
        found.append(
            "the hash key: the file hash.key of the home that was backed up, or its "
            "LENKE_HASH_KEY; with another one nobody can tell whose data the systems' "
            "keys choose, so they rest"
        )
    if systems:
        found.append(
            f"the settings of {', '.join(systems)}: .dlt/config.toml and "
            ".dlt/secrets.toml, or the environment"
        )
    if "crmoffice" in systems:
        found.append(
            "a new consent for CRM-Office: its refresh token is of one home alone, so "
            "no backup has it; configure the new refresh_token"
        )
    return found


@contextmanager
def looked_into(ledger: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a ledger to read it; LedgerUnreadable when it is none, or not whole."""
    with connected(ledger, read_only=True) as connection:
        try:
            yield connection
        except duckdb.Error as error:
            raise LedgerUnreadable(
                f"The ledger {ledger} cannot be read: {str(error).splitlines()[0]}"
            ) from error


def facts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Give which ledger it is, its step, its systems, and the rows of its tables."""
    [(ledger_id, step, schema_version)] = connection.execute(
        "select ledger_id, run_counter, schema_version from ledger.identity"
    ).fetchall()
    tables = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'ledger' "
        "and database_name = 'remembered' order by table_name"
    ).fetchall()
    rows = {
        table: connection.execute(
            f'select count(*) from ledger."{table}"'  # noqa: S608 - names of ours
        ).fetchall()[0][0]
        for (table,) in tables
    }
    systems = (
        connection.execute(
            "select distinct system_name from ledger.tenants order by system_name"
        ).fetchall()
        if "tenants" in rows
        else []
    )
    return {
        "ledger_id": ledger_id,
        "step": step,
        "schema_version": schema_version,
        "systems": [name for (name,) in systems],
        "rows": rows,
    }


def digest(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_another_file(file: Path) -> None:
    if not file.parent.is_dir():
        raise ConfigurationError(f"There is no folder {file.parent}. Make it first.")
    if not file.exists():
        return
    if file.is_file() and zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            if MANIFEST in archive.namelist():
                return
    raise ConfigurationError(
        f"{file} is there already, and no backup of Lenke. Nothing was written: name "
        "another file."
    )


def _key(home: Home) -> bytes | None:
    """Give the hash key; None when there is none: it is not made for a backup."""
    is_there = (home.folder / HASH_KEY_FILE).exists()
    if not is_there and not os.environ.get("LENKE_HASH_KEY", "").strip():
        return None
    return hash_key(home.folder)


def _files(home: Home, made: Path, key: bytes | None) -> list[Path]:
    """Copy what belongs into the backup, each whole, to a folder; the ledger first."""
    ledger = made / home.ledger.name
    with looked_into(home.ledger) as connection:
        connection.execute(f"attach {quoted(ledger)} as copied")
        connection.execute("copy from database remembered to copied")
        connection.execute("detach copied")
        own = Identity(
            *connection.execute(
                "select ledger_id, run_counter from ledger.identity"
            ).fetchall()[0]
        )
    told = read_identity(home.folder) or own
    identity = made / IDENTITY_FILE
    identity.write_text(f"{told.ledger_id} {told.run_counter}\n", encoding="utf-8")
    files = [ledger, identity]
    if key is not None:
        files.append(made / HASH_KEY_FILE)
        files[-1].write_bytes(key + b"\n")
    return files


def _manifest(files: list[Path], key: bytes | None) -> dict[str, Any]:
    with looked_into(files[0]) as connection:
        found = facts(connection)
    has_key = any(each.name == HASH_KEY_FILE for each in files)
    return {
        "format": FORMAT,
        "lenke": version("lenke"),
        "made_at": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}",
        **found,
        "hash_key": None if key is None else key_fingerprint(key),
        "needed": needed(found["systems"], has_key),
        "files": {
            each.name: {"sha256": digest(each), "bytes": each.stat().st_size}
            for each in files
        },
    }


def _write(file: Path, files: list[Path], manifest: dict[str, Any]) -> None:
    """Write under another name, on disk, and rename: nobody ever meets half of it."""
    new = file.with_name(f".{file.name}.new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w+b") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(MANIFEST, json.dumps(manifest, indent=2))
                for each in files:
                    archive.write(each, each.name)
            out.flush()
            os.fsync(out.fileno())
        os.replace(new, file)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
