"""What people do in the demo, and where it should turn up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lenke.home.places import Home
from lenke.showing import look
from simulators.kit.core import Simulator


@dataclass(frozen=True)
class Edit:
    """What a person does somewhere, and where it should turn up.

    `shows` reads the value from the system where it should arrive.
    """

    words: str
    do: Callable[[], object]
    arrives_at: str
    expected: str
    shows: Callable[[], str | None]


def choose_edits(home: Home, simulators: Mapping[str, Simulator]) -> list[Edit]:
    """Choose records that are linked, and say what people do with them."""
    tidsbanken, crm, pms = (
        simulators[name] for name in ("tidsbanken", "crmoffice", "custompms")
    )
    contact = _links(home, "tidsbanken_ansatt__crmoffice_contacts")
    activity = _links(home, "tidsbanken_prosjekt__crmoffice_activities")
    project = _links(home, "tidsbanken_prosjekt__custompms_project")
    (phoned, phoned_contact), (renamed, renamed_contact) = sorted(contact.items())[:2]
    moved = sorted(set(activity) & set(project))[0]

    def value(simulator: Simulator, entity: str, key: str, member: str) -> str | None:
        record = simulator.get(entity, key) or {}
        found = record.get(member)
        return None if found is None else str(found)

    def hire() -> None:
        tidsbanken.insert(
            "ansatt",
            {"Id": 90001, "Fornavn": "Åse", "Etternavn": "Nyansatt", "Aktiv": True},
        )
        tidsbanken.insert(
            "prosjekt",
            {
                "Id": "90002",
                "Navn": "Nytt prosjekt med ny ansatt",
                "AnsvarligId": 90001,
                "StartDato": "2026-03-28T00:00:00",
            },
        )

    def owner_of_the_new() -> str | None:
        key = _links(home, "tidsbanken_prosjekt__crmoffice_activities")["90002"]
        owner = value(crm, "activities", key, "ownerId")
        return value(crm, "contacts", owner or "", "familyName")

    return [
        Edit(
            f"The phone of contact {phoned_contact} is corrected in CRM-Office",
            lambda: crm.edit(
                "contacts", phoned_contact, {"mobilePhone": "+4798765432"}
            ),
            f"Tidsbanken, Ansatt {phoned}, Mobil",
            "+4798765432",
            lambda: value(tidsbanken, "ansatt", phoned, "Mobil"),
        ),
        Edit(
            f"Ansatt {renamed} is renamed in Tidsbanken",
            lambda: tidsbanken.edit("ansatt", renamed, {"Etternavn": "Nygift-Hansen"}),
            f"CRM-Office, contact {renamed_contact}, familyName",
            "Nygift-Hansen",
            lambda: value(crm, "contacts", renamed_contact, "familyName"),
        ),
        Edit(
            f"The end of project {moved} is moved in the project system",
            lambda: pms.edit("project", project[moved], {"endDate": "2030-10-27"}),
            f"CRM-Office, activity {activity[moved]}, endsAt",
            "2030-10-27T00:00:00",
            lambda: value(crm, "activities", activity[moved], "endsAt"),
        ),
        Edit(
            "A project is created in Tidsbanken, together with a new employee",
            hire,
            "CRM-Office, the new activity's owner, familyName",
            "Nyansatt",
            owner_of_the_new,
        ),
    ]


def _links(home: Home, flow: str) -> dict[str, str]:
    """Give target ids by source id."""
    answer = look.ask(
        home,
        "select source_id, target_id from inspection.links "
        "where flow = $flow and ended_at is null",
        flow=flow,
    )
    return {row[0]: row[1] for row in answer.rows}
