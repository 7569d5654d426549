"""Multinomial logit: shares, price elasticities, and the prices and budgets they lead to.

A choice falls on j with probability exp(v_j) / sum exp(v_k). With a `linear` price the value holds
-b p_j, with a `log` price -b ln p_j.

Source: McFadden (1974); Bertrand markups Anderson, de Palma & Thisse (1992); Dorfman & Steiner
(1954).
"""

from collections.abc import Sequence
from math import sqrt
from typing import Literal, get_args

import numpy as np

from sim.theory.numerics import Array
from sim.theory.ranges import at_least_zero, positive, require, share, vector, whole

PriceForm = Literal["linear", "log"]


def shares(values: Sequence[float] | Array) -> Array:
    """Choice probabilities of alternatives with these values, shape (alternatives,)."""
    numbers = vector("values", values)
    weights = np.exp(numbers - numbers.max())
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def price_elasticities(
    chosen: Sequence[float] | Array,
    prices: Sequence[float] | Array,
    sensitivity: float,
    form: PriceForm = "linear",
) -> Array:
    """Elasticity of share k to price j in row k, column j, shape (alternatives, alternatives).

    Own -b p_j (1 - s_j), cross b p_j s_j (the same for every rival: independence of irrelevant
    alternatives); with a log price p_j drops out. `sensitivity` is b >= 0, `chosen` the shares.
    """
    part, money = vector("chosen", chosen), vector("prices", prices)
    require(len(part) == len(money), "prices", list(money), f"be {len(part)}", "one per share")
    require(form in get_args(PriceForm), "form", form, "be known", "linear or log")
    at_least_zero("sensitivity", sensitivity)
    positive("the lowest price", float(money.min()))
    scale = sensitivity * (money if form == "linear" else np.ones(len(money)))
    return np.asarray(scale * (part - np.eye(len(part))), dtype=np.float64)


def bertrand_markup(firms: int, sensitivity: float = 1.0) -> float:
    """Price less unit cost when equal firms compete in price: 1/(b (1 - 1/n)), in money.

    Nobody stays outside; `firms` is 2 or more, `sensitivity` b > 0 per unit of money.
    """
    whole("firms", firms, least=2)
    positive("sensitivity", sensitivity)
    return 1 / (sensitivity * (1 - 1 / firms))


def advertising_ratio(advertising_elasticity: float, price_elasticity: float) -> float:
    """Advertising as a share of sales at the optimum, e_A / |e_p| (Dorfman & Steiner)."""
    at_least_zero("advertising_elasticity", advertising_elasticity)
    positive("size of price_elasticity", abs(price_elasticity))
    return advertising_elasticity / abs(price_elasticity)


def share_se(part: float, choices: int) -> float:
    """Standard error of a share estimated from independent choices: sqrt(s(1-s)/N)."""
    share("part", part)
    whole("choices", choices, least=1)
    return sqrt(part * (1 - part) / choices)
