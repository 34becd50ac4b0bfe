"""Privileges of PowerOffice Go: granted per endpoint, and to be asked for."""

from collections.abc import Callable, Mapping, Sequence

from werkzeug.wrappers import Request, Response

from simulators.kit.http import json_response

Operation = Callable[[Request], Response]

_TITLE = "Missing privilege"


def not_granted(style: str) -> Operation:
    """Give what answers everything of an entity that is not granted.

    `silent` is a 403 without a body, `problem` one that names the reason, and `400` was
    seen live.
    """

    def answer(request: Request) -> Response:
        if style == "silent":
            return Response(status=403)
        if style == "400":
            return json_response({"title": _TITLE.upper(), "status": 400}, 400)
        return json_response({"Title": _TITLE, "Status": 403}, 403)

    return answer


def integration(names: Mapping[str, str], missing: Sequence[str]) -> Operation:
    """Give what answers which privileges the integration has; a token is enough."""

    def answer(request: Request) -> Response:
        return json_response(
            {
                "ActiveClientSubscriptions": ["Simulated"],
                "ClientName": "Nordlys Prøvebygg AS",
                "ValidPrivileges": [
                    name for entity, name in names.items() if entity not in missing
                ],
                "InvalidPrivileges": [names[entity] for entity in missing],
            }
        )

    return answer
