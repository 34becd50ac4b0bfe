"""The quirks of Tidsbanken.

A test is named after the quirk's id in the contract; what follows `__` is the story.
"""

import httpx2
import pytest

from simulators import tidsbanken
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.http import Refused
from simulators.kit.store import Store
from simulators.tidsbanken import Knobs
from tests.simulators.parts.tidsbanken.talk import (
    NORDLYS,
    RECORDS,
    connect,
    ids,
    refusal,
)

# three-headers


@pytest.mark.parametrize("header", ["tb-key", "Ocp-Apim-Subscription-Key"])
@pytest.mark.parametrize("value", [None, "wrong"])
def test_three_headers__both_keys_are_needed(
    http: httpx2.Client, header: str, value: str | None
) -> None:
    del http.headers[header]
    if value:
        http.headers[header] = value

    answer = http.get("/ansatt/ansatt")

    assert answer.status_code == 401


@pytest.mark.parametrize("version", [None, "2.0"])
def test_three_headers__the_version_is_needed(
    http: httpx2.Client, version: str | None
) -> None:
    del http.headers["x-api-version"]
    if version:
        http.headers["x-api-version"] = version

    answer = http.get("/ansatt/ansatt")

    assert refusal(answer) == (400, "UnsupportedApiVersion")


def test_three_headers__the_key_of_the_test_database_writes_there_without_a_word(
    bank: Simulator, http: httpx2.Client
) -> None:
    bank.insert("kunde", NORDLYS)
    test_key = {"tb-key": tidsbanken.TEST_TB_KEY}

    before = http.get("/prosjekt/Kunde", headers=test_key)
    written = http.post("/prosjekt/Kunde", json={"Id": "K7"}, headers=test_key)
    after = http.get("/prosjekt/Kunde", headers=test_key)

    assert before.json()["value"] == []
    assert written.status_code == 201
    assert [row["Id"] for row in after.json()["value"]] == ["K7"]
    assert ids(http, "/prosjekt/Kunde") == ["K1001"]


# no-delete


@pytest.mark.parametrize("path", ["/ansatt/ansatt", "/ansatt/Avdeling/10"])
def test_no_delete__the_api_has_none(http: httpx2.Client, path: str) -> None:
    assert http.delete(path).status_code == 405


def test_no_delete__what_people_remove_just_stops_appearing(
    bank: Simulator, http: httpx2.Client, clock: VirtualClock
) -> None:
    bank.insert("prosjekt", {"Id": "20017"})
    clock.advance(60)

    bank.remove("prosjekt", "20017")

    changes = "SistEndretDato ge 2000-01-01"
    assert ids(http, "/prosjekt/Prosjekt", filter=changes) == []
    assert ids(http, "/prosjekt/Prosjekt", filter="Id eq '20017'") == []


# gateway-errors-differ


def test_gateway_errors_differ__a_missing_key_is_the_gateways_word(
    http: httpx2.Client,
) -> None:
    answer = http.get("/ansatt/ansatt", headers={"tb-key": "wrong"})

    assert set(answer.json()) == {"statusCode", "message"}
    assert answer.json()["statusCode"] == 401


def test_gateway_errors_differ__too_many_calls_are_told_how_long_to_wait(
    store: Store, clock: VirtualClock
) -> None:
    bank = tidsbanken.simulate(store, Knobs(rate_limit_per_minute=2), clock)

    with connect(bank) as http:
        answers = [http.get("/ansatt/ansatt") for _ in range(3)]
        clock.advance(int(answers[2].headers["Retry-After"]))
        later = http.get("/ansatt/ansatt")

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json() == {"statusCode": 429, "message": "Call limit reached"}
    assert later.status_code == 200


def test_gateway_errors_differ__an_unknown_path_is_the_services_word(
    http: httpx2.Client,
) -> None:
    assert refusal(http.get("/prosjekt/Faktura")) == (404, "NotFound")


# lengths, numbers and people


@pytest.mark.parametrize(
    ("entity", "name", "longest"),
    [
        ("ansatt", "Etternavn", 50),
        ("ansatt", "Mobil", 20),
        ("ansatt", "Personnummer", 11),
        ("kunde", "Navn", 100),
        ("kunde", "Postnr", 10),
        ("prosjekt", "EksternId", 50),
    ],
)
def test_text_that_is_too_long_is_refused_and_not_cut(
    bank: Simulator, entity: str, name: str, longest: int
) -> None:
    key = str(bank.insert(entity, RECORDS[entity])["Id"])

    kept = bank.edit(entity, key, {name: "Å" * longest})

    assert kept[name] == "Å" * longest
    with pytest.raises(Refused, match=name):
        bank.edit(entity, key, {name: "Å" * (longest + 1)})


def test_numbers_come_back_as_they_were_written(
    bank: Simulator, http: httpx2.Client
) -> None:
    body = '[{"Id":412,"Fornavn":"K","Etternavn":"E","AntallFerieDager":25.0}]'

    http.post("/ansatt/Ansatte", content=body)

    assert '"AntallFerieDager":25.0,' in http.get("/ansatt/ansatt").text


def test_people_change_single_fields_and_may_empty_them(bank: Simulator) -> None:
    bank.insert("kunde", {**NORDLYS, "Epost": "post@nordlys.example", "Telefon": None})

    after = bank.edit("kunde", "K1001", {"Epost": None, "Telefon": "70000001"})

    assert (after["Navn"], after["Epost"]) == ("Nordlys Prøvebygg AS", "")
    assert (after["Telefon"], after["Aktiv"]) == ("70000001", True)


def test_people_cannot_change_an_id_or_what_is_not_there(bank: Simulator) -> None:
    bank.insert("kunde", NORDLYS)

    with pytest.raises(Refused, match="Id"):
        bank.edit("kunde", "K1001", {"Id": "K2"})
    with pytest.raises(Refused, match="404"):
        bank.remove("kunde", "K2")


def test_the_settings_are_those_of_the_connector(bank: Simulator) -> None:
    settings = bank.settings("http://127.0.0.1:8001")

    assert settings["base_url"] == "http://127.0.0.1:8001"
    assert set(settings) == {"base_url", "tb_key", "subscription_key"}
