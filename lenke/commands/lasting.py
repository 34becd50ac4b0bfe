"""How people type how long something lasts."""

import re
from datetime import timedelta

import typer

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def lasting(typed: str) -> timedelta:
    """Read `90m` or `26h`; BadParameter says how it is typed."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?([smhd])", typed.strip())
    if not found:
        raise typer.BadParameter(
            f"{typed!r}: a number and s, m, h or d, for example 26h or 2d."
        )
    return timedelta(**{_UNITS[found[2]]: float(found[1])})
