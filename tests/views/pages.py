"""A page of HTML read back with the standard library, as strictly as one can with it."""

from html.parser import HTMLParser

EMPTY = {"meta", "img"}
"""Elements that have no end."""


class Page(HTMLParser):
    """What stands on a page; every element must end where it should.

    Attributes:
        tags: names of the elements, in their order.
        attributes: name of the element, of the attribute, and its value, for each attribute.
        words: all text but the style, and headings apart.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words = ""
        self.headings: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag in {"h1", "h2"}:
            self.headings.append("")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The innermost element that is open ends."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text."""
        if "style" in self.open:
            return
        self.words += data
        if {"h1", "h2"} & set(self.open):
            self.headings[-1] += data

    def values(self, tag: str, name: str) -> list[str]:
        """The values of an attribute of all elements of a name."""
        return [value for of, which, value in self.attributes if (of, which) == (tag, name)]
