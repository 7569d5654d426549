"""What a customer is worth when retention never changes, and how much of it five points buy.

A customer stays each period with probability r and brings a margin m; money of period t is worth
(1 + i)^-t. Two conventions give different answers, so each function asks which one is meant:

    immediate: the first margin is earned at acquisition,      m (1 + i) / (1 + i - r)
    deferred:  the first margin is earned at the first renewal, m r / (1 + i - r)

Source: Gupta & Lehmann (2003), Fader & Hardie's notes; the claim examined with it is Reichheld &
Sasser (1990). Rates are per period, shares from 0 to 1, money in any one unit.
"""

from math import inf, log, log1p, sqrt
from typing import Literal, get_args

from sim.theory.ranges import at_least_zero, open_share, positive, require, share, whole

Timing = Literal["immediate", "deferred"]


def value(
    retention: float, discount: float = 0.0, margin: float = 1.0, timing: Timing = "immediate"
) -> float:
    """Expected discounted margin of a customer: m(1+i)/(1+i-r), deferred m r/(1+i-r), in money.

    Raises ValueError if retention is outside [0, 1], the discount negative, or 1 + i - r not > 0.
    """
    _check(retention, discount)
    require(timing in get_args(Timing), "timing", timing, "be known", "immediate or deferred")
    first = 1 + discount if timing == "immediate" else retention
    return margin * first / (1 + discount - retention)


def uplift(
    retention: float, points: float = 0.05, discount: float = 0.0, timing: Timing = "immediate"
) -> float:
    """Relative gain in value when retention rises to r + points; immediate p/(1+i-r-p).

    `points` is a share (five points: 0.05), the answer a share (0.25: 25 per cent more).
    """
    _check(retention, discount)
    _has_value(retention, timing)
    better = value(retention + points, discount, timing=timing)
    return better / value(retention, discount, timing=timing) - 1


def elasticity(retention: float, discount: float = 0.0, timing: Timing = "immediate") -> float:
    """d ln value / d ln retention: r/(1+i-r), deferred (1+i)/(1+i-r)."""
    worth = value(retention, discount, timing=timing)
    return worth * retention / (1 + discount) if timing == "immediate" else 1 + worth


def break_even_spend(retention: float, points: float = 0.05, discount: float = 0.0) -> float:
    """Share of every margin one may spend on `points` of retention: p/(1+i-r), immediate timing.

    Spending it leaves the value as it was: (1 - x)(1+i)/(1+i-r-p) = (1+i)/(1+i-r).
    """
    _check(retention + points, discount)
    return points * value(retention, discount) / (1 + discount)


def retention_for_uplift(
    gain: float, points: float = 0.05, discount: float = 0.0, timing: Timing = "immediate"
) -> float:
    """The retention at which `points` more raise the value by the share `gain`.

    Immediate: 1+i-p-p/u. Deferred: the larger root of r^2 - (1+i-p) r + p(1+i)/u = 0.
    An answer above 1 - points says that the gain is out of reach: nothing is kept to 105 per cent.
    Raises ValueError if the answer is no retention, from 0 to 1, at all.
    """
    positive("gain", gain)
    open_share("points", points)
    at_least_zero("discount", discount)
    room = 1 + discount - points
    under_root = room**2 - 4 * points * (1 + discount) / gain
    if timing == "immediate":
        retention = room - points / gain
    else:
        retention = (room + sqrt(under_root)) / 2 if under_root >= 0 else -inf
    require(0 <= retention <= 1, "gain", gain, "be reached by a retention", "try another gain")
    return retention


def growing_margin_value(
    retention: float, growth: float, discount: float = 0.0, margin: float = 1.0
) -> float:
    """Value when the margin of year t is m + g t: m(1+i)/(1+i-r) + g r(1+i)/(1+i-r)^2, immediate.

    `growth` is g, in money per period.
    """
    flat = value(retention, discount, margin)
    return flat + growth * retention * (1 + discount) / (1 + discount - retention) ** 2


def margin_growth_for_uplift(
    gain: float, retention: float, points: float = 0.05, discount: float = 0.0
) -> float:
    """Growth of the margin, in first-year margins per year, at which `points` add the share `gain`.

    Solves value(r + p) = (1 + u) value(r) of `growing_margin_value`, which is linear in g.
    """
    before, after = retention, retention + points
    flat = (1 + gain) * value(before, discount) - value(after, discount)
    slope = growing_margin_value(after, 1, discount, 0) - (1 + gain) * growing_margin_value(
        before, 1, discount, 0
    )
    require(slope != 0, "gain", gain, "depend on the growth", "change gain or points")
    return flat / slope


def finite_value(
    retention: float, periods: int, discount: float = 0.0, margin: float = 1.0
) -> float:
    """Value of the first `periods` margins, the first at once: m (1-q^N)/(1-q), q = r/(1+i)."""
    whole("periods", periods)
    share("retention", retention)
    at_least_zero("discount", discount)
    kept = retention / (1 + discount)
    return margin * (periods if kept == 1 else (1 - kept**periods) / (1 - kept))


def value_sd(retention: float, discount: float = 0.0, margin: float = 1.0) -> float:
    """Standard deviation between customers of the discounted margin, immediate timing, in money.

    The lifetime L is geometric and the value m (1-v^L)/(1-v), v = 1/(1+i), so its variance is
    m^2 (E v^2L - (E v^L)^2)/(1-v)^2 = m^2 v^2 r (1-r) / ((1 - r v^2)(1 - r v)^2); undiscounted
    m sqrt(r)/(1-r).
    """
    _check(retention, discount)
    now = 1 / (1 + discount)
    variance = retention * (1 - retention) * now**2
    variance /= (1 - retention * now**2) * (1 - retention * now) ** 2
    return abs(margin) * sqrt(variance)


def payback(
    acquisition_cost: float, retention: float, margin: float = 1.0, discount: float = 0.0
) -> float:
    """Periods until expected margins, paid from the first period, repay the acquisition cost.

    t* = ln(1 - c(1-q)/m) / ln q with q = r/(1+i); infinite if c/m >= 1/(1-q).
    """
    at_least_zero("acquisition_cost", acquisition_cost)
    positive("margin", margin)
    share("retention", retention)
    positive("retention", retention)
    at_least_zero("discount", discount)
    kept, cost = retention / (1 + discount), acquisition_cost / margin
    if kept == 1:
        return cost
    return inf if cost * (1 - kept) >= 1 else log1p(-cost * (1 - kept)) / log(kept)


def break_even_cost(
    retention: float, periods: int, margin: float = 1.0, discount: float = 0.0
) -> float:
    """The largest acquisition cost repaid within `periods`: m (1-q^N)/(1-q), in money."""
    return finite_value(retention, periods, discount, margin)


def _check(retention: float, discount: float) -> None:
    share("retention", retention)
    at_least_zero("discount", discount)
    require(
        1 + discount > retention,
        "retention",
        retention,
        f"be below 1 + discount = {1 + discount}",
        "lower retention or discount the future",
    )


def _has_value(retention: float, timing: Timing) -> None:
    worthless = timing == "deferred" and retention == 0
    require(not worthless, "retention", retention, "be above 0", "nobody renews, so use immediate")
