"""A small share of the search: `make engine` turns many more worlds."""

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

from tests.engine.machine import Circle

_A_FEW = hypothesis.settings(
    max_examples=1,
    stateful_step_count=6,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_people_faults_and_kills_in_any_order_break_no_promise() -> None:
    run_state_machine_as_test(Circle, settings=_A_FEW)
