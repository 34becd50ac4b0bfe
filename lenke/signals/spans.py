"""A run and its parts as spans of OpenTelemetry, where its SDK is there and wanted.

Wanted is what its own variables ask for (`OTEL_EXPORTER_OTLP_ENDPOINT` and the like),
or a program around this one has set it up. Else nothing of it is imported.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from lenke.run.log import log

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

_WANTED_BY = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


@contextmanager
def span(name: str, attributes: Mapping[str, Any] | None = None) -> Iterator[Any]:
    """Time what happens inside; give the span, or None where nobody wants one.

    An error that leaves the block is noted by its type alone: its words may be about
    somebody.
    """
    wanted = tracer()
    if wanted is None:
        yield None
        return
    from opentelemetry.trace import Status, StatusCode

    with wanted.start_as_current_span(
        name,
        attributes=dict(attributes or {}),
        record_exception=False,
        set_status_on_exception=False,
    ) as current:
        try:
            yield current
        except BaseException as error:
            current.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise


@cache
def tracer() -> "Tracer | None":
    """Give what makes spans; None where nobody wants one."""
    is_set_up = "opentelemetry.sdk.trace" in sys.modules
    is_wanted = any(os.environ.get(each) for each in _WANTED_BY)
    if not (is_set_up or is_wanted):
        return None
    try:
        from opentelemetry import trace

        if not is_set_up:
            _set_up()
    except ImportError:  # the extra `telemetry` is not installed
        return None
    except Exception as error:  # a variable of its own that it can't read stops no run
        log.warning("No spans are sent: %s", error)
        return None
    return trace.get_tracer("lenke", version("lenke"))


def _set_up() -> None:
    """Send to where the variables say; what is left at the end goes out then."""
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    named = {} if os.environ.get("OTEL_SERVICE_NAME") else {SERVICE_NAME: "lenke"}
    provider = TracerProvider(resource=Resource.create(named))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
