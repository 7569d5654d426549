"""Choice: which of the firms that come to mind gets the business.

A random-utility (multinomial logit) choice, drawn as the largest of utility plus Gumbel noise
(McFadden 1974). Firms compete with an outside option that has a noise of its own. What a firm has
done for the person enters through satisfaction, trust and commitment, which own their weights; what
is left is here: inertia, price, taste.
"""

import math
from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter

NEXT_TO_NOTHING = 1e-300
"""Price, in reference prices, below which nothing feels cheaper: a logarithm needs more than 0."""


class Choice(NamedTuple):
    """What weighs in a choice besides the relationship."""

    staying: Annotated[
        float, Parameter("inertia: what the present or last firm has ahead of the others",
                         "utility", -20, 20, "fitted to yearly retention of .78",
                         neutral=0, repertoire=0.4),
    ] = 4.4  # fmt: skip
    outside: Annotated[
        float, Parameter("utility of buying from none of the firms; none: there is no such option",
                         "utility", -50, 50, "assumed", repertoire=-math.inf, nothing=True),
    ] = 1.0  # fmt: skip
    reference_price: Annotated[
        float, Parameter("the price that people take for normal", "money per unit", 1e-6, 1e9,
                         "assumed"),
    ] = 20.0  # fmt: skip
    linear_price: Annotated[
        bool, Parameter("price weighs by its difference from the reference, not by its logarithm",
                        "true or false", 0, 1, "assumed"),
    ] = False  # fmt: skip


def price_gap(price: float, reference: float, linear: bool) -> float:
    """How dear a price feels: 0 at the reference, by logarithm or by relative difference."""
    if linear:
        return price / reference - 1.0
    return math.log(max(price / reference, NEXT_TO_NOTHING))


def utility(
    taste: float, relationship: float, inertia: float, price_sensitivity: float, gap: float
) -> float:
    """What a firm is worth to a person at an occasion, before the noise of the moment."""
    return taste + relationship + inertia - price_sensitivity * gap
