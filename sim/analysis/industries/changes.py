"""What the focal firm's market answers to a change, in paired runs from the same month 0 on."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.analysis.industries.figures import rise_with_tenure
from sim.market.model import Market
from sim.market.run import run

PRICE, MONEY = 1.1, 1.5
"""Factors on the price, and on the money for advertising."""
QUARTER, LONG_RUN = slice(0, 3), slice(60, 120)
"""Months from the change on: the first three, and years 6 to 10."""
NOTHING_LEARNT = {
    "mechanisms.satisfaction.weight": 0,
    "mechanisms.trust": "off",
    "mechanisms.commitment": "off",
    "mechanisms.salience.floor": 1,
}


def price_elasticity(industry: str, replication: int) -> float:
    """Per cent of units of years 6 to 10 for each per cent of price, the firm acting alone."""
    return elasticity(industry, replication, "price", PRICE, LONG_RUN)


def price_elasticity_at_once(industry: str, replication: int) -> float:
    """Per cent of units of the first quarter for each per cent of price, the firm acting alone."""
    return elasticity(industry, replication, "price", PRICE, QUARTER)


def advertising_elasticity(industry: str, replication: int) -> float:
    """Per cent of units of years 6 to 10 for each per cent of advertising, added to the budget."""
    return elasticity(industry, replication, "advertising", MONEY, LONG_RUN)


def advertising_elasticity_at_once(industry: str, replication: int) -> float:
    """Per cent of units of the first quarter for each per cent of advertising added."""
    return elasticity(industry, replication, "advertising", MONEY, QUARTER)


def elasticity(
    industry: str, replication: int, changed: str, factor: float, months: slice
) -> float:
    """Logarithm of units with the change over those without, by the logarithm of the factor."""
    with_it, without = (
        of_focal(industry, replication, what)["units"][months].sum() for what in (changed, "")
    )
    return float(np.log(with_it / without) / np.log(factor))


@cache
def of_focal(industry: str, replication: int, changed: str) -> npt.NDArray[Any]:
    """The focal firm's ledger from month 0 on, with one thing changed, or with nothing."""
    market = settled(industry, replication)
    arm = market.branch(change(market, changed)).run_model()
    firm = list(market.spec.firms).index(market.spec.focal)
    return np.asarray(arm.history.ledger()[market.spec.warm_up :, firm])


@cache
def settled(industry: str, replication: int) -> Market:
    """The market at the end of its warm-up."""
    market = Market(f"sim:industries/{industry}", replication=replication)
    market.run_until(market.spec.warm_up)
    return market


def change(market: Market, changed: str) -> Mapping[str, Any]:
    """What is overridden at month 0."""
    firm, offer = f"firms.{market.spec.focal}", market.spec.firms[market.spec.focal]
    split = offer.policy.split
    a_head = getattr(offer.policy.budget, "per_head", 0.0) * split["advertising"]
    more = {"instrument": "advertising", "per_head": (MONEY - 1.0) * a_head}
    overrides: dict[str, Mapping[str, Any]] = {
        "": {},
        "price": {f"{firm}.price": PRICE * offer.price},
        "advertising": {f"{firm}.policy.campaigns": [more]},
    }
    return overrides[changed]


def rise_without_learning(industry: str, replication: int) -> float:
    """What the share kept rises by from the first to the third year, where nobody changes.

    Everybody knows all firms, and nothing lived with a firm weighs in a choice but inertia.
    """
    name = f"sim:industries/{industry}"
    return rise_with_tenure(run(name, replication=replication, overrides=NOTHING_LEARNT))
