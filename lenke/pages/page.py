"""Render a template of `templates/` and write the page whole.

Values are other people's text: all of it is escaped, and what nobody would see in it
can be seen, whatever a template forgets.
"""

from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from connections.http.errors import ConfigurationError
from connections.private.files import write_private
from lenke.showing.layout import visible
from lenke.showing.local_time import shown


def environment(*packages: str) -> Environment:
    """Give what renders the templates of these packages, on our common base."""
    made = Environment(
        loader=ChoiceLoader(
            [PackageLoader(each) for each in ("lenke.pages", *packages)]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters |= {"visible": visible, "lines": _lines, "shown": shown}
    return made


def _shown(value: Any) -> Any:
    """Give what stands in a page for a value; what is HTML already stays it."""
    return value if isinstance(value, Markup) else visible(value)


def _lines(text: str) -> Markup:
    """Give a text of several lines, which stay lines."""
    return Markup("\n").join(visible(line) for line in text.splitlines())


_ENVIRONMENT = environment()


def render(template: str, **values: Any) -> str:
    """Give the page as text."""
    return _ENVIRONMENT.get_template(template).render(**values)


def write_page(path: Path, template: str, **values: Any) -> None:
    """Write the page, as `write_text` does."""
    write_text(path, render(template, **values))


def write_text(path: Path, text: str) -> None:
    """Write a file for its owner alone; what was there is replaced whole.

    Raises ConfigurationError where it can't be written.
    """
    try:
        write_private(path, text)
    except OSError as error:
        raise ConfigurationError(
            f"{path} can't be written: {error.strerror or error}. Name a "
            "file in a folder that is there and that you may write to."
        ) from error
