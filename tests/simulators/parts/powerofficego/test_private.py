"""Identity numbers, and what cannot be archived or is deleted."""

import httpx2
import pytest

from simulators import powerofficego
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.powerofficego import Knobs
from tests.simulators.parts.powerofficego.talk import (
    KARI,
    NORDLYS,
    connect,
    detail,
    listed,
    patch,
    replace,
)

# identity-number-masked


@pytest.mark.parametrize("entity", ["employees", "customers"])
def test_identity_number_masked__it_reads_hidden_when_set(
    office: Simulator, http: httpx2.Client, entity: str
) -> None:
    number = {"NationalIdNumber": "01810112345"}
    known = office.insert(entity, {**KARI, **NORDLYS, **number})["Id"]
    unknown = office.insert(entity, {**KARI, **NORDLYS})["Id"]

    rows = {row["Id"]: row for row in listed(http, f"/{entity.capitalize()}")}
    single = http.get(f"/{entity.capitalize()}/{known}").json()

    assert rows[known]["NationalIdNumber"] == "hidden"
    assert rows[unknown]["NationalIdNumber"] is None
    assert single["NationalIdNumber"] == "hidden"


def test_identity_number_masked__the_mask_cannot_be_written_back(
    office: Simulator, http: httpx2.Client
) -> None:
    identity = {"NationalIdNumber": "01810112345", "Gender": "Female"}
    record = office.insert("employees", {**KARI, **identity})
    path = f"/Employees/{record['Id']}"

    shown = patch(http, path, replace("/LastName", "Ås")).json()
    written_back = patch(http, path, replace("/NationalIdNumber", "hidden"))

    stored = office.get("employees", str(record["Id"]))
    assert (shown["NationalIdNumber"], shown["Gender"]) == ("hidden", "Hidden")
    assert detail(written_back)[0] == 400
    assert stored is not None
    assert (stored["NationalIdNumber"], stored["Gender"]) == ("01810112345", "Female")


@pytest.mark.parametrize("number", ["1234567890", "0181011234x", 1810112345])
def test_identity_number_masked__what_is_written_is_checked(
    http: httpx2.Client, number: object
) -> None:
    answer = http.post("/Employees", json={**KARI, "NationalIdNumber": number})

    assert detail(answer)[0] == 400


def test_identity_number_masked__the_mask_is_a_knob(
    store: Store, clock: VirtualClock
) -> None:
    office = powerofficego.simulate(store, Knobs(masked_identity=False), clock)
    office.insert("employees", {**KARI, "NationalIdNumber": "01810112345"})

    with connect(office) as http:
        assert listed(http, "/Employees")[0]["NationalIdNumber"] == "01810112345"


@pytest.mark.parametrize("served", [True, False])
def test_identity_number_masked__contact_persons_have_one_in_some_installations(
    store: Store, clock: VirtualClock, served: bool
) -> None:
    knobs = Knobs(contact_person_ssn=served)
    office = powerofficego.simulate(store, knobs, clock)
    owner = office.insert("customers", NORDLYS)["Id"]
    number = {"SocialSecurityNumber": "01810112345"}
    person = office.insert("contactperson", {**KARI, **number, "ContactId": owner})

    with connect(office) as http:
        [row] = listed(http, "/ContactPersons")
        answer = patch(
            http,
            f"/ContactPersons/{owner}/{person['Id']}",
            replace("/SocialSecurityNumber", None),
        )

    assert row.get("SocialSecurityNumber") == ("01810112345" if served else None)
    assert ("SocialSecurityNumber" in row) is served
    assert answer.status_code == (200 if served else 400)


# archive-refused-with-balance


def test_archive_refused_with_balance(office: Simulator, http: httpx2.Client) -> None:
    customer = office.insert("customers", NORDLYS)["Id"]
    path = f"/Customers/{customer}"
    office.insert("ledger", {"ContactId": customer, "Balance": 100})

    refused = patch(http, path, replace("/IsArchived", True))
    office.edit("ledger", str(customer), {"Balance": 0})
    archived = patch(http, path, replace("/IsArchived", True))

    assert detail(refused)[0] == 400
    assert archived.json()["IsArchived"] is True
    assert archived.json()["IsActive"] is False


def test_archive_refused_with_balance__nor_is_a_contact_in_use_deleted(
    office: Simulator, http: httpx2.Client
) -> None:
    booked = office.insert("customers", NORDLYS)["Id"]
    office.insert("ledger", {"ContactId": booked})
    both = office.insert("customers", NORDLYS)["Id"]
    office.insert("employees", {**KARI, "Id": both})
    unused = office.insert("customers", NORDLYS)["Id"]

    answers = [http.delete(f"/Customers/{key}") for key in (booked, both, unused)]

    assert [answer.status_code for answer in answers] == [409, 409, 200]
    assert http.delete(f"/Customers/{unused}").status_code == 404


# deletes-invisible


def test_deletes_invisible__a_deleted_record_just_stops_appearing(
    office: Simulator, http: httpx2.Client
) -> None:
    record = office.insert("employees", KARI)

    office.remove("employees", str(record["Id"]))

    long_ago = {"lastChangedDateTimeOffsetGreaterThan": "2000-01-01T00:00:00Z"}
    assert listed(http, "/Employees", **long_ago) == []
    assert detail(http.get(f"/Employees/{record['Id']}"))[0] == 404
