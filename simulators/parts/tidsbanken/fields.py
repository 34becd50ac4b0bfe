"""The fields of Tidsbanken's records, and what each may hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulators.kit.checks import Check, boolean, integer, number, text
from simulators.kit.exact_json import Record
from simulators.kit.store import Column, Entity
from simulators.parts.tidsbanken.times import instant, with_offset

Kind = Literal["text", "integer", "number", "boolean", "date", "offset date", "stamp"]

TIMES = ("date", "offset date", "stamp")
_EMPTY: Mapping[Kind, object] = {
    "text": "",
    "integer": 0,
    "number": 0,
    "boolean": False,
}


@dataclass(frozen=True)
class Field:
    """One field. `empty` is what a record has that says nothing about it.

    A read-only field may be sent and is ignored.
    """

    kind: Kind
    empty: object
    longest: int | None = None
    read_only: bool = False
    in_new_record: object = None

    def store(self, value: object) -> object:
        """Give what is stored of a value; raises ValueError for the wrong kind of it.

        null stores the empty value.
        """
        if value is None:
            return self.empty
        check = text(self.longest) if self.kind == "text" else _CHECKS[self.kind]
        return check(value)


def _date(value: object) -> str:
    given = str(text()(value))
    instant(given)
    return given


def _offset_date(value: object) -> str:
    return with_offset(str(text()(value)))


_CHECKS: Mapping[Kind, Check] = {
    "integer": integer,
    "number": number,
    "boolean": boolean,
    "date": _date,
    "offset date": _offset_date,
}


def _field(kind: Kind, longest: int | None = None, *, nullable: bool = False) -> Field:
    return Field(kind, None if nullable else _EMPTY.get(kind), longest)


def _read_only(kind: Kind) -> Field:
    return Field(kind, None, read_only=True)


TEXT, INTEGER, NUMBER = _field("text"), _field("integer"), _field("number")
BOOLEAN, DATE, OFFSET_DATE = _field("boolean"), _field("date"), _field("offset date")
NULLABLE_INTEGER = _field("integer", nullable=True)
TRUE_WHEN_NEW = Field("boolean", False, in_new_record=True)
STAMP, WHO = _read_only("stamp"), _read_only("integer")

ANSATT: Mapping[str, Field] = {
    "Id": INTEGER,
    "Fornavn": _field("text", 50),
    "Etternavn": _field("text", 50),
    "Adresse": _field("text", 100),
    "Postnummer": _field("text", 10),
    "Poststed": _field("text", 50),
    "TlfPrivat": _field("text", 20),
    "Mobil": _field("text", 20),
    "Epost": _field("text", 100),
    "Fodt": DATE,
    "Tittel": _field("text", 50),
    "Lonnskonto": _field("text", 20),
    "AnsattDato": DATE,
    "Personnummer": _field("text", 11),
    "Sluttet": BOOLEAN,
    "SluttetDato": DATE,
    "AvdelingId": TEXT,
    "Aktiv": TRUE_WHEN_NEW,
    "Identifikator": _field("text", 20),
    "AntallFerieDager": NUMBER,
    "AntallHalveFerieDager": NUMBER,
    "Notat": TEXT,
    "ProsjektId": Field("text", "0"),
    "Stillingsprosent": NUMBER,
    "Element1Id": TEXT,
    "Element2Id": TEXT,
    "Kjonn": TEXT,
    "Kommune": INTEGER,
    "MalId": INTEGER,
    "Innleie": BOOLEAN,
    "Fastlonn": _field("boolean", nullable=True),
    "IceNavn": TEXT,
    "IceNr": TEXT,
    "PersonaliaBekreftet": _field("text", nullable=True),
    "SistEndretDato": STAMP,
    "SistEndretAvId": WHO,
    "OpprettetDato": STAMP,
    "OpprettetAvId": WHO,
}
AVDELING: Mapping[str, Field] = {
    "Id": _field("text", 20),
    "Navn": _field("text", 100),
    "Synlig": TRUE_WHEN_NEW,
    "Avdelingsleder": NULLABLE_INTEGER,
    "SistEndretDato": STAMP,
    "SistEndretAvId": WHO,
    "OpprettetDato": STAMP,
}
KUNDE: Mapping[str, Field] = {
    "Id": _field("text", 20),
    "Navn": _field("text", 100),
    "Organisasjonsnummer": _field("text", 20),
    "Gateadresse": _field("text", 100),
    "Postnr": _field("text", 10),
    "Poststed": _field("text", 50),
    "Telefon": _field("text", 20),
    "Epost": _field("text", 100),
    "Kontaktperson": _field("text", 100),
    "EksternId": _field("text", 50),
    "Aktiv": TRUE_WHEN_NEW,
    "SistEndretDato": STAMP,
    "SistEndretAvId": WHO,
    "OpprettetDato": STAMP,
}
PROSJEKT: Mapping[str, Field] = {
    "Id": _field("text", 20),
    "PostId": _read_only("integer"),
    "Navn": _field("text", 100),
    "Notat": TEXT,
    "Status": INTEGER,
    "PostType": INTEGER,
    "KundensBestillingsnummer": _field("text", 50),
    "FerdigGrad": NUMBER,
    "InterntProsjekt": BOOLEAN,
    "AvdelingId": TEXT,
    "AnsvarligId": NULLABLE_INTEGER,
    "KundeId": TEXT,
    "FakturaKundeId": TEXT,
    "EksternId": _field("text", 50),
    "Element1Id": TEXT,
    "Element2Id": TEXT,
    "AnleggId": _field("text", nullable=True),
    "SelgerId": NULLABLE_INTEGER,
    "ProsjektGruppeId": NULLABLE_INTEGER,
    "Kontaktperson": TEXT,
    "Betalingsbetingelser": TEXT,
    "Prosjekttype": TEXT,
    "BestillingsDato": OFFSET_DATE,
    "Startet": BOOLEAN,
    "StartDato": OFFSET_DATE,
    "Ferdig": BOOLEAN,
    "FerdigDato": OFFSET_DATE,
    "Avsluttet": BOOLEAN,
    "AvsluttetDato": OFFSET_DATE,
    "SistEndretDato": STAMP,
    "SistEndretAvId": WHO,
    "OpprettetDato": STAMP,
    "OpprettetAvId": WHO,
}
FIELDS: Mapping[str, Mapping[str, Field]] = {
    "ansatt": ANSATT,
    "avdeling": AVDELING,
    "kunde": KUNDE,
    "prosjekt": PROSJEKT,
}


def _as_is(name: str) -> Column:
    def column(record: Record) -> str | int | None:
        value: str | int | None = record[name]
        return value

    return column


def _as_instant(name: str) -> Column:
    return lambda record: None if record[name] is None else instant(record[name])


def columns(entity: str) -> dict[str, Column]:
    """Give what is searched and sorted by a column: ids and every time."""
    found: dict[str, Column] = {"Id": _as_is("Id")}
    for name, field in FIELDS[entity].items():
        if field.kind in TIMES:
            found[name] = _as_instant(name)
        elif name == "EksternId":
            found[name] = _as_is(name)
    return found


def _entity(name: str) -> Entity:
    indexes = ["Id", "SistEndretDato, Id"]
    if "EksternId" in FIELDS[name]:
        indexes.append("EksternId")
    return Entity(name, columns(name), indexes)


ENTITIES = [_entity(name) for name in FIELDS]
