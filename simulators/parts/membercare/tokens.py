"""Sign in to Membercare: a client key and a person become a token that expires."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from werkzeug.wrappers import Request, Response

from simulators.kit.expiring_tokens import ExpiringTokens
from simulators.kit.http import Handler, json_response
from simulators.kit.store import Table
from simulators.parts.membercare.requests import object_in, refused
from simulators.parts.membercare.values import local_stamp

CLIENT_API_KEY = "simulated-client-api-key"
PERSON_TO_IMPERSONATE = "2"


@dataclass(frozen=True)
class SignIn:
    """The token operations, for the persons that there are."""

    persons: Table
    tokens: ExpiringTokens
    zone: ZoneInfo

    def answer_get(self, request: Request) -> Response:
        """Answer GET, which has the client key in its address."""
        return self._granted(
            request.args.get("clientApiKey"), request.args.get("personToImpersonate")
        )

    def answer_post(self, request: Request) -> Response:
        """Answer POST."""
        body = object_in(request)
        return self._granted(body.get("clientApiKey"), body.get("personToImpersonate"))

    def _granted(self, key: object, person: object) -> Response:
        if key != CLIENT_API_KEY:
            raise refused(400, "clientApiKey is unknown")
        if not isinstance(person, str) or self.persons.get(person) is None:
            raise refused(400, "personToImpersonate is no person")
        value, ends = self.tokens.new()
        expiration = local_stamp(ends, self.zone)
        return json_response({"value": value, "expiration": expiration})


def signed_in(tokens: ExpiringTokens, handler: Handler) -> Handler:
    """Let only requests with a token that is in date through."""

    def answer(request: Request) -> Response:
        token = request.headers.get("token", "")
        if tokens.accepts(token):
            return handler(request)
        has_expired = tokens.knows(token)
        words = "has expired" if has_expired else "is missing or unknown"
        return json_response(f"The token {words}", 401)

    return answer
