"""Pages of HTML: text from outside stays text, and everything nests."""

import base64

from sim.views import html
from sim.views.style import Picture
from tests.views.pages import Page

EVIL = "<script>alert('1 & \"2\"')</script>\x1b[31m"


def test_text_is_escaped_once_and_markup_is_not() -> None:
    """<, >, & and both quotation marks; control characters are made visible."""
    assert html.markup("<b> & \"'\x1b") == "&lt;b&gt; &amp; &quot;&#x27;\\x1b"
    inner = html.tag("em", "a < b")
    assert inner == "<em>a &lt; b</em>"
    assert html.tag("p", inner, " & c") == "<p><em>a &lt; b</em> &amp; c</p>"


def test_attributes_are_escaped() -> None:
    """No value can end its quotation marks; a name of Python's is written with an underscore."""
    assert html.tag("p", "x", class_='a" onload="b') == ('<p class="a&quot; onload=&quot;b">x</p>')


def test_lists_and_tables_say_what_they_are() -> None:
    """Points, terms with what they are, and heads of columns and of rows."""
    page = Page(
        html.points(["a", "b"])
        + html.terms([("c", "d")])
        + html.table("e", ["", "f"], [["g", "1"], ["h", "2"]])
    )
    assert [page.tags.count(name) for name in ("ul", "li", "dl", "dt", "dd")] == [1, 2, 1, 1, 1]
    assert [page.tags.count(name) for name in ("caption", "th", "td")] == [1, 4, 2]
    assert page.values("th", "scope") == ["col", "col", "row", "row"]
    assert page.words == "abcdefg1h2"


def test_nothing_evil_becomes_an_element() -> None:
    """In a title, a cell, a caption, an alternative text, a heading: it is read as it is."""
    made = html.document(
        EVIL,
        "p {}",
        html.section(EVIL, html.table(EVIL, [EVIL], [[EVIL, EVIL]]), html.points([EVIL])),
        html.picture(Picture(1, 1), EVIL, EVIL),
    )
    page = Page(made)
    assert "script" not in page.tags
    shown = EVIL.replace("\x1b", "\\x1b")
    assert page.words.count(shown) == 8
    assert page.values("img", "alt") == [shown]


def test_a_document_needs_nothing_and_allows_nothing() -> None:
    """Language, letters, a title, pages in order; its policy lets no script and no network in."""
    made = html.document("T", "p {}", html.tag("p", "1"), html.tag("p", "2"))
    page = Page(made)
    assert made.startswith("<!doctype html>\n")
    assert page.values("html", "lang") == ["en"]
    assert page.values("meta", "charset") == ["utf-8"]
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    assert policy in page.values("meta", "content")
    assert page.values("div", "class") == ["page", "page"]
    assert page.words.split() == ["T", "12"]


def test_a_picture_stands_inside_the_page() -> None:
    """As a PNG, with an alternative text and a caption."""
    page = Page(html.picture(Picture(1, 1), "what it shows", "how to read it"))
    (source,) = page.values("img", "src")
    kind, _, data = source.partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(data).startswith(b"\x89PNG")
    assert page.values("img", "alt") == ["what it shows"]
    assert page.words == "how to read it"
