"""How many customers a firm holds in the long run, and why the closure decides what it is worth.

Each period a share r of the customers stays and new ones come. Where the new ones come from, the
closure, decides what five points of retention bring: a fixed inflow keeps arriving and the stock
grows; with a fixed share of the market, fewer have to be won; with word of mouth the stock feeds
its own inflow.

Source: steady states of linear difference equations. Counts in customers, rates per period.
"""

from math import sqrt
from typing import Literal, get_args

from sim.theory.ranges import at_least_zero, positive, require, share, share_below_one, whole

Closure = Literal["fixed inflow", "fixed share"]


def steady_state(inflow: float, retention: float, talk: float = 0.0) -> float:
    """Customers in the long run: A/(1 - r - rho).

    `inflow` A is new customers per period, `talk` rho new ones that each customer brings per
    period. Raises ValueError unless r + rho < 1.
    """
    at_least_zero("inflow", inflow)
    _check(retention, talk)
    return inflow / (1 - retention - talk)


def customers_after(
    periods: int, inflow: float, retention: float, start: float = 0.0, talk: float = 0.0
) -> float:
    """Customers after whole periods: N* + (N0 - N*)(r + rho)^t."""
    whole("periods", periods)
    at_least_zero("start", start)
    level = steady_state(inflow, retention, talk)
    return level + (start - level) * (retention + talk) ** periods


def stock_sd(inflow: float, retention: float) -> float:
    """Standard deviation of the stock when newcomers are Poisson: sqrt(N*), as N ~ Poisson(N*)."""
    return sqrt(steady_state(inflow, retention))


def sd_after(periods: int, inflow: float, retention: float, talk: float = 0.0) -> float:
    """Standard deviation of the stock after whole periods from nobody, in customers.

    Newcomers and those whom customers bring are Poisson, so that the variance follows
    (r + rho)^2 var + N (r (1 - r) + rho) + A, N the mean; without talk it is the mean itself.
    """
    whole("periods", periods)
    variance = 0.0
    for period in range(periods):
        mean = customers_after(period, inflow, retention, talk=talk)
        chance = mean * (retention * (1 - retention) + talk) + inflow
        variance = (retention + talk) ** 2 * variance + chance
    return sqrt(variance)


def stock_variation(inflow: float, retention: float) -> float:
    """Coefficient of variation of that stock, a share: 1/sqrt(N*)."""
    positive("inflow", inflow)
    return 1 / stock_sd(inflow, retention)


def autocorrelation(retention: float, lag: int = 1) -> float:
    """Correlation of that stock with itself `lag` periods later: r^lag."""
    share_below_one("retention", retention)
    whole("lag", lag)
    return retention**lag


def independent_periods(periods: float, retention: float) -> float:
    """Number of independent observations that a series of `periods` is worth: T(1-r)/(1+r)."""
    positive("periods", periods)
    share_below_one("retention", retention)
    return periods * (1 - retention) / (1 + retention)


def profit(
    retention: float,
    acquisition_cost: float,
    closure: Closure,
    margin: float = 1.0,
    size: float = 1.0,
) -> float:
    """Long-run profit per period, in money.

    `fixed inflow`: A (m/(1-r) - c), with `size` the inflow A; `fixed share`: N (m - (1-r) c), with
    `size` the number of customers N.
    """
    share_below_one("retention", retention)
    at_least_zero("acquisition_cost", acquisition_cost)
    positive("size", size)
    closures = get_args(Closure)
    require(closure in closures, "closure", closure, f"be one of {closures}", "choose one")
    if closure == "fixed inflow":
        return size * (margin / (1 - retention) - acquisition_cost)
    return size * (margin - (1 - retention) * acquisition_cost)


def uplift(
    retention: float,
    acquisition_cost: float,
    closure: Closure,
    points: float = 0.05,
    margin: float = 1.0,
) -> float:
    """Relative gain in long-run profit when retention rises by `points`, both as shares.

    Raises ValueError where there is no profit to compare with.
    """
    before = profit(retention, acquisition_cost, closure, margin)
    require(before > 0, "profit before", before, "be above 0", "lower the acquisition cost")
    return profit(retention + points, acquisition_cost, closure, margin) / before - 1


def _check(retention: float, talk: float) -> None:
    share("retention", retention)
    at_least_zero("talk", talk)
    growth = retention + talk
    require(growth < 1, "retention + talk", growth, "be below 1", "the stock would never settle")
