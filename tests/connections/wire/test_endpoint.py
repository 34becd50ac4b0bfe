"""Facts of the wire: each stands in one module, and says where a record is."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from connections.http.errors import ConfigurationError, Refused
from connections.settings.read import systems
from connections.wire import own_contract
from connections.wire.endpoint import Endpoint, endpoint_of

PROJECT = Path(__file__).parents[3]

# All that ships, but the simulators and what acts on them: the wire's other side.
PACKAGES = ("connections", "ledger", "lenke", "loaders", "reverse_etl")
OTHER_SIDE = PROJECT / "lenke" / "simulated"
OWN_CONTRACT = "connections/wire/own_contract.py"

ORDERS = Endpoint("/v1/Orders", key=("OwnerId", "Id"), stamp="ChangedAt")


def facts(system: str) -> set[str]:
    """Give the paths and the members of a system that only its contract can tell."""
    told: set[str] = set()
    for endpoint in import_module(f"connections.{system}").ENDPOINTS.values():
        told |= {endpoint.path, endpoint.stamp, *endpoint.national_ids}
    return told


def texts(path: Path) -> Iterator[str]:
    """Give the literal texts of a module, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)


SAID = {
    path.relative_to(PROJECT).as_posix(): list(texts(path))
    for package in PACKAGES
    for path in (PROJECT / package).rglob("*.py")
    if OTHER_SIDE not in path.parents
}


def tellers(fact: str) -> list[str]:
    """Name the modules that say a fact, as often as they do: alone or before more."""
    return sorted(
        module
        for module, said in SAID.items()
        for text in said
        if text == fact or text.startswith((f"{fact}/", f"{fact} "))
    )


@pytest.mark.parametrize("system", systems())
def test_a_fact_of_the_wire_stands_in_one_place(system: str) -> None:
    others = {f"connections/{each}.py" for each in systems() if each != system}

    wrong = [
        f"{fact!r} of {system} is told by {', '.join(told) or 'nobody'}"
        for fact in facts(system)
        if len(told := [each for each in tellers(fact) if each not in others]) != 1
        or told[0] not in (f"connections/{system}.py", OWN_CONTRACT)
    ]

    assert not wrong


@pytest.mark.parametrize(
    "fact", [own_contract.REFERENCE, own_contract.DELETED, own_contract.CHANGED_SINCE]
)
def test_our_own_contract_is_told_once(fact: str) -> None:
    assert tellers(fact) == [OWN_CONTRACT]


def test_a_record_is_below_its_list_by_all_that_names_it() -> None:
    assert ORDERS.address("7/a b") == "/v1/Orders/7/a%20b"
    assert ORDERS.named("7/a b") == {"OwnerId": "7", "Id": "a b"}


@pytest.mark.parametrize("record_id", ["7", "7/8/9", "", "7/", "/8"])
def test_an_id_of_another_shape_is_refused_before_anything_is_sent(
    record_id: str,
) -> None:
    with pytest.raises(Refused, match="Nothing was sent"):
        ORDERS.address(record_id)


def test_an_id_of_one_member_may_hold_a_slash() -> None:
    assert Endpoint("/x", key=("id",), stamp="at").address("7/8") == "/x/7%2F8"


def test_a_record_type_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ConfigurationError, match=r"'bills'; it has orders"):
        endpoint_of("shop", {"orders": ORDERS}, "bills")
