"""Signing in to PowerOffice Go: a pair of keys by Basic, a token of 20 minutes."""

from collections.abc import Callable

import pytest
from werkzeug.wrappers import Request, Response

from connections.http.client import Http
from connections.http.errors import SignInRefused
from connections.powerofficego import check
from simulators import powerofficego
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store

Session = Callable[..., Http]


@pytest.fixture
def go(store: Store, clock: VirtualClock) -> Simulator:
    return powerofficego.simulate(store, clock=clock)


def sign_ins(go: Simulator) -> int:
    return sum(call.path.lower().endswith("/oauth/token") for call in go.requests)


def test_two_keys_on_every_call__both_are_sent(go: Simulator, session: Session) -> None:
    assert "accepted" in check(session(go))


def test_privileges_can_be_asked__what_is_not_granted_is_named(
    store: Store, clock: VirtualClock, session: Session
) -> None:
    knobs = powerofficego.Knobs(not_granted=("customers", "employees"))
    go = powerofficego.simulate(store, knobs, clock)

    words = check(session(go))

    assert words.startswith("the keys are accepted")
    assert words.endswith("not granted: Customers, Employees")


@pytest.mark.parametrize(
    "setting", ["application_key", "client_key", "subscription_key"]
)
def test_token_by_basic_auth__a_wrong_key_is_refused_and_shown_nowhere(
    go: Simulator, session: Session, setting: str
) -> None:
    with pytest.raises(SignInRefused, match="application_key") as caught:
        check(session(go, **{setting: "wrong-key"}))

    assert "wrong-key" not in str(caught.value)


def test_token_by_basic_auth__a_token_is_fetched_once_and_again_when_it_is_due(
    go: Simulator, session: Session, clock: VirtualClock
) -> None:
    http = session(go)
    check(http)
    check(http)
    assert sign_ins(go) == 1

    clock.advance(1200)
    check(http)

    assert sign_ins(go) == 2
    assert all(call.status < 400 for call in go.requests)


def test_a_token_that_dies_early_is_renewed_on_401(
    go: Simulator, session: Session
) -> None:
    http = session(go)
    check(http)
    dead = iter([Response(status=401)])

    def refuse_once(request: Request) -> Response | None:
        return next(dead, None) if request.path.startswith("/v2") else None

    go.before.append(refuse_once)
    check(http)

    assert sign_ins(go) == 2
