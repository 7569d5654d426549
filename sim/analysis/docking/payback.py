"""D24: when customers have paid back what it cost to win them."""

from math import ceil, inf, log, sqrt

import numpy as np
from numpy.typing import NDArray

from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.expected import expected
from sim.market.run import run
from sim.scenario.loading import Case, load_scenario
from sim.theory.clv import break_even_cost, finite_value, payback

SCENARIO = "sim:theory/d24_payback"
PEOPLE = 20_000
YEAR = 12
CERTAIN = 30.0
"""Utility that leaves no doubt."""
Array = NDArray[np.float64]


def dock(parameters: Parameters) -> list[Figure]:
    """Win a cohort at a price, and watch the books until it has paid back."""
    cost, retention = parameters["cost"], parameters["retention"]
    exact = payback(cost, retention)
    if exact == inf:
        raise ValueError(
            f"payback: cost must be below 1 / (1 - retention) = {1 / (1 - retention):.6g}, is "
            f"{cost:g}: such customers never pay back; lower cost or raise retention"
        )
    case = case_of(cost, retention, max(YEAR, ceil(exact) + 1))
    lived = run(case)
    paid_in, people = lived.firms["purchases"].to_numpy(np.float64) / PEOPLE, lived.customers
    paid_back, needed = float((people["break_even"] >= 0).sum()) / PEOPLE, ceil(cost)
    share = retention ** (needed - 1)
    error = payments_sd(retention, ceil(exact)) / sqrt(PEOPLE) / gain_at(exact, retention)
    year = payments_sd(retention, YEAR) / sqrt(PEOPLE)
    return [
        Figure("months until the cohort has paid back, on average",
               time_of(cost, retention, expected(case).measured["purchases"] / PEOPLE), exact, 0.0),
        Figure("months until the cohort has paid back, by the books",
               time_of(cost, retention, paid_in), exact, error),
        Figure(f"share of customers who pay back, by their accounts, after {needed} payments",
               paid_back, share, sqrt(share * (1 - share) / PEOPLE)),
        Figure("margins of a customer's first year: the highest cost repaid in it",
               float(paid_in[:YEAR].sum()), break_even_cost(retention, YEAR), year),
        *curve(lived.firms["cash"].to_numpy(np.float64) / PEOPLE, cost, retention),
    ]  # fmt: skip


def case_of(cost: float, retention: float, months: int) -> Case:
    """The scenario at this cost of winning a customer, in months' margins, and this retention."""
    left = log(retention / (1 - retention))
    return load_scenario(SCENARIO).override(
        {
            "horizon": months,
            "population.size": PEOPLE,
            "switching_costs": {"acme": {"acme": CERTAIN - left}},
            "firms.acme.appeal": CERTAIN,
            "firms.acme.policy.campaigns.0.per_head": cost,
        }
    )


def time_of(cost: float, retention: float, paid_in: Array) -> float:
    """Months at which payments by month add up to the cost.

    Within a month, payments come as those of a stock that goes on to shrink.
    """
    before = np.concatenate([[0.0], np.cumsum(paid_in)])
    month = int(np.searchsorted(before, cost)) - 1
    missing = (cost - before[month]) * (1 - retention) / paid_in[month]
    return float(month + log(1 - missing) / log(retention))


def payments_sd(retention: float, months: int) -> float:
    """Standard deviation of a customer's payments in so many months: min(lifetime, months)."""
    counts = np.arange(1, months + 1)
    alive = retention ** (counts - 1.0)
    return sqrt(float(((2 * counts - 1) * alive).sum()) - float(alive.sum()) ** 2)


def gain_at(time: float, retention: float) -> float:
    """What a customer's payments grow by a month at a time: -ln(r) r^t / (1 - r)."""
    return float(-log(retention) * retention**time / (1 - retention))


def curve(cash: Array, cost: float, retention: float) -> list[Figure]:
    """Cash a customer after whole months."""
    figures = []
    for months in range(2, len(cash) + 1, max(1, len(cash) // 8)):
        exact = finite_value(retention, months) - cost
        error = payments_sd(retention, months) / sqrt(PEOPLE)
        what = f"cash a customer after {months} months"
        figures.append(Figure(what, float(cash[months - 1]), exact, error, months))
    return figures


ROW = Row(
    id="D24",
    name="payback",
    title="When customers have paid back what it cost to win them",
    kind="market",
    form="a customer who costs c, brings m a period and stays with probability r has paid back "
    "after t* = ln(1 - c (1-r)/m) / ln r periods on average; never if c/m >= 1/(1-r). The highest "
    "c/m that is repaid in 12 periods is (1 - r^12)/(1-r)",
    source="geometric retention; the question is Reichheld & Sasser's (1990), Harvard Business "
    "Review 68(5)",
    limit="All prospects are won in month 0 by advertising at c a head, and pay at once; then only "
    "the choice to renew. Cash is that of the firm's books. As books close once a month, the time "
    "within the month is read off the way in which a stock shrinks by r a month.",
    parameters={"cost": 5.0, "retention": 0.9},
    ranges={"cost": (2.0, 6.0), "retention": (0.85, 0.97)},
    dock=dock,
    scenario=SCENARIO,
    axes=("months", "cash a customer, in months' margins"),
)
