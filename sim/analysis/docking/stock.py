"""D02: the stock of customers under a fixed inflow, how it grows, varies and remembers."""

import math
from typing import Any

import numpy as np

from sim.analysis.docking.estimates import Values, of_firm, settled
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import run
from sim.theory import stock

MANY, MONTHS = 2_000, 40
"""Newcomers a month where the climb is watched, and for how long."""
FEW, SERIES, WORLDS = 5, 1_100, 3
"""Newcomers a month where chance is watched, for how long, and in how many worlds."""
SEEN = (1, 2, 3, 5, 8, 10, 15, 20, 30, 40)


def dock(parameters: Parameters) -> list[Figure]:
    """The climb from nobody in one large market, chance in the long run of small ones."""
    newcomers, retention = parameters["newcomers"], parameters["retention"]
    scale = newcomers / MANY
    climb = scale * held(MANY, retention, MONTHS)
    figures = [
        Figure(
            f"customers in month {months}",
            float(climb[months - 1]),
            stock.customers_after(months, newcomers, retention),
            scale * stock.sd_after(months, MANY, retention),
            at=months,
        )
        for months in SEEN
    ]
    worlds = [held(FEW, retention, SERIES, replication)[MONTHS:] for replication in range(WORLDS)]
    return figures + in_the_long_run(np.array(worlds), retention)


def held(newcomers: float, retention: float, months: int, replication: int = 0) -> Values:
    """(months,) customers of a firm that wins so many a month."""
    overrides: dict[str, Any] = {
        "population.entry.per_month": float(newcomers),
        "firms.acme.appeal": math.log(retention / (1 - retention)),
        "horizon": months,
    }
    return of_firm(run(ROW.scenario, overrides=overrides, replication=replication), "customers")


def in_the_long_run(worlds: Values, retention: float) -> list[Figure]:
    """Mean, variance and memory of the stock of a few newcomers a month."""
    level = stock.steady_state(FEW, retention)
    off = worlds - level
    before, after = off[:, :-1].ravel(), off[:, 1:].ravel()
    slope = float(before @ after / (before @ before))
    surprise = before * (after - slope * before)
    return [
        settled(f"customers in the long run, {FEW} a month", worlds.ravel(), level),
        deviation(off, stock.stock_sd(FEW, retention)),
        Figure(
            "correlation from month to month",
            slope,
            stock.autocorrelation(retention),
            math.sqrt(float(surprise @ surprise)) / float(before @ before),
        ),
    ]


def deviation(off: Values, exact: float) -> Figure:
    """The standard deviation, by the root of the mean square."""
    square = settled("their standard deviation", (off**2).ravel(), exact**2)
    return square._replace(
        simulated=math.sqrt(square.simulated), exact=exact, error=square.error / (2 * exact)
    )


ROW = Row(
    id="D02",
    name="stock",
    title="How many customers a firm holds that wins a fixed number a month",
    kind="market",
    form="N(t) = N* (1 − r^t), N* = A / (1 − r): A newcomers a month, r retention; with a Poisson "
    "number of them N is Poisson, too, and its correlation with the month before is r",
    source="Steady state of a linear difference equation; M/G/∞ queue for the spread",
    limit="Newcomers come as customers at the beginning of a month, all others decide in the same "
    "month; customers are counted at its end. The climb is watched with 2,000 newcomers a month "
    "and scaled, chance over 3,180 months with 5 a month.",
    parameters={"newcomers": 100, "retention": 0.8},
    ranges={"newcomers": (10, 1000), "retention": (0.6, 0.8)},
    dock=dock,
    scenario="sim:theory/d02_stock",
    axes=("months since the first newcomers", "customers at the end of the month"),
)
