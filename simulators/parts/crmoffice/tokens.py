"""Sign in to CRM-Office: refresh tokens that rotate, and access tokens that expire."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from werkzeug.wrappers import Request, Response

from simulators.kit.exact_json import dumps, loads
from simulators.kit.http import Clock, Handler, Refused, json_response
from simulators.kit.store import Database, Entity

CLIENT_ID = "simulated-client"
CLIENT_SECRET = "simulated-secret"  # noqa: S105 - invented, and good for nothing else
SIGNING_KEY = b"simulated-key"
SCOPE = "crmoffice offline_access"

REFRESH_TOKENS = Entity("refresh_tokens", {"number": lambda kept: kept["number"]})
CONSENTS = Entity("consents")


@dataclass(frozen=True)
class Tokens:
    """The tokens of one simulator; those that refresh outlive a restart."""

    database: Database
    lifetime: timedelta
    rotate: bool
    clock: Clock

    def answer(self, request: Request) -> Response:
        """Answer the token endpoint."""
        if request.method != "POST":
            return Response(status=405, headers={"Allow": "POST"})
        form = request.form
        client = (form.get("client_id"), form.get("client_secret"))
        if client != (CLIENT_ID, CLIENT_SECRET):
            raise _refused("invalid_client", "unknown client or wrong secret")
        grant = form.get("grant_type")
        if grant == "refresh_token":
            return self._granted(self._refreshed(form.get("refresh_token", "")))
        if grant == "authorization_code":
            code = form.get("code", "")
            if not self.database["consents"].remove(code):
                raise _refused("invalid_grant", "the code is unknown or spent")
            return self._granted(self._new_refresh_token())
        raise _refused("unsupported_grant_type", f"grant_type {grant} is not known")

    def newest_refresh_token(self) -> str:
        """Give the refresh token that was made last; the first when there is none."""
        kept = self.database["refresh_tokens"].select(order_by="number desc", limit=1)
        return str(kept[0]["token"]) if kept else self._new_refresh_token()

    def accepts(self, request: Request) -> bool:
        """Say whether a request carries an access token that is in date."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        content, _, signature = token.rpartition(".")
        if kind != "Bearer" or signature != _sign(content):
            return False
        claims = loads(_from_base64(content.partition(".")[2]))
        return bool(self.clock().timestamp() < claims["exp"])

    def _refreshed(self, token: str) -> str | None:
        """Give the refresh token that follows; None when the old one stays."""
        tokens = self.database["refresh_tokens"]
        if tokens.get(token) is None:
            raise _refused("invalid_grant", "the refresh token is unknown or spent")
        if not self.rotate:
            return None
        tokens.remove(token)
        return self._new_refresh_token()

    def _new_refresh_token(self) -> str:
        number = self.database.next_number("refresh token")
        token = f"simulated-refresh-token-{number}"
        self.database["refresh_tokens"].put(token, {"token": token, "number": number})
        return token

    def _granted(self, refresh_token: str | None) -> Response:
        ends = int((self.clock() + self.lifetime).timestamp())
        claims = {
            "sub": CLIENT_ID,
            "exp": ends,
            "jti": self.database.next_number("access token"),
        }
        content = _base64(dumps({"alg": "HS256"})) + "." + _base64(dumps(claims))
        answer = {
            "access_token": f"{content}.{_sign(content)}",
            "token_type": "Bearer",
            "expires_in": int(self.lifetime.total_seconds()),
            "scope": SCOPE,
        }
        if refresh_token is not None:
            answer["refresh_token"] = refresh_token
        return json_response(answer, headers={"Cache-Control": "no-store"})


def signed_in(tokens: Tokens, handler: Handler) -> Handler:
    """Let only requests with a good access token through; 401 has an empty body."""

    def answer(request: Request) -> Response:
        return handler(request) if tokens.accepts(request) else Response(status=401)

    return answer


def _refused(error: str, description: str) -> Refused:
    """Give a token error in the form of RFC 6749."""
    body = {"error": error, "error_description": description}
    return Refused(json_response(body, 400))


def _base64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _from_base64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _sign(content: str) -> str:
    digest = hmac.digest(SIGNING_KEY, content.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
