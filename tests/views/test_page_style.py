"""The look of a report: two sheets of A4, nothing from elsewhere, no colours."""

import re

from sim.views.page_style import PAGE_STYLE


def test_it_loads_nothing() -> None:
    """No address, no import, nothing that could end the style."""
    for word in ("url(", "@import", "http", "<"):
        assert word not in PAGE_STYLE


def test_it_is_made_for_paper() -> None:
    """A4, each page on a sheet of its own; every colour is a grey."""
    assert "@page { size: A4" in PAGE_STYLE
    assert ".page + .page { break-before: page; }" in PAGE_STYLE
    colours = re.findall(r"#([0-9a-f]+)\b", PAGE_STYLE)
    assert len(colours) > 5
    for colour in colours:
        pairs = re.findall("..", colour if len(colour) == 6 else "".join(2 * c for c in colour))
        assert len(set(pairs)) == 1


def test_braces_match() -> None:
    """One that is missing would silence the rest."""
    assert PAGE_STYLE.count("{") == PAGE_STYLE.count("}") > 20
