"""What a sign-in says about how long its token lasts."""

from typing import Any

import pytest

from connections.http.errors import ContractChanged
from connections.http.sign_in import lifetime

DAY = 86_400.0


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        (1200, 1200.0),
        ("1200", 1200.0),
        (None, 600.0),
        (0, 600.0),
        (-5, 600.0),
        ("nan", 600.0),
        (10**400, DAY),
        ("9" * 401, DAY),
        ("inf", DAY),
    ],
)
def test_a_token_lasts_as_long_as_somebody_can_mean(told: Any, seconds: float) -> None:
    assert lifetime("crmoffice", {"expires_in": told}, default=600.0) == seconds


@pytest.mark.parametrize("told", ["soon", [1200], {"a": 1}, True])
def test_what_is_no_number_of_seconds_is_a_changed_contract(told: Any) -> None:
    with pytest.raises(ContractChanged, match="no number of seconds"):
        lifetime("crmoffice", {"expires_in": told}, default=600.0)
