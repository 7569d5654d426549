"""Markdown: tables without empty columns, and values as a scenario file has them."""

from sim.views.markdown import both, cell, first_line


def test_a_cell_is_one_line_of_escaped_text() -> None:
    """Line breaks and bars would break the table."""
    assert cell("one\n  two | ``three``") == "one two \\| `three`"


def test_first_line_is_the_opening_sentence() -> None:
    """Of a docstring, up to the empty line."""
    assert first_line(cell).startswith("Text that can stand in a table")


def test_both_settings() -> None:
    """A default of the other setting stands behind, `none` for what is minus infinity."""
    assert both("1", None) == "1"
    assert both("1", float("-inf")) == "1; repertoire none"
