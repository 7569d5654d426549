"""Retention that rises with tenure although nobody becomes more loyal.

A cohort mixes people with different, constant retention. The flighty leave first, so the share of
the rest that stays rises year by year. A claim that tenure makes loyal must beat this.

Source: Vaupel & Yashin (1985), Heterogeneity's Ruses, The American Statistician 39(3).
"""

from collections.abc import Sequence

from sim.theory.numerics import Array
from sim.theory.ranges import positive, require, vector, whole


def survival(year: int, retentions: Sequence[float], parts: Sequence[float]) -> float:
    """Share of the cohort left after so many years: sum w r^t.

    `retentions` r, shape (groups,), from 0 to 1; `parts` w, shape (groups,), are their shares of
    the cohort (they are divided by their sum).
    """
    whole("year", year)
    rates, weights = _groups(retentions, parts)
    return float(weights @ rates**year)


def observed_retention(year: int, retentions: Sequence[float], parts: Sequence[float]) -> float:
    """Share of those left that stays in year 1, 2, ...: sum w r^t / sum w r^(t-1)."""
    whole("year", year, least=1)
    left = survival(year - 1, retentions, parts)
    positive("the share left", left)
    return survival(year, retentions, parts) / left


def _groups(retentions: Sequence[float], parts: Sequence[float]) -> tuple[Array, Array]:
    rates, weights = vector("retentions", retentions), vector("parts", parts)
    same = len(rates) == len(weights)
    require(same, "the number of parts", len(weights), f"be {len(rates)}", "one for each retention")
    inside = bool(((rates >= 0) & (rates <= 1)).all())
    require(inside, "retentions", list(retentions), "lie from 0 to 1", "write 80 per cent as 0.8")
    counted = bool((weights >= 0).all() and weights.sum() > 0)
    require(counted, "parts", list(parts), "be 0 or more, and not all 0", "give some people")
    return rates, weights / weights.sum()
