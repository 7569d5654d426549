"""Small markets for the tests of the market, made by hand; any others: tests/properties."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.market.model import Market
from sim.scenario.paths import merge

Data = dict[str, Any]

ALONE: Data = {
    "warm_up": 0,
    "horizon": 12,
    "precision": "double",
    "population": {"size": 1, "entry": {"closure": "cohort"}, "network": {"kind": "complete"}},
    "customers": {
        "needs": 1,
        "basket": 1,
        "taste": 0,
        "fit": 0,
        "price_sensitivity": 1,
        "orientation": 0.5,
        "talkativeness": 1,
        "expectation": 0.65,
        "exit": 0,
    },
    "start": {"customers": "none", "salience": 1},
    "mechanisms": {
        "needs": {"look_rate": 1},
        "salience": {"floor": 1},
        "choice": {"outside": "none"},
        "experience": {"noise": 0, "failure": 0},
        "word_of_mouth": "off",
    },
    "firms": {"acme": {"policy": {"budget": {"amount": 0}, "split": {}}}},
}
"""One person and one firm; nothing is left to chance, and every month ends with a purchase."""

LIKE: Data = {
    "warm_up": 2,
    "horizon": 6,
    "population": {"size": 80},
    "firms": {"acme": {}, "bolt": {}, "cora": {}},
}
"""Three like firms and 80 people, everything else by default."""


def made(data: Mapping[str, Any], *changes: Mapping[str, Any]) -> Market:
    """A market of ``data`` with ``changes`` merged into it, before its first step."""
    for change in changes:
        data = merge(data, change)
    return Market(data)


def lived(data: Mapping[str, Any], *changes: Mapping[str, Any]) -> Market:
    """The same at its horizon."""
    return made(data, *changes).run_model()


def stepped(market: Market, steps: int) -> Market:
    """The market some steps later."""
    for _ in range(steps):
        market.step()
    return market


def same(one: Any, other: Any) -> bool:
    """Whether two tables are equal to the last bit, nothing being equal to nothing."""
    if one.dtype.names:
        return one.shape == other.shape and all(same(one[n], other[n]) for n in one.dtype.names)
    return bool(np.array_equal(one, other, equal_nan=one.dtype.kind == "f"))


def alike(one: Market, other: Market) -> bool:
    """Whether two markets hold the same people, relations, accounts and past, to the last bit.

    Dealings, too, where both keep them.
    """
    tables = ["people", "relations", "accounts"]
    if one.world.dealings.size and other.world.dealings.size:
        tables.append("dealings")
    return all(same(getattr(one.world, n), getattr(other.world, n)) for n in tables) and same(
        one.history.ledger(), other.history.ledger()
    )
