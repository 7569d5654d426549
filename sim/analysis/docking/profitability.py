"""D25: how many customers cost more than they bring."""

import math

import numpy as np

from sim.analysis.docking.estimates import Values, average, of_firm, share
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.market.run import Run, run
from sim.theory.numerics import gamma_quantile
from sim.theory.profitability import median_margin, unprofitable_share

PEOPLE = 50_000
STEPS = (0.5, 1.0, 1.5, 2.0)
"""Costs to serve at which the market is lived, in that asked for."""


def dock(parameters: Parameters) -> list[Figure]:
    """Customers with a loss at several costs to serve, and their margins."""
    shape = parameters["shape"]
    costs = [step * parameters["cost"] for step in STEPS]
    lived = [served(shape, cost) for cost in costs]
    margins = lived[0].customers["profit"].to_numpy(np.float64) + costs[0]
    return [
        *(at_a_loss(world, shape, cost) for world, cost in zip(lived, costs, strict=True)),
        average("mean margin", margins, 1.0),
        middle(shape, margins),
    ]


def served(shape: float, cost: float) -> Run:
    """A month in which each customer's margin differs and what it costs to serve them does not."""
    overrides = {
        "customers.basket.shape": shape,
        "firms.acme.cost_to_serve": cost,
        "population.size": PEOPLE,
    }
    return run(ROW.scenario, overrides=overrides)


def at_a_loss(lived: Run, shape: float, cost: float) -> Figure:
    """Share of customers who cost more than they bring."""
    count = float(of_firm(lived, "unprofitable")[-1]) * PEOPLE
    exact = unprofitable_share(shape, cost)
    return share(f"share with a loss where serving costs {cost:.3g}", count, PEOPLE, exact, at=cost)


def middle(shape: float, margins: Values) -> Figure:
    """The median; its error is half the way between the quantiles one error on each side."""
    step = 0.5 / math.sqrt(len(margins))
    low, high = (gamma_quantile(shape, 0.5 + side) / shape for side in (-step, step))
    exact = median_margin(shape)
    return Figure(
        "margin of the middle customer", float(np.median(margins)), exact, (high - low) / 2
    )


ROW = Row(
    id="D25",
    name="profitability",
    title="Where margins differ and the cost to serve does not, many customers bring a loss",
    kind="market",
    form="share with a loss F(K x; K), median margin q(1/2; K)/K; F(.; K) the gamma distribution "
    "of shape K and q its quantile, x the cost to serve in mean margins",
    source="The gamma distribution; the question is that of Storbacka (1997), Journal of Marketing "
    "Management 13(5), 479-492",
    limit="Everybody pays one bill; how much they use, and so their margin, is gamma over people "
    "with mean 1, and each costs the same to serve. No step or order of updates matters.",
    parameters={"shape": 0.5, "cost": 0.5},
    ranges={"shape": (0.3, 3.0), "cost": (0.2, 0.7)},
    dock=dock,
    scenario="sim:theory/d25_profitability",
    axes=("cost to serve a customer, in mean margins", "share of customers who bring a loss"),
)
