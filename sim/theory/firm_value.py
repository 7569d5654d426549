"""What a firm is worth as the sum of its customers, and which lever moves it most.

A customer is worth m r/(1+i-r) (first margin at the first renewal); a firm wins customers cohort
after cohort, each paid for with c per head.

Source: after Gupta, Lehmann & Stuart (2004), Journal of Marketing Research 41(1), 7-18.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sim.theory.clv import elasticity, value
from sim.theory.ranges import at_least_zero, positive, require, share_below_one, vector


class Elasticities(NamedTuple):
    """Per cent of value gained by one per cent more of each lever."""

    retention: float
    margin: float
    acquisition_cost: float
    discount: float


def customer_elasticities(retention: float, discount: float) -> Elasticities:
    """Elasticities of m r/(1+i-r): (1+i)/(1+i-r), 1, 0 and -i/(1+i-r)."""
    by_retention = elasticity(retention, discount, "deferred")
    return Elasticities(by_retention, 1.0, 0.0, -discount / (1 + discount - retention))


def one_per_cent_better_retention(retention: float, discount: float) -> float:
    """Exact relative gain in m r/(1+i-r) when r becomes 1.01 r, a share."""
    before = value(retention, discount, timing="deferred")
    return value(1.01 * retention, discount, timing="deferred") / before - 1


def retention_for_elasticity(size: float, discount: float) -> float:
    """The retention at which (1+i)/(1+i-r) has the given size: (1+i)(1 - 1/el)."""
    require(size >= 1, "size", size, "be 1 or more", "no retention gives less")
    at_least_zero("discount", discount)
    retention = (1 + discount) * (1 - 1 / size)
    require(retention <= 1, "size", size, "be reached at a retention of at most 1", "lower it")
    return retention


def acquisition_cost_elasticity(spent: float) -> float:
    """-k/(1-k), when acquisition takes a share k in [0, 1) of the gross value."""
    share_below_one("spent", spent)
    return -spent / (1 - spent)


def firm_value(
    newcomers: Sequence[float],
    retention: float,
    discount: float,
    acquisition_cost: float | Sequence[float],
    margin: float = 1.0,
) -> float:
    """Sum over periods k of n_k (1+i)^-k (m r/(1+i-r) - c_k), in money.

    `newcomers` n_k, shape (periods,), counts those won in period 0, 1, ...; `acquisition_cost` is
    one number or one a period.
    """
    won = vector("newcomers", newcomers)
    worth = value(retention, discount, margin, "deferred")
    total = 0.0
    for period, each in enumerate(_each_period(acquisition_cost, len(won))):
        total += float(won[period]) * (worth - each) / (1 + discount) ** period
    return total


def constant_firm_value(
    retention: float, discount: float, acquisition_cost: float, margin: float = 1.0
) -> float:
    """Value of winning one customer a period for ever: (1+i)/i (m r/(1+i-r) - c), in money."""
    positive("discount", discount)
    worth = value(retention, discount, margin, "deferred")
    return (1 + discount) / discount * (worth - acquisition_cost)


def constant_firm_elasticities(
    retention: float, discount: float, acquisition_cost: float, margin: float = 1.0
) -> Elasticities:
    """Elasticities of `constant_firm_value`; the last holds the perpetuity of cohorts as well."""
    positive("discount", discount)
    gross = value(retention, discount, margin, "deferred")
    positive("value of a customer less acquisition_cost", gross - acquisition_cost)
    lever, customer = gross / (gross - acquisition_cost), customer_elasticities(retention, discount)
    return Elasticities(
        customer.retention * lever,
        lever,
        1 - lever,
        customer.discount * lever - 1 / (1 + discount),
    )


def _each_period(cost: float | Sequence[float], periods: int) -> list[float]:
    costs = [float(cost)] * periods if isinstance(cost, int | float) else list(cost)
    fits = len(costs) == periods
    require(fits, "the number of acquisition costs", len(costs), f"be {periods}", "one a period")
    return costs
