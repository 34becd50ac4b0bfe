"""What CRM-Office holds of its own.

Nothing here belongs to a record of another system: a sync must leave it as it is.
"""

from collections.abc import Iterator, Sequence
from random import Random

from simulators.kit.exact_json import Record
from simulators.world.example import Example
from simulators.world.facts import Facts
from simulators.world.ground import Ground
from simulators.world.names import Names
from simulators.world.spelling import messy_phone

EXAMPLE = Example("contacts", "mobilePhone", "+4790112233", place=-1)


def fill(ground: Ground, facts: Facts) -> None:
    """Put users, contacts and activities into CRM-Office."""
    names, random = facts.names("crmoffice"), facts.random("crmoffice")
    ground.add("users", user_records(names))
    contacts = ground.add("contacts", contact_records(names, random))
    ground.add("activities", activity_records([one["id"] for one in contacts], random))


def user_records(names: Names) -> Iterator[Record]:
    """Give the users of CRM-Office; the last one has left."""
    for active in (True, True, True, False):
        given, family = names.person()
        yield {
            "userName": names.email(f"{given}.{family}", "crm").partition("@")[0],
            "displayName": f"{given} {family}",
            "active": active,
        }


def contact_records(names: Names, random: Random) -> Iterator[Record]:
    """Give contacts of CRM-Office: customers' people, one of them without much."""
    for place in range(7):
        given, family = names.person()
        yield {
            "familyName": family,
            "givenName": given,
            "mobilePhone": messy_phone(f"{48_000_001 + place}", random),
            "email": names.email(f"{given}.{family}", "kunden"),
            "companyId": f"{5120 + place % 3}",
        }
    yield {"familyName": "Sentralbordet"}


def activity_records(contacts: Sequence[str], random: Random) -> Iterator[Record]:
    """Give activities of CRM-Office, most with an owner of the contacts' ids."""
    for place in range(6):
        yield {
            "ownerId": random.choice(contacts) if place else None,
            "subject": f"Kundemøte {place + 1}",
            "startsAt": f"2025-07-{10 + place}T09:00:00",
            "endsAt": f"2025-07-{10 + place}T10:30:00" if place != 1 else None,
            "contactId": random.choice(contacts),
            "body": "Ta med tilbudet.\nSpør etter Åse.",
        }
