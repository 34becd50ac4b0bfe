"""The operations of Membercare's API on organizations, invoices and products."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.wrappers import Request, Response

from simulators.kit.exact_json import Record, loads
from simulators.kit.http import Operation, Refused, json_response
from simulators.kit.store import Parameter
from simulators.parts.membercare.invoices import HAS_PAYMENT, shown
from simulators.parts.membercare.pages import Paging, Selection
from simulators.parts.membercare.records import MembercareRecords
from simulators.parts.membercare.requests import (
    body_in,
    flag_in,
    object_in,
    refused,
    status_in,
    time_in,
)

_STATUS_FILTERS = {"financeStatus": "status = ?", "paymentFinanceStatus": HAS_PAYMENT}


@dataclass(frozen=True)
class OtherOperations:
    """The operations on organizations, invoices and products."""

    records: MembercareRecords
    paging: Paging

    def read(self, entity: str) -> Operation:
        """Give what answers GET of one record of an entity."""

        def answer(request: Request, key: str) -> Response:
            record = self.records.existing(entity, key)
            return json_response(self._shown(entity, record))

        return answer

    def organizations(self, request: Request) -> Response:
        """Answer GET /organizations: ended ones too, unless onlyValid."""
        if not flag_in(request, "onlyValid"):
            return self._page(request, "organizations")
        valid = "(ended is null or ended > ?)"
        return self._page(request, "organizations", valid, [self.records.now()])

    def create_organization(self, request: Request) -> Response:
        """Answer POST /organizations."""
        return json_response(self.records.create_organization(object_in(request)))

    def patch_organization(self, request: Request, key: str) -> Response:
        """Answer PATCH of an organization, with the stored record."""
        return json_response(self.records.patch_organization(key, object_in(request)))

    def products(self, request: Request) -> Response:
        """Answer GET /products, retired ones included."""
        return self._page(request, "products")

    def invoices(self, request: Request) -> Response:
        """Answer GET /invoices, in the order of ids."""
        where, parameters = ["true"], list[Parameter]()
        for name, condition in _STATUS_FILTERS.items():
            if name in request.args:
                where.append(condition)
                parameters.append(status_in(request, name))
        return self._page(request, "invoices", " and ".join(where), parameters)

    def invoices_of_payer(self, request: Request, key: str) -> Response:
        """Answer GET of the invoices of a person or company."""
        where, parameters = "payer = ?", list[Parameter]([key])
        if "financedAfter" in request.args:
            where += " and financed > ?"
            parameters.append(time_in(request, "financedAfter"))
        order = "number desc" if flag_in(request, "reverseOrder") else "number"
        return self._page(request, "invoices", where, parameters, order)

    def patch_invoice(self, request: Request, key: str) -> Response:
        """Answer PATCH and PUT of an invoice: only its status changes."""
        invoice = self.records.set_status(key, object_in(request))
        return json_response(self._shown("invoices", invoice))

    def patch_invoices(self, request: Request) -> Response:
        """Answer PATCH of several invoices: each has its own outcome."""
        body = body_in(request)
        if not isinstance(body, list) or not body:
            raise refused(400, "the body must be an array of invoices")
        return json_response([self._outcome(given) for given in body])

    def _outcome(self, given: object) -> Record:
        if not isinstance(given, dict) or not isinstance(given.get("id"), int):
            raise refused(400, "each invoice needs its id")
        try:
            invoice = self.records.set_status(str(given["id"]), given)
        except Refused as refusal:
            said = loads(refusal.response.get_data())
            words = said["detail"] if isinstance(said, dict) else said
            status = refusal.response.status_code
            return {"invoice": None, "httpStatusCode": status, "statusText": words}
        shown_invoice = self._shown("invoices", invoice)
        return {"invoice": shown_invoice, "httpStatusCode": 200, "statusText": "OK"}

    def _page(
        self,
        request: Request,
        entity: str,
        where: str = "true",
        parameters: Sequence[Parameter] = (),
        order_by: str = "number",
    ) -> Response:
        def show(record: Record) -> Record:
            return self._shown(entity, record)

        table = self.records.database[entity]
        rows = Selection(table, where, parameters, show, order_by)
        return self.paging.page(request, rows)

    def _shown(self, entity: str, record: Record) -> Record:
        if entity != "invoices":
            return record
        return shown(self.records.database, record)
