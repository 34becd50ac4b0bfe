"""Signing in to Tidsbanken: three headers on every call."""

from collections.abc import Callable

import pytest

from connections.http.client import Http
from connections.http.errors import Refused, SignInRefused
from connections.tidsbanken import check, lookups
from simulators import tidsbanken
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store

Session = Callable[..., Http]


@pytest.fixture
def tb(store: Store, clock: VirtualClock) -> Simulator:
    return tidsbanken.simulate(store, clock=clock)


def test_three_headers__all_are_sent(tb: Simulator, session: Session) -> None:
    assert "accepted" in check(session(tb))


@pytest.mark.parametrize("setting", ["tb_key", "subscription_key"])
def test_three_headers__a_wrong_one_is_refused_soon(
    tb: Simulator, session: Session, setting: str
) -> None:
    with pytest.raises(SignInRefused, match=r"sources\.tidsbanken"):
        check(session(tb, **{setting: "wrong-key"}))

    assert tb.requests.count() == 2


@pytest.mark.parametrize("record_id", ["1 or 1 eq 1", "K1", "", "4.5"])
def test_an_employees_id_that_is_no_number_gets_into_no_filter(record_id: str) -> None:
    with pytest.raises(Refused, match="is a number"):
        lookups("ansatt", record_id)


def test_an_id_that_is_text_stays_text_in_a_filter() -> None:
    [(path, params), _] = lookups("prosjekt", "9' or Id ne '")

    assert path == "/prosjekt/Prosjekt"
    assert params == {"$filter": "Id eq '9'' or Id ne '''", "$top": 1}
