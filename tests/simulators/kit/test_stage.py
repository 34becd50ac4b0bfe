"""All simulators together: opened, served, stopped and continued."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest

from connections.http.runtime import Runtime
from connections.settings.read import configured, system_module
from connections.settings.read import systems as connected_systems
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.stage import (
    consecutive_ports,
    open_simulators,
    open_world,
    serve,
    systems,
    without_rate_limits,
)
from simulators.kit.store import Store
from simulators.world.build import SMALL

KUNDE = "K1001"


@pytest.fixture
def folder_store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "simulated")
    yield store
    store.close()


@pytest.fixture
def simulators(store: Store, clock: VirtualClock) -> dict[str, Simulator]:
    return open_simulators(store, clock=clock)


def test_every_system_that_can_be_connected_can_be_simulated() -> None:
    assert systems() == connected_systems()


def test_a_served_simulator_answers_until_the_block_ends(
    simulators: dict[str, Simulator],
) -> None:
    with serve(simulators) as stage:
        answers = {
            system: httpx2.get(f"{base_url}/nowhere").status_code
            for system, base_url in stage.base_urls.items()
        }

    assert set(answers) == set(simulators)
    assert set(answers.values()) <= {401, 404}
    assert len(set(stage.base_urls.values())) == len(simulators)
    for base_url in stage.base_urls.values():
        with pytest.raises(httpx2.TransportError):
            httpx2.get(base_url)


def test_who_keeps_many_connections_open_is_answered_on_each(
    simulators: dict[str, Simulator],
) -> None:
    with serve(simulators) as stage, ExitStack() as opened:
        for base_url in list(stage.base_urls.values())[:3] * 45:
            client = opened.enter_context(httpx2.Client(trust_env=False, timeout=10))

            assert client.get(f"{base_url}/nowhere").status_code in (401, 404)


def test_every_connection_signs_in_with_the_settings_it_is_given(
    simulators: dict[str, Simulator],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serve(simulators, requests_per_second=50) as stage:
        for name, value in stage.environment.items():
            monkeypatch.setenv(name, value)
        settings = configured(tmp_path)

        assert set(settings) == set(simulators)
        for system, own in settings.items():
            assert own.requests_per_second == 50
            module = system_module(system)
            http = module.connect(own, Runtime(home=tmp_path))
            assert module.check(http)
            http.close()


def test_settings_are_spelt_as_environment_variables(
    simulators: dict[str, Simulator],
) -> None:
    with serve({"crmoffice": simulators["crmoffice"]}) as stage:
        base_url = stage.base_urls["crmoffice"]

        assert base_url.startswith("http://127.0.0.1:")
        assert stage.environment["SOURCES__CRMOFFICE__BASE_URL"] == base_url
        assert set(stage.environment) == {
            "SOURCES__CRMOFFICE__BASE_URL",
            "SOURCES__CRMOFFICE__TOKEN_URL",
            "SOURCES__CRMOFFICE__CLIENT_ID",
            "SOURCES__CRMOFFICE__CLIENT_SECRET",
            "SOURCES__CRMOFFICE__REFRESH_TOKEN",
        }


def test_a_system_is_served_at_the_port_that_it_is_given(
    simulators: dict[str, Simulator],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with serve(simulators, {"crmoffice": port}) as stage:
        assert stage.base_urls["crmoffice"] == f"http://127.0.0.1:{port}"


def test_a_port_that_is_taken_is_an_error(simulators: dict[str, Simulator]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with (
            pytest.raises(OSError, match="in use"),
            serve(simulators, {"crmoffice": port}),
        ):
            pass


def test_ports_in_a_row_are_the_same_every_time() -> None:
    assert consecutive_ports(9000) == {
        system: 9000 + place for place, system in enumerate(systems())
    }


def test_a_world_is_continued_as_it_was_left(tmp_path: Path) -> None:
    first = Store(tmp_path)
    built = open_world(first, seed=1, size=SMALL)
    built.simulators["tidsbanken"].edit("kunde", KUNDE, {"Navn": "Nytt navn AS"})
    first.close()

    second = Store(tmp_path)
    continued = open_world(second, seed=2, size=SMALL)

    kunde = continued.simulators["tidsbanken"].get("kunde", KUNDE)
    assert built.summary.counts["tidsbanken"]["kunde"] == SMALL.customers
    assert (continued.summary.seed, continued.summary.counts) == (1, {})
    assert kunde is not None
    assert kunde["Navn"] == "Nytt navn AS"
    second.close()


def test_a_refresh_token_outlives_a_stop(tmp_path: Path) -> None:
    first = Store(tmp_path)
    with serve(open_world(first, seed=1, size=SMALL).simulators) as stage:
        pasted = stage.settings["crmoffice"]["refresh_token"]
    first.close()

    second = Store(tmp_path)
    with serve(open_world(second, seed=1, size=SMALL).simulators) as stage:
        assert stage.settings["crmoffice"]["refresh_token"] == pasted
    second.close()


def test_the_same_seed_gives_the_same_world_on_any_day(
    clock: VirtualClock, store: Store, folder_store: Store
) -> None:
    clock.now = clock.now.replace(year=2027)
    one = open_world(store, seed=1, size=SMALL, clock=clock)
    clock.advance(86_400)

    other = open_world(folder_store, seed=1, size=SMALL, clock=clock)

    for system, entities in one.summary.counts.items():
        for entity in entities:
            records = one.simulators[system].records(entity)
            assert other.simulators[system].records(entity) == records


def test_an_edit_in_a_world_is_stamped_by_the_given_clock(
    clock: VirtualClock, store: Store
) -> None:
    world = open_world(store, seed=1, size=SMALL, clock=clock)

    edited = world.simulators["crmoffice"].edit("contacts", "30001", {"email": None})

    assert edited["modifiedAt"] == clock.now.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_rate_limits_can_be_set_and_switched_off() -> None:
    def statuses(knobs: dict[str, dict[str, int]]) -> list[int]:
        tidsbanken = open_simulators(knobs=knobs)["tidsbanken"]
        settings = tidsbanken.settings("http://simulator.test")
        headers = {
            "tb-key": settings["tb_key"],
            "Ocp-Apim-Subscription-Key": settings["subscription_key"],
            "x-api-version": "3.0",
        }
        with httpx2.Client(
            transport=httpx2.WSGITransport(app=tidsbanken.wsgi), headers=headers
        ) as http:
            url = f"{settings['base_url']}/ansatt/Avdeling"
            return [http.get(url).status_code for _ in range(3)]

    assert statuses({"tidsbanken": {"rate_limit_per_minute": 2}}) == [200, 200, 429]
    assert statuses(without_rate_limits()) == [200, 200, 200]


def test_every_system_has_a_rate_limit_to_switch_off() -> None:
    knobs = without_rate_limits()

    assert all(knobs[system] for system in systems())


def test_an_unknown_knob_or_system_is_an_error() -> None:
    with pytest.raises(
        ValueError, match=r"crmoffice has no knob speed; it has: .*page"
    ):
        open_simulators(knobs={"crmoffice": {"speed": 1}})
    with pytest.raises(ValueError, match="no such system: sesam"):
        open_simulators(knobs={"sesam": {}})
