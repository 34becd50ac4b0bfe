"""What the newest run was like as a Prometheus text file, for a node exporter.

One alert matters: `time() - lenke_last_success_timestamp_seconds`. Labels name systems,
flows and kinds, never a record.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from lenke.home.places import Home
from lenke.home.version import versions
from lenke.showing import look
from lenke.showing.status import Status
from lenke.signals.health import Ended, Trouble

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

# A node exporter runs as somebody else; nothing in the file is about anybody.
_READABLE = 0o022

_FINDINGS = """
select kind, reach, acknowledged_at is not null, count(*)
from inspection.findings
group by all
order by all
"""
_LINKS = """
select flow, count(*) from inspection.links where ended_at is null
group by flow order by flow
"""


def write(
    home: Home, file: Path, ended: Ended, status: Status, troubles: list[Trouble]
) -> None:
    """Replace the file at once; OSError when it can't be."""
    from prometheus_client import CollectorRegistry, write_to_textfile

    registry = CollectorRegistry()
    _of_run(registry, ended)
    _of_home(registry, home, status, len(troubles))
    with _readable():
        write_to_textfile(str(home.folder / file), registry)


def _of_run(registry: "CollectorRegistry", ended: Ended) -> None:
    _number(
        registry,
        "last_run_timestamp_seconds",
        "When the newest run ended, in seconds since 1970.",
        ended.ended_at.replace(tzinfo=UTC).timestamp(),
    )
    _number(
        registry, "last_run_exit_code", "How the newest run ended.", ended.exit_code
    )
    report = ended.report
    if report is None:
        return
    _number(registry, "last_run_conflicts", "Values that lost in it.", report.conflicts)
    _number(
        registry, "held", "Values and records that can't be passed on.", report.held
    )
    _numbers(
        registry,
        "last_run_part_seconds",
        "How long each part of it took.",
        ("part",),
        (((part,), seconds) for part, seconds in report.seconds.items()),
    )
    _numbers(
        registry,
        "last_run_records_read",
        "Records that it read.",
        ("system", "entity"),
        (
            ((system, entity), number)
            for system, counts in report.loaded.items()
            for entity, number in counts.items()
        ),
    )
    _numbers(
        registry,
        "last_run_writes",
        "What became of its writes.",
        ("system", "outcome"),
        (
            ((system, outcome), number)
            for system, counts in report.writes.items()
            for outcome, number in counts.items()
        ),
    )
    _numbers(
        registry,
        "system_out",
        "1: the system could not be read; 0: it was.",
        ("system",),
        (
            ((system,), system in report.unreachable)
            for system in sorted({*report.loaded, *report.unreachable})
        ),
    )


def _of_home(
    registry: "CollectorRegistry", home: Home, status: Status, troubles: int
) -> None:
    _numbers(
        registry,
        "info",
        "Which Lenke this is.",
        ("version",),
        [((versions()["lenke"],), 1)],
    )
    if status.last_success is not None:
        _number(
            registry,
            "last_success_timestamp_seconds",
            "When the newest run that came to its end ended, in seconds since 1970.",
            status.last_success["finished_at"].replace(tzinfo=UTC).timestamp(),
        )
    _number(registry, "troubles", "What a person should look at now.", troubles)
    _numbers(
        registry,
        "open_writes",
        "Writes without a clear answer.",
        ("system",),
        (((system,), number) for system, number in status.open_writes.items()),
    )
    if not home.inspection.exists():
        return
    _numbers(
        registry,
        "findings",
        "Findings; those that a person lets stand apart.",
        ("kind", "reach", "acknowledged"),
        (
            ((kind, reach, "yes" if is_let else "no"), number)
            for kind, reach, is_let, number in look.ask(home, _FINDINGS).rows
        ),
    )
    _numbers(
        registry,
        "links",
        "Records that are linked.",
        ("flow",),
        (((flow,), number) for flow, number in look.ask(home, _LINKS).rows),
    )


def _number(registry: "CollectorRegistry", name: str, words: str, value: float) -> None:
    _numbers(registry, name, words, (), [((), value)])


def _numbers(
    registry: "CollectorRegistry",
    name: str,
    words: str,
    labels: tuple[str, ...],
    values: Iterable[tuple[tuple[str, ...], float]],
) -> None:
    from prometheus_client import Gauge

    gauge = Gauge(f"lenke_{name}", words, labels, registry=registry)
    for names, value in values:
        (gauge.labels(*names) if labels else gauge).set(value)


@contextmanager
def _readable() -> Iterator[None]:
    before = os.umask(_READABLE)
    try:
        yield
    finally:
        os.umask(before)
