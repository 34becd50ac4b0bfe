"""A run and its parts as spans, where somebody wants them."""

import sys
from collections.abc import Iterator

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from lenke.run.report import RunReport
from lenke.signals import spans


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """What a program around this one gets to see."""
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    monkeypatch.setattr(trace, "get_tracer", lambda *names: provider.get_tracer(*names))
    spans.tracer.cache_clear()
    yield kept
    spans.tracer.cache_clear()


def test_the_parts_of_a_run_are_inside_of_it(told: InMemorySpanExporter) -> None:
    report = RunReport("7-sync")
    with spans.span("lenke sync") as current:
        with report.timed("load"):
            pass
        current.set_attribute("lenke.run_id", report.run_id)

    load, run = told.get_finished_spans()
    assert (load.name, run.name) == ("load", "lenke sync")
    assert load.parent is not None
    assert run.context is not None
    assert load.parent.span_id == run.context.span_id
    assert run.attributes == {"lenke.run_id": "7-sync"}


def test_an_error_is_told_by_its_type_and_never_by_its_words(
    told: InMemorySpanExporter,
) -> None:
    with pytest.raises(ValueError, match="Kari"), spans.span("push"):
        raise ValueError("Kari Nordmann, 412")

    [push] = told.get_finished_spans()
    assert push.status.description == "ValueError"
    assert push.events == ()
    assert "Kari" not in push.to_json()


def test_variables_that_can_not_be_read_stop_no_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fault() -> None:
        raise ValueError("no such compression")

    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setattr(spans, "_set_up", fault)
    monkeypatch.delitem(sys.modules, "opentelemetry.sdk.trace")
    spans.tracer.cache_clear()

    assert spans.tracer() is None
    spans.tracer.cache_clear()


def test_where_nobody_wants_them_there_are_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spans, "tracer", lambda: None)

    with spans.span("load") as current:
        assert current is None
