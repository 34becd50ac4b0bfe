"""Systems to measure against, each set of them in a process of its own."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from bench.server.wire import COUNTS
from bench.subject import PROJECT

WORLDS = PROJECT / "target" / "bench" / "worlds"


@dataclass(frozen=True)
class Stage:
    """Systems that answer; `environment` is how a caller is told about them."""

    environment: Mapping[str, str]

    def counts(self, system: str) -> dict[str, float]:
        """Give what the prepared server counted for a system."""
        origin = self.environment[f"SOURCES__{system.upper()}__BASE_URL"]
        origin = origin.removesuffix("/api/v1")
        counted: dict[str, float] = httpx2.get(origin + COUNTS).json()
        return counted


def world(kind: str, count: int) -> Path:
    """Give a prepared world, which is made when it is not there."""
    folder = WORLDS / f"{kind}-{count}"
    _python("bench.worlds", kind, str(count), str(folder))
    return folder


def simulated_world(size: str, folder: Path) -> Path:
    """Put a world of the simulators into `folder`: a copy of one that is kept."""
    kept = WORLDS / f"simulated-{size}"
    if not (kept / "made").exists():
        shutil.rmtree(kept, ignore_errors=True)
        _python("bench.simulated", "build", str(kept), size)
        (kept / "made").touch()
    shutil.copytree(kept, folder)
    return folder


def people_edit(folder: Path, count: int, round_number: int) -> int:
    """Have people edit in a simulated world that is being served; give how many."""
    said = _python(
        "bench.simulated", "edit", str(folder), str(count), str(round_number)
    )
    return int(said)


@contextmanager
def prepared(
    folder: Path,
    systems: Sequence[str],
    *,
    latency_ms: float = 0,
    limit: int = 0,
    requests_per_second: float = 5000,
) -> Iterator[Stage]:
    """Serve a prepared world; the caller is told of these systems alone."""
    words = ["bench.server", str(folder)]
    words += ["--latency-ms", str(latency_ms), "--limit", str(limit)]
    with _serving(words) as told:
        chosen = {
            name: value
            for name, value in told.items()
            if name.split("__")[1].lower() in systems
        }
        names = [f"SOURCES__{system.upper()}" for system in systems]
        rate = f"{requests_per_second:g}"
        rates = {f"{name}__REQUESTS_PER_SECOND": rate for name in names}
        yield Stage({**chosen, **rates})


@contextmanager
def simulated(folder: Path) -> Iterator[Stage]:
    """Serve a world of the simulators, all six systems."""
    with _serving(["bench.simulated", "serve", str(folder)]) as told:
        yield Stage(told)


@contextmanager
def _serving(words: Sequence[str]) -> Iterator[dict[str, str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"{' '.join(words)} did not start")
        yield json.loads(line)
    finally:
        process.stdin.close()
        process.stdout.close()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _python(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout
