"""D26: retention rises with tenure although nobody becomes more loyal."""

import math

import numpy as np

from sim.analysis.docking.estimates import Values, share
from sim.analysis.docking.people import Whether, bought
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import Run, run
from sim.theory.ruse import observed_retention

PEOPLE, YEARS = 50_000, 5
WINDOWS = [(12 * year, 12 * year + 12) for year in range(YEARS + 1)]


def dock(parameters: Parameters) -> list[Figure]:
    """Retention by year: of all who are left, and of each kind of people among them."""
    steady, fickle, part = (parameters[name] for name in ("steady", "fickle", "part_fickle"))
    lived = cohort(steady, fickle, part)
    bills = bought(lived, *WINDOWS)
    of_fickle = is_fickle(lived)
    rising = [
        observed_retention(year, [steady, fickle], [1 - part, part]) for year in range(1, YEARS + 1)
    ]
    return [
        *renewing("of all", bills, rising, curve=True),
        *renewing("of the steady", bills[~of_fickle], [steady] * YEARS),
        *renewing("of the fickle", bills[of_fickle], [fickle] * YEARS),
    ]


def cohort(steady: float, fickle: float, part: float) -> Run:
    """Two kinds of people with yearly contracts; the wish to stop is worth 0 to everybody."""
    overrides = {
        "customers.taste": math.log(steady / (1 - steady)),
        "groups.fickle.customers.taste": math.log(fickle / (1 - fickle)),
        "groups.fickle.share": part,
        "population.size": PEOPLE,
    }
    return run(ROW.scenario, overrides=overrides)


def is_fickle(lived: Run) -> Whether:
    """(people,) whether a person is of the fickle kind."""
    table = lived.customers
    fickle = np.zeros(PEOPLE, np.bool_)
    fickle[table["person"][table["group"] == "fickle"]] = True
    return fickle


def renewing(whose: str, bills: Values, exact: list[float], curve: bool = False) -> list[Figure]:
    """Shares of those billed in one year who are billed in the next."""
    left = bills.sum(axis=0)
    return [
        share(
            f"share {whose} who renew in year {year}",
            left[year],
            int(left[year - 1]),
            rate,
            at=year if curve else None,
        )
        for year, rate in enumerate(exact, start=1)
    ]


ROW = Row(
    id="D26",
    name="ruse",
    title="Retention rises with tenure although nobody becomes more loyal",
    kind="market",
    form="r(t) = sum of w r^t / sum of w r^(t-1), w the share of a kind of people, r its retention",
    source="Vaupel & Yashin (1985), The American Statistician 39(3), 176-185",
    limit="Contracts of a year, the first paid in month 0; at their end staying is a choice "
    "between the firm and stopping, in which each kind of people has a taste of its own, "
    "ln(r / (1 - r)), for good. Who stops never looks again.",
    parameters={"steady": 0.95, "fickle": 0.6, "part_fickle": 0.5},
    ranges={"steady": (0.85, 0.98), "fickle": (0.4, 0.8), "part_fickle": (0.2, 0.8)},
    dock=dock,
    scenario="sim:theory/d26_ruse",
    axes=("year", "share of customers who renew"),
)
