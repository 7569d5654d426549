"""The docking table in words: one row as it was lived, and all of them for the documents."""

import math
from collections.abc import Iterable, Iterator, Mapping
from textwrap import fill
from typing import Any

from sim.analysis.docking.row import ERRORS, Docked, Figure, Parameters, Row
from sim.views.markdown import flow, table
from sim.views.wording import NOTHING, aligned, number

WIDTH = 100
KINDS = {
    "market": "the whole market, brought there by a scenario alone",
    "rule": "one rule alone, fed with draws",
}
SIGNIFICANT = 6
"""Digits of a number in which nothing is left to chance."""

# ── one row ───────────────────────────────────────────────────────────────────────────────────


def text(docked: Docked) -> str:
    """A row as it was lived, for people; the last line is the verdict."""
    row = docked.row
    told = {
        "form": row.form,
        "source": row.source,
        "kind": f"{row.kind}: {KINDS[row.kind]}",
        "limit": row.limit,
        "scenario": row.scenario or "none",
        "parameters": in_ranges(docked.parameters, row.ranges),
    }
    head = fill(f"{row.id} {row.name}: {row.title}", WIDTH)
    lines = [paragraph(name, words) for name, words in told.items()]
    return "\n".join([head, "", *lines, "", compared(docked.figures), "", verdict(docked)])


def paragraph(name: str, words: str) -> str:
    """A name, and words beside it in a column of their own."""
    return fill(words, WIDTH, initial_indent=f"  {name:<12}", subsequent_indent=" " * 14)


def set_to(parameters: Parameters) -> str:
    """Parameters in a line: ``innovation 0.03, imitation 0.38``."""
    return ", ".join(f"{name} {flow(value)}" for name, value in parameters.items())


def in_ranges(parameters: Parameters, ranges: Mapping[str, tuple[float, float]]) -> str:
    """Parameters with their ranges: ``imitation 0.38 (0.1 to 0.6)``."""
    named = ((name, value, *ranges[name]) for name, value in parameters.items())
    return ", ".join(
        f"{name} {flow(value)} ({flow(low)} to {flow(high)})" for name, value, low, high in named
    )


def compared(figures: Iterable[Figure]) -> str:
    """Simulated beside exact, a line a figure."""
    rows = [["", "simulated", "exact", "standard", "deviation", ""]]
    rows.append(["", "", "", "error", "in errors", ""])
    rows += [[figure.what, *cells(figure), judged(figure)] for figure in figures]
    return aligned(rows)


def cells(figure: Figure) -> list[str]:
    """Simulated, exact, standard error and deviation, to the digits that chance leaves."""
    digits = decimals(figure)
    written = [number(value, digits) for value in figure[1:3]]
    if figure.error == 0:
        return [*written, "0", NOTHING]
    sign = "+" if figure.deviation > 0 else ""
    return [*written, number(figure.error, digits), sign + number(figure.deviation, 1)]


def decimals(figure: Figure) -> int:
    """Digits after the point: two of the standard error, or enough of an exact number."""
    size, digits = (figure.error, 2) if figure.error > 0 else (abs(figure.exact), SIGNIFICANT)
    return 0 if size == 0 else max(0, digits - 1 - math.floor(math.log10(size)))


def judged(figure: Figure) -> str:
    """The verdict on one figure."""
    return "agrees" if figure.agrees else "DIFFERS"


def verdict(docked: Docked) -> str:
    """The verdict on all figures, in a sentence."""
    total = len(docked.figures)
    missed = sum(not figure.agrees for figure in docked.figures)
    within = f"within {ERRORS:g} standard errors"
    if any(figure.error == 0 for figure in docked.figures):
        within += ", or to 1e-9 where nothing is left to chance"
    if missed:
        return f"{missed} of {total} figures do not agree {within}."
    return f"All {total} figures agree {within}." if total > 1 else f"It agrees {within}."


def data(docked: Docked) -> dict[str, Any]:
    """A row as it was lived, for machines."""
    return described(docked.row) | {
        "parameters": dict(docked.parameters),
        "figures": [
            {
                "what": figure.what,
                "at": figure.at,
                "simulated": figure.simulated,
                "exact": figure.exact,
                "standard_error": figure.error,
                "deviation": figure.deviation,
                "agrees": figure.agrees,
            }
            for figure in docked.figures
        ],
        "agrees": docked.agrees,
    }


# ── all rows ──────────────────────────────────────────────────────────────────────────────────


def described(row: Row) -> dict[str, Any]:
    """What a row is, for machines."""
    names = ("id", "name", "kind", "title", "form", "source", "limit", "scenario")
    return {name: getattr(row, name) for name in names} | {
        "parameters": dict(row.parameters),
        "ranges": {name: list(ends) for name, ends in row.ranges.items()},
    }


def listed(rows: Iterable[Row]) -> str:
    """Every row on a line, for people."""
    cells = [(row.id, row.name, row.kind, row.title) for row in rows]
    widths = [max(map(len, column)) for column in list(zip(*cells, strict=True))[:-1]]
    return "\n".join("  ".join(padded(row, widths)) for row in cells)


def padded(words: Iterable[str], widths: list[int]) -> Iterator[str]:
    """Words to the left in columns; the last one is as wide as it is."""
    *columns, last = words
    yield from (word.ljust(width) for word, width in zip(columns, widths, strict=True))
    yield last


# ── the documents ─────────────────────────────────────────────────────────────────────────────


def documented(rows: Iterable[Row]) -> str:
    """The table of all rows."""
    heads = ("row", "name", "what it says", "kind", "scenario", "source")
    return table(
        heads,
        (
            (row.id, f"`{row.name}`", row.title, row.kind, code(row.scenario), row.source)
            for row in rows
        ),
    )


def explained(rows: Iterable[Row]) -> str:
    """The form of every row, how it is reached, and which parameters it takes."""
    return "\n\n".join(
        f"### {row.id} {row.name}\n\n    {row.form}\n\n{row.limit}\n\n"
        f"Parameters, with their ranges: {in_ranges(row.parameters, row.ranges)}."
        for row in rows
    )


def limits(rows: Iterable[Row], kind: str) -> str:
    """The rows of one kind: what is reached, and how."""
    heads = ("row", "limiting case", "how it is reached", "scenario")
    kept = (row for row in rows if row.kind == kind)
    return table(heads, ((row.id, row.title, row.limit, code(row.scenario)) for row in kept))


def code(name: str) -> str:
    """A name in code, if there is one."""
    return f"`{name}`" if name else ""


def tabulated(rows: Iterable[Row]) -> str:
    """Every figure of every row with its printed parameters."""
    heads = ("row", "figure", "simulated", "exact", "standard error", "deviation in errors", "")
    lived = ((row.id, figure) for row in rows for figure in row.docked().figures)
    return table(heads, ((id, f.what, *cells(f), judged(f)) for id, f in lived))
