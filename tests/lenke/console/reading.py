"""What a page says, as a browser would have it: its text, links, forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

# Elements without an end.
_VOID = frozenset({"input", "meta", "br", "rect", "link", "hr", "img"})


@dataclass
class Read(HTMLParser):
    """A page that was read; `open_elements` must be none at its end."""

    page: str
    text: str = ""
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open_elements: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open_elements.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open_elements or self.open_elements.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open_elements[-1:] not in (["style"],):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Give the attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    def links(self) -> list[str]:
        """Give where the page leads."""
        return [each["href"] or "" for each in self.all("a")]

    def field(self, name: str) -> str:
        """Give what a field of the form holds."""
        [found] = [each for each in self.all("input") if each.get("name") == name]
        return found.get("value") or ""


def read(page: str) -> Read:
    """Read a page; every element has its end."""
    found = Read(page)
    assert not found.wrong, found.wrong
    assert not found.open_elements, found.open_elements
    return found
