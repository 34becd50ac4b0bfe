"""The operations of Membercare's API on companies, and the list of debtors."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.wrappers import Request, Response

from simulators.kit.exact_json import Record
from simulators.kit.http import json_response
from simulators.kit.store import Parameter
from simulators.parts.membercare.debtors import as_debtor
from simulators.parts.membercare.pages import OneAfterTheOther, Paging, Selection
from simulators.parts.membercare.records import MembercareRecords
from simulators.parts.membercare.requests import (
    body_in,
    flag_in,
    object_in,
    refused,
    refusing,
    short,
    time_in,
)

_VALID = "(closed is null or closed > ?)"
_LINKED = (
    "exists (select 1 from json_each(record, '$.foreignSystemMappings') as mapping "
    "where json_extract(mapping.value, '$.foreignSystem.id') = ?)"
)


@dataclass(frozen=True)
class CompanyOperations:
    """The operations on companies, and the list of debtors."""

    records: MembercareRecords
    paging: Paging

    def changed_debtors(self, request: Request) -> Response:
        """Answer GET /debtors: persons, then companies, closed ones too.

        Organizations are not among them (assumed), nor is what stands beside the base.
        """
        where, parameters = "true", list[Parameter]()
        if "changedAfter" in request.args:
            where, parameters = "changed > ?", [time_in(request, "changedAfter")]
        persons, companies = (
            Selection(self.records.database[table], where, parameters, as_debtor)
            for table in ("persons", "companies")
        )
        return self.paging.page(request, OneAfterTheOther(persons, companies))

    def page(self, request: Request) -> Response:
        """Answer GET /companies: the valid ones."""
        return self._page(request, _VALID, [self.records.now()])

    def search(self, request: Request) -> Response:
        """Answer GET /companies/search: by number or by a part of the name."""
        wanted = request.args.get("searchString", "").strip()
        where = f"{_VALID} and (key = ? or instr(searched, ?))"
        return self._page(
            request, where, [self.records.now(), wanted, wanted.casefold()]
        )

    def linked(self, request: Request, system: str) -> Response:
        """Answer GET of the companies that are linked to another system."""
        return self._page(request, _LINKED, [short(system)])

    def create(self, request: Request) -> Response:
        """Answer POST /companies."""
        numbered = request.args.get("useAutomaticDebtorAccountNumber", "true").lower()
        if numbered != "true":
            raise refused(400, "debtorAccountNumber is missing")
        with refusing():
            company = self.records.debtors.create_company(object_in(request))
        return json_response(company)

    def read(self, request: Request, key: str) -> Response:
        """Answer GET of one company, closed or not, with all that belongs to it."""
        return json_response(self.records.existing("companies", key))

    def put(self, request: Request, key: str) -> Response:
        """Answer PUT, with the stored record."""
        old = self.records.existing("companies", key)
        with refusing():
            company = self.records.debtors.put_company(old, object_in(request))
        return json_response(company)

    def patch(self, request: Request, key: str) -> Response:
        """Answer PATCH, without a word."""
        old = self.records.existing("companies", key)
        with refusing():
            self.records.debtors.patch_company(old, object_in(request))
        return Response(status=200)

    def add_contacts(self, request: Request, key: str) -> Response:
        """Answer POST of contacts, with those that were added."""
        company = self.records.existing("companies", key)
        with refusing():
            added = self.records.debtors.add_contacts(company, body_in(request))
        return json_response(added)

    def add_addresses(self, request: Request, key: str) -> Response:
        """Answer POST of addresses, with those that were added."""
        company = self.records.existing("companies", key)
        with refusing():
            added = self.records.debtors.add_addresses(company, body_in(request))
        return json_response(added)

    def add_org_number(self, request: Request, key: str) -> Response:
        """Answer POST of the Norwegian organisation number."""
        return self._org_number(request, key, again=False)

    def put_org_number(self, request: Request, key: str) -> Response:
        """Answer PUT of the Norwegian organisation number."""
        return self._org_number(request, key, again=True)

    def link(self, request: Request, key: str, system: str) -> Response:
        """Answer POST of an id in another system."""
        company = self.records.existing("companies", key)
        external_id = request.args.get("externalId", "")
        with refusing():
            self.records.debtors.link(company, short(system), external_id)
        return Response(status=200)

    def _org_number(self, request: Request, key: str, *, again: bool) -> Response:
        company = self.records.existing("companies", key)
        with refusing():
            self.records.debtors.set_org_number(company, body_in(request), again=again)
        return Response(status=200)

    def _page(
        self, request: Request, where: str, parameters: Sequence[Parameter]
    ) -> Response:
        with_info = flag_in(request, "includeAddressAndContactInfo")

        def show(company: Record) -> Record:
            not_loaded: Record = {"contacts": [], "addresses": []}
            return company if with_info else {**company, **not_loaded}

        table = self.records.database["companies"]
        return self.paging.page(request, Selection(table, where, parameters, show))
