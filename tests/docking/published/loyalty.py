"""3.6: Weisbuch, Kirman & Herreiner (2000), loyalty as the intensity of choice rises.

A buyer remembers of each seller J ← (1 - g) J + profit of the purchase, and buys from each with
probability P in proportion to exp(beta J). Loyal is who has one P near 1: order is the sum of P².
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from sim.market.run import run
from sim.theory.loyalty import critical_intensity
from tests.docking.published.design import Array, Estimate, mean

SELLERS, FORGETTING, MONTHS, PEOPLE = 3, 0.1, 300, 1_000
COMPUTED = {
    0.10: 0.339,
    0.20: 0.381,
    0.25: 0.459,
    0.30: 0.631,
    0.35: 0.808,
    0.40: 0.899,
    0.50: 0.969,
    1.00: 1.000,
}
"""Order by intensity, computed by others from the published rules with 30 buyers."""
CRITICAL = critical_intensity(SELLERS, FORGETTING)


class Order(NamedTuple):
    """Order at an intensity, in the market and by the rule alone."""

    intensity: float
    market: Estimate
    rule: Estimate


@cache
def orders() -> list[Order]:
    """Order at each intensity of choice."""
    return [Order(at, mean(in_market(at)), mean(by_rule(at))) for at in COMPUTED]


def in_market(intensity: float) -> Array:
    """(people,) order of each buyer after all months, from what they remember."""
    return order(intensity / FORGETTING * remembered(intensity))


@cache
def remembered(intensity: float) -> Array:
    """(people, sellers) profits remembered in the end, as shares of what can be."""
    weight = intensity / FORGETTING
    overrides = {
        "population.size": PEOPLE,
        "horizon": MONTHS,
        "mechanisms.satisfaction.weight": weight,
    }
    table = run("sim:theory/p36_loyalty", overrides=overrides).customers
    memory = table.pivot(index="person", columns="firm", values="satisfaction")
    return memory.fillna(0.0).to_numpy(np.float64)


@cache
def by_rule(intensity: float) -> Array:
    """(people,) the same by the published rule."""
    chance = np.random.default_rng(6)
    memory = np.zeros((PEOPLE, SELLERS))
    for _ in range(MONTHS):
        bought = (chance.random((PEOPLE, 1)) > chances(intensity * memory).cumsum(axis=1)).sum(
            axis=1
        )
        memory *= 1 - FORGETTING
        memory[np.arange(PEOPLE), np.minimum(bought, SELLERS - 1)] += 1
    return order(intensity * memory)


def chances(worths: Array) -> Array:
    """(people, sellers) the logit."""
    powers = np.exp(worths - worths.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def order(worths: Array) -> Array:
    """(people,) sum of squared chances: 1/3 for who goes anywhere, 1 for who goes to one."""
    return np.asarray((chances(worths) ** 2).sum(axis=1))


def report() -> Iterator[str]:
    """The numbers of docs/published.md."""
    yield f"critical intensity {CRITICAL:.2f}"
    for found in orders():
        yield (
            f"intensity {found.intensity:.2f}: market {found.market}, rule {found.rule}, "
            f"computed {COMPUTED[found.intensity]:.3f}"
        )
