"""Signing in to customwebshop: one bearer token."""

from collections.abc import Callable

import pytest

from connections.customwebshop import check
from connections.http.client import Http
from connections.http.errors import SignInRefused
from simulators import customwebshop
from simulators.kit.clock import VirtualClock
from simulators.kit.store import Store

Session = Callable[..., Http]


def test_the_token_is_sent(store: Store, clock: VirtualClock, session: Session) -> None:
    simulator = customwebshop.simulate(store, clock=clock)

    assert "accepted" in check(session(simulator))


def test_a_wrong_token_is_refused_soon_and_not_shown(
    store: Store, clock: VirtualClock, session: Session
) -> None:
    simulator = customwebshop.simulate(store, clock=clock)

    with pytest.raises(SignInRefused, match=r"sources\.customwebshop") as caught:
        check(session(simulator, token="wrong-token"))

    assert simulator.requests.count() == 2
    assert "wrong-token" not in str(caught.value)
