"""What points of retention bring, in words."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.analysis.closure import Closure
    from sim.analysis.five_percent import FivePercent

NO_ANSWER = "No answer: fewer than two paired worlds were finished"
APART = "How much it is depends on who comes when people leave."
NOT_APART = "Who comes when people leave makes no sure difference: intervals overlap."
FORMS = (
    "Closed forms take retention, customers and margin of the first year and let them last. Lost "
    "for good: leavers never come back and nobody is new. Fixed inflow: as many are won as today. "
    "Switching: leavers may come back. Fixed share: nothing moves. What an arm spends more is "
    "deducted from them as well."
)


def headline(found: "FivePercent") -> str:
    """What the first arm that asks for points brings at the horizon, without a full stop."""
    if not found.finished:
        return NO_ANSWER
    spec = found.case.under_policy(found.asking).spec
    question = next(each for each in spec.interventions if each.points)
    where = question.firm or (found.focal if len(spec.firms) == 1 else "every firm")
    rows = found.rows(found.asking)
    change = f"earns {earned([row['gain'] for row in rows])}"
    if not any(map(is_sure, rows)):
        change = "does not surely earn more or less"
    return (
        f"With {question.points:g} points more retention at {where}, {found.focal} {change} "
        f"over {time(found.years)}"
    )


def answer(found: "FivePercent") -> str:
    """The same with the closed forms beside, and whether its sign is sure."""
    if not found.finished:
        return f"{NO_ANSWER}."
    rows = found.rows(found.asking)
    forms = [row["closed_form"] for row in rows if math.isfinite(row["closed_form"])]
    say = f"closed forms say {earned(forms)}" if forms else "no closed form can be told"
    parts = [f"{headline(found)}; {say}."]
    if len(rows) > 1:
        parts.append(APART if are_apart(rows) else NOT_APART)
    if unsure := [row["closure"] for row in rows if not is_sure(row)]:
        parts.append(f"Not surely more or less (95 %) in: {', '.join(unsure)}.")
    return " ".join(parts)


def notes(found: "FivePercent") -> list[str]:
    """What a reader must know beside the numbers."""
    lines = [
        "Earned: net present value. Retention: share of the customers won in the first year who "
        "are customers twelve months later.",
        *(kept(closure, found.asking) for closure in found.finished),
        FORMS,
    ]
    for closure in found.closures:
        if closure.failures:
            numbers = ", ".join(str(failure.replication) for failure in closure.failures)
            lines.append(f"{closure.name}: broken paired worlds are left out: {numbers}.")
    return lines


def sentence(row: dict[Any, Any]) -> str:
    """One row of the table in words."""
    return (
        f"{row['closure']}: {row['arm']} changes net present value over {time(row['years'])} by "
        f"{signed(row['gain'])} [{signed(row['low'])}, {signed(row['high'])}]; "
        f"by the closed form ({row['form']}) {signed(row['closed_form'])}."
    )


def kept(closure: "Closure", arm: str) -> str:
    """What retention is and becomes, and by which chance."""
    usual, more = (signed(closure.retention[name]).lstrip("+") for name in (closure.base, arm))
    chances = [each.chance for each in closure.arms[arm].spec.interventions if each.points]
    return (
        f"{closure.name}: {arm} keeps {more} instead of {usual}; for that "
        f"{100.0 * chances[0]:.1f} % of the would-be leavers have to stay."
    )


def is_sure(row: dict[Any, Any]) -> bool:
    """Whether the interval leaves 0 out."""
    return bool(row["low"] > 0.0 or row["high"] < 0.0)


def are_apart(rows: Sequence[dict[Any, Any]]) -> bool:
    """Whether some two of the intervals have nothing in common."""
    return bool(max(row["low"] for row in rows) > min(row["high"] for row in rows))


def earned(shares: Sequence[float]) -> str:
    """From the lowest to the highest share, in words: ``6.7 to 8.6 % more``."""
    if not all(map(math.isfinite, shares)):
        return "what cannot be told as a share of today's"
    low, high = (round(100.0 * end(shares), 1) for end in (min, max))
    if low < 0.0 < high:
        return f"from {-low:.1f} % less to {high:.1f} % more"
    small, large = sorted((abs(low), abs(high)))
    span = f"{large:.1f}" if small == large else f"{small:.1f} to {large:.1f}"
    return f"{span} % {'less' if low < 0.0 else 'more'}"


def signed(share: float) -> str:
    """A share in per cent with its sign."""
    if not math.isfinite(share):
        return "–"
    rounded = round(100.0 * share, 1) + 0.0  # so that nothing has no minus
    return f"{rounded:+.1f} %".replace("-", "−")


def time(years: float) -> str:
    """Years in words."""
    return "1 year" if years == 1.0 else f"{years:g} years"
