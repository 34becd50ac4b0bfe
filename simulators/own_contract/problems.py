"""Errors as problem details (RFC 9457)."""

from collections.abc import Mapping
from typing import Protocol

from simulators.kit.http import Refused, json_response

PROBLEMS = {
    "malformed": (400, "The request cannot be read"),
    "invalid-parameter": (400, "A parameter is not valid"),
    "cursor-invalid": (400, "The cursor is not one of ours"),
    "cursor-expired": (400, "The cursor has expired"),
    "unauthorized": (401, "The token is missing or unknown"),
    "not-found": (404, "There is no such record"),
    "deleted": (409, "The record is deleted"),
    "in-use": (409, "The record is in use"),
    "frozen": (409, "The lines are frozen"),
    "external-reference-taken": (409, "External reference is taken"),
    "sku-taken": (409, "SKU is taken"),
    "number-taken": (409, "Number is taken"),
    "idempotency-busy": (409, "The first call with this key is still running"),
    "stale": (412, "The record has changed"),
    "unsupported-media-type": (415, "The content type is not a merge patch"),
    "validation": (422, "The record is not valid"),
    "idempotency-mismatch": (422, "The key was used with another body"),
    "if-match-missing": (428, "If-Match is needed"),
    "too-many-requests": (429, "Too many calls"),
    "maintenance": (503, "Down for maintenance"),
}


class Refuse(Protocol):
    """Makes the refusal of a given kind; see `refusals`."""

    def __call__(
        self,
        kind: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **more: object,
    ) -> Refused:
        """Give the refusal; `more` are further members such as `existingId`."""


def refusals(base: str) -> Refuse:
    """Give the maker of problem details whose types lie under the address `base`."""

    def refuse(
        kind: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **more: object,
    ) -> Refused:
        status, title = PROBLEMS[kind]
        body = {
            "type": base + kind,
            "title": title,
            "status": status,
            "detail": detail,
            **more,
        }
        return Refused(
            json_response(
                body, status, headers, content_type="application/problem+json"
            )
        )

    return refuse
