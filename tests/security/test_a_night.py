"""A night in which every system says back what it was told, at debug level.

Afterwards each byte that it left is looked at: files, tables, output, logs, requests.
"""

import json
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections import crmoffice
from connections.private.records import HASH_KEY_FILE
from lenke.run import stages
from reverse_etl import crmoffice as writes_to_crmoffice
from tests.security.canaries import all_leaks, leaks_in, texts_under
from tests.security.world import (
    HOSTILE_IDS,
    HOSTILE_TEXTS,
    INTERNATIONAL_ID,
    NATIONAL_ID,
    OTHER_NATIONAL_ID,
    THIRD_NATIONAL_ID,
    Night,
    answering,
    echoing,
    instead,
    night_in,
)

HALF_AN_ANSWER = "access-token-of-half-an-answer"

# The two places where a secret may lie.
PRIVATE = (crmoffice.TOKEN_FILE, HASH_KEY_FILE)


def half_an_answer(_request: Request) -> Response:
    """Answer a sign-in with a new token in JSON that ends too early."""
    return Response(f'{{"access_token": "{HALF_AN_ANSWER}", "expi')


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    """All of it: reads, writes and sign-ins that are refused, and two defects."""
    with (
        night_in(tmp_path_factory.mktemp("night")) as made,
        pytest.MonkeyPatch.context() as patch,
    ):
        made.issued["half an answer"] = HALF_AN_ANSWER
        made.lenke("doctor")
        hooks: dict[str, Any] = {
            "crmoffice": instead("POST", "/connect/token", half_an_answer),
            "custompms": instead("GET", "/", partial(echoing, 401)),
            "customwebshop": instead("GET", "/", partial(echoing, 200, html=True)),
            "membercare": instead("GET", "/products", partial(echoing, 403)),
            "powerofficego": instead("POST", "/Token", partial(echoing, 400)),
            "tidsbanken": instead("GET", "/prosjekt", partial(echoing, 400)),
        }
        with answering(made, hooks):
            made.lenke("load")
        hooks["crmoffice"] = instead("POST", "/connect/token", partial(echoing, 400))
        with answering(made, hooks):
            made.lenke("doctor", "--json")
        hooks = {
            "customwebshop": instead("POST", "/customers", partial(echoing, 400)),
            "custompms": instead("POST", "/customers", partial(echoing, 500)),
            "powerofficego": instead("PATCH", "/", partial(echoing, 401)),
        }
        create = writes_to_crmoffice.create

        def stumbles(http: Any, entity: str, changes: Any, **keys: Any) -> Any:
            if keys["source_key"].endswith(":503"):
                raise ValueError(f"{http._keys.current().headers} {NATIONAL_ID}")
            return create(http, entity, changes, **keys)

        patch.setattr(writes_to_crmoffice, "create", stumbles)
        with answering(made, hooks):
            made.lenke("sync", "--json")

        def breaks(*_: Any, **__: Any) -> None:
            # One of another country has no shape that can be known in a free text.
            told = [each for each in made.canaries.values() if each != INTERNATIONAL_ID]
            raise ValueError(" ".join(told))

        patch.setattr(stages, "read_all", breaks)
        made.lenke("load")
        for words in ("status", "findings", "links", "doctor"):
            made.lenke(words)
            made.lenke(words, "--json")
        made.lenke("sql", 'select *, 1 as "[red]\x1b[31m" from inspection.plan')
        made.lenke("sql", "--json", "select *, cast('nan' as double) from links")
        yield made


def said(night: Night, words: str) -> str:
    return next(found.output for ran, found in night.results if ran == words)


def test_the_night_was_as_bad_as_it_should_be(night: Night) -> None:
    ends = [(words, found.exit_code) for words, found in night.results[:5]]
    sync = json.loads(said(night, "sync --json").splitlines()[-1])
    findings = said(night, "findings --json")

    assert ends == [
        ("doctor", 0),
        ("load", 3),
        ("doctor --json", 1),
        ("sync --json", 3),
        ("load", 1),
    ]
    assert sync["writes"]["customwebshop"]["refused"] > 5
    assert sync["writes"]["custompms"]["unknown"] >= 5
    assert sync["writes"]["crmoffice"]["unknown"] == 1
    assert "powerofficego: PATCH" in " ".join(sync["warnings"])
    # What systems said is quoted, without what nobody may see.
    assert "[eleven digits]" in findings
    assert "***" in said(night, "load")
    assert "ValueError: " in "\n".join(night.log.lines)


