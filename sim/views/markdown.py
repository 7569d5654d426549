"""Pieces of Markdown: tables, and values as a scenario file has them."""

import inspect
import re
from collections.abc import Iterable, Sequence
from typing import Any

from sim.scenario.schema import worded
from sim.scenario.shapes import plain_number


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, without the columns that are empty in every row."""
    kept = [column for column in zip(heads, *rows, strict=True) if any(column[1:])]
    lines = ["| " + " | ".join(map(cell, row)) + " |" for row in zip(*kept, strict=True)]
    return "\n".join([lines[0], "|" + " --- |" * len(kept), *lines[1:]])


def cell(text: str) -> str:
    """Text that can stand in a table: one line, code in single backticks."""
    return " ".join(text.replace("``", "`").split()).replace("|", "\\|")


def flow(value: Any) -> str:
    """A value as a scenario file has it on one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(flow, value)) + "]"
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
    return plain_number(value)


def slug(heading: str) -> str:
    """The anchor of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def first_line(thing: Any) -> str:
    """The sentence that opens a docstring."""
    return cell((inspect.getdoc(thing) or "").partition("\n\n")[0])


def both(default: str, repertoire: Any) -> str:
    """A default, with that of the repertoire setting if there is one."""
    return default if repertoire is None else f"{default}; repertoire {flow(worded(repertoire))}"
