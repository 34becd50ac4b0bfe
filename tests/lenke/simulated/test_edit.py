"""`lenke simulate edit`: a person's edit, while the systems are served."""

import json
import shlex
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from lenke.cli import app
from lenke.simulated.serve import run_simulators
from simulators.kit.stage import open_simulators, systems
from simulators.kit.store import Store


def lenke(*words: str) -> Result:
    """Run the command here."""
    return CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Path, list[str]]]:
    """A folder that is being served, and the commands that were shown."""
    folder = tmp_path_factory.mktemp("simulated")
    lines: list[str] = []
    ready, stop = threading.Event(), threading.Event()

    def out(line: str) -> None:
        lines.append(line)
        if "Ctrl-C" in line:
            ready.set()

    serving = threading.Thread(
        target=run_simulators,
        args=[folder],
        kwargs={"ports": {}, "out": out, "stop": stop},
    )
    serving.start()
    assert ready.wait(60)
    yield (
        folder,
        [line.removeprefix("#   ") for line in lines if "lenke simulate edit" in line],
    )
    stop.set()
    serving.join()


@pytest.mark.parametrize("place", range(6))
def test_each_command_that_is_shown_edits_a_record_of_its_system(
    served: tuple[Path, list[str]], place: int
) -> None:
    folder, commands = served
    _, _, _, system, entity, key, typed, *_ = words = shlex.split(commands[place])
    member, _, value = typed.partition("=")

    found = lenke(*words[1:])

    assert found.exit_code == 0, found.output
    assert system == systems()[place]
    store = Store(folder)
    record = open_simulators(store)[system].get(entity, key)
    store.close()
    assert record is not None
    assert record[member] == value


def test_the_system_stamps_it_as_typed_by_a_person(
    served: tuple[Path, list[str]],
) -> None:
    folder, _ = served
    before = _ansatt(folder)

    lenke("simulate", "edit", "tidsbanken", "ansatt", "402", "Tittel=Fagleder",
          "--folder", str(folder))  # fmt: skip

    after = _ansatt(folder)
    assert after["Tittel"] == "Fagleder"
    assert after["SistEndretDato"] > before["SistEndretDato"]
    assert after["SistEndretAvId"] == 1


def _ansatt(folder: Path) -> dict[str, Any]:
    store = Store(folder)
    record = open_simulators(store)["tidsbanken"].get("ansatt", "402")
    store.close()
    assert record is not None
    return record


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["crmofice", "contacts", "30001", "email=a"], "did you mean crmoffice"),
        (["crmoffice", "contact", "30001", "email=a"], "did you mean contacts"),
        (["crmoffice", "contacts", "99999", "email=a"], "30001, 30002"),
        (["crmoffice", "contacts", "30001", "mobilPhone=1"], "mean mobilePhone"),
        (["crmoffice", "refresh_tokens", "1", "token=a"], "users, contacts"),
        (["crmoffice", "contacts", "30001", "email"], "MEMBER=VALUE"),
        (["tidsbanken", "ansatt", "401", "Aktiv=ja"], "true or false"),
    ],
)
def test_what_is_not_there_is_wrong_usage_that_names_what_is(
    served: tuple[Path, list[str]], words: list[str], said: str
) -> None:
    found = lenke("simulate", "edit", *words, "--folder", str(served[0]))

    assert found.exit_code == 2
    assert said in found.stderr.replace("\n", " ")


def test_values_go_in_as_the_others_stand_there(
    served: tuple[Path, list[str]],
) -> None:
    folder = str(served[0])
    made = lenke(
        "simulate", "add", "customwebshop", "customer", "kind=company", "name=007",
        "billingAddress.postalCode=5003", "marketingConsent=true", "email=null",
        "--folder", folder, "--json",
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    members = json.loads(made.stdout)["members"]

    changed = lenke(
        "simulate", "edit", "customwebshop", "customer", members["id"],
        "billingAddress.line1=Nyveien 1", "--folder", folder, "--json",
    )  # fmt: skip

    assert members["name"] == "007"
    assert members["marketingConsent"] is True
    address = json.loads(changed.stdout)["members"]["billingAddress"]
    assert (address["line1"], address["postalCode"]) == ("Nyveien 1", "5003")


def test_what_the_system_refuses_is_said_in_its_words(
    served: tuple[Path, list[str]],
) -> None:
    found = lenke("simulate", "edit", "customwebshop", "order",
                  _first_order(served[0]), "status=eaten",
                  "--folder", str(served[0]))  # fmt: skip

    assert found.exit_code == 1
    assert "refused" in found.stderr


def test_a_person_can_delete_there(served: tuple[Path, list[str]]) -> None:
    folder = str(served[0])

    first = lenke(
        "simulate", "--folder", folder, "remove", "tidsbanken", "ansatt", "403"
    )
    again = lenke(
        "simulate", "--folder", folder, "remove", "tidsbanken", "ansatt", "403"
    )

    assert (first.exit_code, again.exit_code) == (0, 2)


def _first_order(folder: Path) -> str:
    store = Store(folder)
    orders = open_simulators(store)["customwebshop"].records("order")
    store.close()
    return str(orders[0]["id"])


def test_without_a_world_it_says_how_to_get_one(tmp_path: Path) -> None:
    found = lenke("simulate", "edit", "crmoffice", "contacts", "1", "email=a",
                  "--folder", str(tmp_path))  # fmt: skip

    assert found.exit_code == 2
    assert "lenke simulate" in found.stderr
    assert list(tmp_path.iterdir()) == []