def test_no_secret_and_no_identity_number_is_in_any_file_or_table(night: Night) -> None:
    leaks = all_leaks(texts_under(night.home.parent), night.canaries)

    allowed = {f"{night.home.name}/{name}" for name in PRIVATE}
    assert {where: what for where, what in leaks.items() if where not in allowed} == {}


def test_the_scan_would_find_a_canary_in_each_kind_of_file(night: Night) -> None:
    seen = {where for where, _ in texts_under(night.home.parent)}

    assert {f"{night.home.name}/{name}" for name in PRIVATE} <= seen
    for table in (
        "ledger.duckdb ledger.writes",
        "inspection.duckdb main.findings",
        "warehouse.duckdb raw_tidsbanken.ansatt",
    ):
        assert f"{night.home.name}/{table}" in seen


def test_no_secret_and_no_identity_number_is_printed_or_logged(night: Night) -> None:
    printed = [(words, found.output.encode()) for words, found in night.results]
    raised = [(words, repr(found.exception).encode()) for words, found in night.results]
    logged = [(line[:60], line.encode()) for line in night.log.lines]

    assert all_leaks([*printed, *raised, *logged], night.canaries) == {}
    assert logged


def test_no_system_hears_the_secrets_or_identity_numbers_of_another(
    night: Night,
) -> None:
    everything = {name: b"\n".join(heard) for name, heard in night.heard.items()}
    own = {
        NATIONAL_ID: {"tidsbanken", "powerofficego"},
        OTHER_NATIONAL_ID: {"powerofficego"},
        THIRD_NATIONAL_ID: {"tidsbanken"},
    }

    for canary, secret in night.canaries.items():
        holders = {
            name.split()[0] for name, value in night.issued.items() if value == secret
        } or own.get(canary.split()[0], set())
        for system in everything.keys() - holders:
            assert not leaks_in(everything[system], {canary: secret}), (canary, system)


def test_everything_is_the_owners_alone_whatever_the_umask(night: Night) -> None:
    loose = {
        str(path.relative_to(night.home)): oct(mode)
        for path in [night.home, *night.home.rglob("*")]
        for mode in [stat.S_IMODE(path.stat().st_mode)]
        if mode != (0o700 if path.is_dir() else 0o600)
    }

    assert loose == {}


def test_hostile_texts_and_ids_stay_text_from_source_to_target(night: Night) -> None:
    contacts = night.systems["crmoffice"].records("contacts")
    names = {contact["givenName"] for contact in contacts}
    refused = HOSTILE_TEXTS[2]  # of the employee whose create stumbled
    rows = json.loads(said(night, "findings --json").splitlines()[-1])
    keys = {row["record_key"] for row in rows}

    assert names >= {
        text.replace("HALF", "\ufffd") for text in HOSTILE_TEXTS if text != refused
    }
    assert keys >= {f"tidsbanken:kunde:{key}" for key in HOSTILE_IDS}


def test_a_terminal_gets_no_control_codes_and_no_markup(night: Night) -> None:
    for words, found in night.results:
        # In a pipe a tab is between two values; in them it is a blank.
        bad = {c for c in found.output if not c.isprintable()} - {"\n", "\t"}
        assert bad == set(), words


def test_json_stays_json(night: Night) -> None:
    asked = [(words, found) for words, found in night.results if "--json" in words]

    assert len(asked) == 7
    for words, found in asked:
        lines = found.stdout.splitlines()
        assert len(lines) == 1, words
        json.loads(lines[0], parse_constant=pytest.fail)


def test_a_homes_name_is_only_a_name(night: Night) -> None:
    beside = {path.name for path in night.home.parent.iterdir()}

    assert beside == {night.home.name}


def test_nothing_of_a_load_is_left_behind(night: Night) -> None:
    assert not list(Path(night.home).glob(".loading-*"))
