"""Numbers as people read them: few digits, a unit for a whole column, columns in line."""

import math
from collections.abc import Iterable, Sequence

NOTHING = "–"
STEPS = ((1e9, "billion "), (1e6, "million "), (1e3, "thousand "))


def scale(values: Iterable[float], currency: str) -> tuple[float, str]:
    """What to divide money by, and the unit it then has: 1000.0, ``thousand EUR``."""
    largest = max((abs(v) for v in values if math.isfinite(v)), default=0.0)
    for step, name in STEPS:
        if largest >= 10 * step:
            return step, f"{name}{currency}"
    return 1.0, currency


def number(value: float, digits: int = 0) -> str:
    """A number with ``digits`` after the point, thousands apart; a dash for none."""
    if not math.isfinite(value):
        return NOTHING
    text = f"{value:,.{digits}f}"
    return text.replace("-", "−") if float(text.replace(",", "")) else text.lstrip("-")


def percent(share: float, digits: int = 0) -> str:
    """A share as a percentage, without its sign."""
    return number(100.0 * share, digits)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of words in columns: the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *rest in rows:
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
