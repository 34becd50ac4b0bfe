"""Restore a backup into a home that has no ledger.

Nothing is believed before it is verified: the names in the archive, the hashes, that
the ledger is the one that the manifest names. The ledger comes last, and at once.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from connections.http.errors import ConfigurationError, StopRun
from connections.private.files import write_private
from connections.private.records import HASH_KEY_FILE, hash_key, key_fingerprint
from ledger.file import LedgerUnreadable, migrations
from ledger.identity import (
    IDENTITY_FILE,
    Identity,
    contradiction,
    read_identity,
    write_identity,
)
from lenke.home.backup import FORMAT, MANIFEST, facts, looked_into, needed
from lenke.home.lock import alone
from lenke.home.places import Home

_LEDGER = "ledger.duckdb"
_REQUIRED = {_LEDGER, IDENTITY_FILE}
_ALLOWED = _REQUIRED | {HASH_KEY_FILE}
_LONGEST_MANIFEST = 1 << 20
_CHUNK = 1 << 20


class NoWholeBackup(StopRun):
    """The file is no whole backup; nothing was restored."""


def restore(home: Home, file: Path, *, old: bool) -> dict[str, Any]:
    """Put the ledger, its id and maybe the hash key where a run looks for them.

    `old`: runs were made after this backup, so the next sync treats the ledger as an
    old one. Gives the manifest. Raises ConfigurationError when this home has a ledger
    or another hash key, or when `file` is no backup; NoWholeBackup when it is not
    whole.
    """
    with alone(home, "restore"), _opened(file) as archive:
        _refuse_a_ledger(home)
        manifest = _manifest(archive, file)
        for left_over in home.folder.glob(".restore.*"):
            shutil.rmtree(left_over, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=".restore.", dir=home.folder) as made:
            for name in manifest["files"]:
                _take_out(archive, file, manifest, name, Path(made) / name)
            identity = _verified(Path(made), file, manifest)
            _put_key(home, Path(made) / HASH_KEY_FILE, manifest)
            _put_identity(home, Path(made), identity, old)
            _put_ledger(Path(made) / _LEDGER, home.ledger)
    return {
        **manifest,
        "needed": needed(manifest["systems"], _has_the_key(home, manifest)),
    }


def _refuse_a_ledger(home: Home) -> None:
    log = home.ledger.with_name(home.ledger.name + ".wal")
    for each in (home.ledger, log):
        if each.exists():
            raise ConfigurationError(
                f"{each} is there: this home has a ledger. Nothing was restored. Name "
                "an empty folder in LENKE_HOME; or, if this ledger is to go, move it "
                "away (with its .wal) and leave ledger.id where it is."
            )


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """Open the archive; what is wrong with it becomes words."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except zipfile.BadZipFile as error:
        raise NoWholeBackup(
            f"{file} is no backup of Lenke, or not a whole one ({error}). Nothing was "
            "restored: take another one."
        ) from error
    except (zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(file, str(error)) from error
    except OSError as error:
        raise ConfigurationError(
            f"{file} can't be restored: {error}. Nothing was restored."
        ) from error


def _manifest(archive: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    """Give the manifest, when it and the names in the archive are what we write."""
    names = archive.namelist()
    if MANIFEST not in names:
        raise ConfigurationError(
            f"{file} is no backup of Lenke: it has no {MANIFEST}. Nothing was restored."
        )
    if archive.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise _damaged(file, f"its {MANIFEST} is too long")
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        found, listed = manifest["format"], set(manifest["files"])
        if found != FORMAT:
            raise StopRun(
                f"{file} has format {found}, this Lenke knows {FORMAT}. Nothing was "
                "restored: use the Lenke that it is of, or a newer one."
            )
        _ = [manifest[name] for name in ("ledger_id", "step", "systems", "made_at")]
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(file, f"its {MANIFEST} can't be read") from error
    if sorted(names) != sorted({MANIFEST, *listed}) or not (
        _REQUIRED <= listed <= _ALLOWED
    ):
        raise _damaged(file, "it holds other files than a backup of Lenke does")
    return manifest


def _take_out(
    archive: zipfile.ZipFile,
    file: Path,
    manifest: dict[str, Any],
    name: str,
    to: Path,
) -> None:
    """Copy a file out of the archive; NoWholeBackup if the manifest says otherwise."""
    said, read, digest = manifest["files"][name], 0, hashlib.sha256()
    with archive.open(name) as packed, to.open("wb") as out:
        while chunk := packed.read(_CHUNK):
            read += len(chunk)
            if read > said["bytes"]:
                break
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if read != said["bytes"] or digest.hexdigest() != said["sha256"]:
        raise _damaged(file, f"{name} in it is not what was written")


def _verified(made: Path, file: Path, manifest: dict[str, Any]) -> Identity:
    """Give which ledger it is, when it is whole and ours to read."""
    try:
        with looked_into(made / _LEDGER) as connection:
            found = facts(connection)
        told = read_identity(made)
    except (LedgerUnreadable, ConfigurationError) as error:
        raise _damaged(file, str(error)) from error
    if found["schema_version"] > max(migrations()):
        raise StopRun(
            f"The ledger in {file} has schema version {found['schema_version']}, this "
            f"Lenke knows versions up to {max(migrations())}. Nothing was restored: "
            "update Lenke."
        )
    if told is None or any(
        found[name] != manifest[name] for name in ("ledger_id", "step")
    ):
        raise _damaged(file, "its ledger is another one than it says")
    return Identity(found["ledger_id"], found["step"])


def _put_key(home: Home, key: Path, manifest: dict[str, Any]) -> None:
    """Keep the backup's hash key; ConfigurationError when this home has another."""
    if not key.exists():
        return
    place = home.folder / HASH_KEY_FILE
    text = key.read_text(encoding="utf-8")
    if place.exists() and place.read_text(encoding="utf-8").strip() != text.strip():
        raise ConfigurationError(
            f"{place} is another hash key than that of the backup. Nothing was "
            "restored: move it away."
        )
    write_private(place, text)


def _put_identity(home: Home, made: Path, ours: Identity, old: bool) -> None:
    """Tell which ledger it is; what this home knows of a later step stays told."""
    told = read_identity(made) or ours
    if old and contradiction(ours, told) is None:
        told = Identity(ours.ledger_id, ours.run_counter + 1)
    here = read_identity(home.folder)
    if contradiction(told, here) is None:
        write_identity(home.folder, told)


def _put_ledger(verified: Path, place: Path) -> None:
    """Link the ledger into place, so that none is ever replaced."""
    verified.chmod(0o600)
    try:
        os.link(verified, place)
    except FileExistsError:
        raise
    except OSError:  # this file system has no hard links
        verified.rename(place)


def _has_the_key(home: Home, manifest: dict[str, Any]) -> bool:
    """Tell whether this home has the hash key that the backup's home had."""
    has_one = (home.folder / HASH_KEY_FILE).exists() or os.environ.get("LENKE_HASH_KEY")
    return bool(has_one) and key_fingerprint(hash_key(home.folder)) == manifest.get(
        "hash_key"
    )


def _damaged(file: Path, why: str) -> NoWholeBackup:
    return NoWholeBackup(
        f"{file} is damaged: {why}. Nothing was restored: take another backup."
    )
