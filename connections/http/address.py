"""Addresses: where credentials may go, over what, and how ids and filters are spelt."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import quote, urlencode

import httpx2

from connections.http.errors import ConfigurationError, ContractChanged, Refused

Params = Mapping[str, str | int | bool]

_PORTS = {"https": 443, "http": 80}

# Servers refuse longer addresses, and httpx2 raises beyond 65,536 characters.
_LONGEST_SEGMENT = 2000
_QUOTED_CHARACTERS = 40


def origin(url: httpx2.URL) -> str:
    """Give scheme, host and port of an address, e.g. `https://api.example:443`.

    The host is as it travels, in ASCII: not every `xn--` host has another spelling.
    """
    port = url.port or _PORTS.get(url.scheme, 0)
    return f"{url.scheme}://{url.raw_host.decode('ascii')}:{port}"


def segment(value: object) -> str:
    """Spell a value as one segment of a path; Refused when it cannot be one.

    A slash, a question mark or a percent sign in it never reads as part of the address.
    """
    try:
        text = quote(str(value), safe="")
    except UnicodeEncodeError:  # half a surrogate pair
        text = ""
    if text in ("", ".", "..") or len(text) > _LONGEST_SEGMENT:
        raise Refused(
            f"{str(value)[:_QUOTED_CHARACTERS]!r} cannot be the id of a record in an "
            "address. Nothing was sent; look at that record in its system.",
            words="no id for an address",
        )
    return text


def address_in(base_url: str, path: str, params: Params | None) -> httpx2.URL:
    """Give the address of `path` under base_url, or `path` itself when it is whole.

    Blanks in `params` become %20 and plus signs %2B: OData reads a plus as a blank.
    Raises ContractChanged for a link that is no address.
    """
    try:
        address = httpx2.URL(base_url + path if path.startswith("/") else path)
    except (httpx2.InvalidURL, ValueError):
        raise ContractChanged(
            f"A link of {base_url} was to be followed and is no address. "
            "Nothing was sent."
        ) from None
    if not params:
        return address
    spelled = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in params.items()
    }
    query = urlencode(spelled, quote_via=quote, safe="$,:'")
    return address.copy_with(query=query.encode("ascii"))


def checked_address(system: str, setting: str, text: str) -> str:
    """Give a configured address without its last slash.

    Raises ConfigurationError when it is no address, holds a password, a query or a
    fragment, or is `http://` to another machine than this one.
    """
    where = f"{setting} under [sources.{system}]"
    try:
        url = httpx2.URL(text.strip())
        host = url.host
    except (httpx2.InvalidURL, ValueError):
        raise ConfigurationError(f"{where} is not an address.") from None
    if url.scheme not in _PORTS or not host:
        raise ConfigurationError(
            f"{where} must start with https:// and name a host "
            "(http:// is accepted for this machine only)."
        )
    if url.userinfo or url.query or url.fragment:
        raise ConfigurationError(
            f"{where} must hold no user, password, query or fragment."
        )
    if url.scheme == "http" and not is_loopback(url):
        raise ConfigurationError(
            f"{where} is http:// to {url.host}: credentials would travel unprotected. "
            "Use https://; http:// is accepted for this machine only."
        )
    return str(url).rstrip("/")


def is_loopback(url: httpx2.URL) -> bool:
    """Tell whether an address is on this machine, by its host."""
    if url.host == "localhost":
        return True
    try:
        return ipaddress.ip_address(url.host).is_loopback
    except ValueError:
        return False
