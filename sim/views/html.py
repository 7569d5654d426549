"""Pages of HTML: all that comes in from outside is text, and what stands on a page is nested tags.

A page loads nothing, from nowhere, and runs nothing: its policy of contents forbids it as well.
"""

import base64
import io
from collections.abc import Iterable, Sequence
from html import escape

from matplotlib.figure import Figure

from sim.scenario.problems import printable
from sim.views.style import DOTS_PER_INCH

SAFE = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


class Markup(str):
    """Text that is HTML already; any other text is escaped before it stands on a page."""


def markup(content: str) -> Markup:
    """The text as HTML: control characters made visible, and every mark of HTML made plain."""
    return content if isinstance(content, Markup) else Markup(escape(printable(content)))


def tag(name: str, *content: str, **attributes: str) -> Markup:
    """An element with its content and attributes, both escaped where they are not HTML already."""
    written = "".join(f' {key.rstrip("_")}="{markup(a)}"' for key, a in attributes.items())
    return Markup(f"<{name}{written}>{''.join(map(markup, content))}</{name}>")


def points(texts: Iterable[str]) -> Markup:
    """A list with a point for each text."""
    return tag("ul", *(tag("li", text) for text in texts))


def terms(rows: Iterable[tuple[str, str]]) -> Markup:
    """A list of terms, and of what each of them is."""
    return tag("dl", *(tag("div", tag("dt", term), tag("dd", text)) for term, text in rows))


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """A table; the first cell of a row names the row."""
    names = tag("tr", *(tag("th", name, scope="col") for name in head))
    body = (
        tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in rest))
        for first, *rest in rows
    )
    return tag("table", tag("caption", caption), tag("thead", names), tag("tbody", *body))


def picture(figure: Figure, alt: str, caption: str) -> Markup:
    """A picture inside the page, with what it shows for who cannot see it, and a caption."""
    image = io.BytesIO()
    figure.savefig(image, format="png", dpi=DOTS_PER_INCH)
    data = base64.b64encode(image.getvalue()).decode("ascii")
    shown = f'<img src="data:image/png;base64,{data}" alt="{markup(alt)}">'
    return tag("figure", Markup(shown), tag("figcaption", caption))


def section(heading: str, *content: str, **attributes: str) -> Markup:
    """A part of a page under its heading."""
    return tag("section", tag("h2", heading), *content, **attributes)


def document(title: str, style: str, *pages: Markup) -> str:
    """A whole document in English; ``style`` is CSS, and no text from outside."""
    head = (
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{SAFE}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{tag('title', title)}\n<style>{style}</style>"
    )
    body = tag("main", *(tag("div", page, class_="page") for page in pages))
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )
