"""Which Lenke this is, and what it runs on."""

import platform
from importlib.metadata import version

import typer

# What a report of a fault should name beside Lenke itself.
_RUNS_ON = ("dbt-core", "dbt-duckdb", "duckdb", "dlt")


def versions() -> dict[str, str]:
    """Give the versions of Lenke, of Python, and of what decides, reads and stores."""
    return {
        "lenke": version("lenke"),
        "python": platform.python_version(),
        **{name: version(name) for name in _RUNS_ON},
    }


def show_version(asked: bool) -> None:
    """Print the versions, one a line, and end the command when it was asked for."""
    if not asked:
        return
    for name, number in versions().items():
        typer.echo(f"{name} {number}")
    raise typer.Exit
