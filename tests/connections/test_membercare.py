"""Signing in to Membercare: a client key and a person become a token."""

from collections.abc import Callable

import pytest

from connections.http.client import Http
from connections.http.errors import SignInRefused
from connections.membercare import check
from simulators import membercare
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store

Session = Callable[..., Http]


@pytest.fixture
def mc(store: Store, clock: VirtualClock) -> Simulator:
    return membercare.simulate(store, clock=clock)


def test_token_header__the_key_is_traded_by_post_and_stands_in_no_address(
    mc: Simulator, session: Session
) -> None:
    words = check(session(mc))

    assert "accepted" in words
    (token_call, _) = list(mc.requests)
    assert (token_call.method, token_call.query) == ("POST", "")


def test_token_header__a_wrong_key_is_refused_and_not_shown(
    mc: Simulator, session: Session
) -> None:
    with pytest.raises(SignInRefused, match="client_api_key") as caught:
        check(session(mc, client_api_key="wrong-key"))

    assert "wrong-key" not in str(caught.value)


def test_token_expiry_local__an_expired_token_is_renewed(
    mc: Simulator, session: Session, clock: VirtualClock
) -> None:
    http = session(mc)
    check(http)

    clock.advance(3700)

    assert "accepted" in check(http)
