"""The quirks of Membercare.

A test is named after the quirk's id in the contract; what follows `__` is the story.
"""

import httpx2
import pytest

from simulators import membercare
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.http import Refused
from simulators.kit.store import Store
from simulators.membercare import Knobs
from tests.simulators.parts.membercare.talk import (
    EMAIL,
    NORDLYS,
    connect,
    invoice,
    result,
    sign_in,
    words,
)

# token-header, token-expiry-local


def test_token_header__a_key_and_a_person_become_a_token(care: Simulator) -> None:
    answer = sign_in(care)

    token = answer.json()
    assert answer.status_code == 200
    assert set(token) == {"value", "expiration"}


def test_token_header__get_has_the_key_in_its_address(care: Simulator) -> None:
    with connect(care) as http:
        answer = http.get(
            "/token",
            params={
                "clientApiKey": care.settings("")["client_api_key"],
                "personToImpersonate": "2",
            },
        )
        allowed = http.get("/products", headers={"token": answer.json()["value"]})

    assert allowed.status_code == 200


@pytest.mark.parametrize("given", ["clientApiKey", "personToImpersonate"])
def test_token_header__the_wrong_key_or_person_is_refused(
    care: Simulator, given: str
) -> None:
    status, said = words(sign_in(care, **{given: "999"}))

    assert status == 400
    assert given in said


def test_token_header__any_person_can_be_impersonated(care: Simulator) -> None:
    person = care.insert("persons", {"name": "Kari Eksempel"})

    answer = sign_in(care, personToImpersonate=person["debtorAccountNumber"])

    assert answer.status_code == 200


def test_token_header__it_is_no_bearer_token(
    care: Simulator, http: httpx2.Client
) -> None:
    token = http.headers.pop("token")

    without = http.get("/products")
    as_bearer = http.get("/products", headers={"Authorization": f"Bearer {token}"})

    assert words(without) == (401, "The token is missing or unknown")
    assert as_bearer.status_code == 401


def test_token_expiry_local__it_ends_on_the_clock_of_the_server(
    care: Simulator, http: httpx2.Client, clock: VirtualClock
) -> None:
    expiration = sign_in(care).json()["expiration"]
    clock.advance(3599)
    in_time = http.get("/products")
    clock.advance(1)
    too_late = http.get("/products")

    assert expiration == "2025-03-03T10:15:00"
    assert in_time.status_code == 200
    assert words(too_late) == (401, "The token has expired")


def test_token_expiry_local__lifetime_and_zone_are_knobs(
    store: Store, clock: VirtualClock
) -> None:
    knobs = Knobs(token_lifetime_minutes=5, server_time_zone="America/New_York")

    care = membercare.simulate(store, knobs, clock)

    assert sign_in(care).json()["expiration"] == "2025-03-03T03:20:00"


# no-idempotency-no-concurrency


def test_no_idempotency_no_concurrency__a_repeated_post_makes_a_second_company(
    http: httpx2.Client,
) -> None:
    body = {**NORDLYS, "externalId": "shop-8841"}
    headers = {"Idempotency-Key": "once"}

    answers = [http.post("/companies", json=body, headers=headers) for _ in range(2)]

    found = result(http, "/companies/search", searchString="Nordlys Prøvebygg AS")
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "ETag" not in answers[0].headers
    assert [row["externalId"] for row in found] == ["shop-8841"] * 2


# foreign-system-link


def test_foreign_system_link__a_company_is_found_by_the_system_it_is_linked_to(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    care.insert("companies", {"companyName": "Ulenket"})
    path = f"/companies/{company}/foreignSystem/7"

    answers = [
        http.post(path, params={"externalId": text}) for text in ("cus_1", "cus_2")
    ]

    assert [(one.status_code, one.content) for one in answers] == [(200, b"")] * 2
    [row] = result(http, "/foreignSystems/7/companies")
    assert row["debtorAccountNumber"] == company
    [mapping] = row["foreignSystemMappings"]
    assert (mapping["externalId"], mapping["foreignSystem"]["id"]) == ("cus_2", 7)
    assert result(http, "/foreignSystems/8/companies") == []


def test_foreign_system_link__it_needs_an_id(http: httpx2.Client, company: str) -> None:
    assert words(http.post(f"/companies/{company}/foreignSystem/7"))[0] == 400


# errors-are-bare-strings


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/companies/999", "No such company"),
        ("/organizations/999", "No such organization"),
    ],
)
def test_errors_are_bare_strings(http: httpx2.Client, path: str, said: str) -> None:
    assert words(http.get(path)) == (404, said)


@pytest.mark.parametrize("path", ["/invoices/999", "/products/999"])
def test_errors_are_bare_strings__but_for_invoices_and_products(
    http: httpx2.Client, path: str
) -> None:
    answer = http.get(path)

    problem = answer.json()
    assert answer.status_code == 404
    assert (problem["status"], problem["title"]) == (404, "Not Found")


def test_errors_are_bare_strings__also_for_what_is_no_json(http: httpx2.Client) -> None:
    assert words(http.post("/companies", content=b"{"))[0] == 400


def test_errors_are_bare_strings__a_rate_limit_is_a_knob(
    store: Store, clock: VirtualClock
) -> None:
    care = membercare.simulate(store, Knobs(rate_limit_per_minute=2), clock)

    with connect(care) as http:
        answers = [http.get("/products") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert words(answers[1])[0] == 429
    assert "Retry-After" not in answers[1].headers


# people


def test_people_change_a_company_by_the_names_that_it_is_read_by(
    care: Simulator, company: str
) -> None:
    record = care.edit(
        "companies",
        company,
        {"name": "Sørlys AS", "dafualtPayerRule": 3, "contacts": [EMAIL, EMAIL]},
    )

    assert (record["companyName"], record["companyName2"]) == ("Sørlys AS", None)
    assert (record["name"], record["dafualtPayerRule"]) == ("Sørlys AS", 3)
    assert len({contact["id"] for contact in record["contacts"]}) == 2


def test_people_are_refused_what_does_not_fit(care: Simulator, company: str) -> None:
    with pytest.raises(Refused, match="companyName"):
        care.edit("companies", company, {"companyName": "N" * 101})
    with pytest.raises(Refused, match="taken"):
        care.insert("companies", {**NORDLYS, "debtorAccountNumber": company})
    with pytest.raises(Refused, match="cannot be deleted"):
        care.remove("invoices", str(invoice(care)["id"]))


def test_an_id_is_given_out_once(care: Simulator) -> None:
    care.insert("products", {"id": 31, "name": "Kursavgift"})

    product = care.insert("products", {"name": "Årskontingent"})

    assert product["id"] == 32
    with pytest.raises(Refused, match="taken"):
        care.insert("products", {"id": 31, "name": "Kurslunsj"})


def test_what_people_remove_for_good_is_gone(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    care.remove("companies", company, hard=True)

    assert http.get(f"/companies/{company}").status_code == 404


def test_the_settings_are_those_of_the_connector(care: Simulator) -> None:
    settings = care.settings("http://127.0.0.1:8001")

    assert settings["base_url"] == "http://127.0.0.1:8001/api/v1"
    assert set(settings) == {"base_url", "client_api_key", "person_to_impersonate"}
