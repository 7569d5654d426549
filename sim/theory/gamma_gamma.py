"""Gamma-gamma: what customers spend at a purchase, when how much has nothing to do with how often.

A purchase is worth Gamma(p)/nu of money, with a nu of the customer's own, Gamma(q, v). The average
of a few purchases says little, so it is drawn towards the mean of everyone.

Source: Fader, Hardie & Lee (2005), Journal of Marketing Research 42(4), 415-430.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sim.theory.numerics import Array, beta_distribution, log_beta
from sim.theory.ranges import positive, require, times


@dataclass(frozen=True)
class GammaGamma:
    """Shapes p > 0 of a purchase and q > 0 between customers; v > 0 in money."""

    p: float
    q: float
    v: float

    def __post_init__(self) -> None:
        for name in ("p", "q", "v"):
            positive(name, getattr(self, name))

    def mean(self) -> float:
        """Mean spend per purchase over customers, in money: p v/(q-1); needs q > 1."""
        require(self.q > 1, "q", self.q, "be above 1", "the mean is infinite otherwise")
        return self.p * self.v / (self.q - 1)

    def conditional_mean(self, purchases: ArrayLike, average: ArrayLike) -> Array:
        """E[spend | x purchases averaged zbar], in money a purchase: p (v + x zbar)/(p x + q - 1).

        The mean of everyone weighs (q-1)/(p x + q - 1), the customer's own average the rest.
        """
        x, spent = times("purchases", purchases), times("average", average)
        positive("p x + q - 1", float(np.min(self.p * x + self.q - 1)))
        return np.asarray(self.p * (self.v + x * spent) / (self.p * x + self.q - 1))

    def share_below(self, purchases: int, amount: float) -> float:
        """Share of those with x > 0 purchases who average at most `amount` > 0, in money.

        x zbar/(v + x zbar) is beta with p x and q.
        """
        positive("purchases", purchases)
        positive("amount", amount)
        spent = purchases * amount
        return beta_distribution(self.p * purchases, self.q, spent / (self.v + spent))

    def log_likelihood(self, purchases: ArrayLike, average: ArrayLike) -> float:
        """ln density of the averages zbar > 0 of x > 0 purchases, summed over customers.

        (v/(v + x zbar))^q (x zbar/(v + x zbar))^(p x) / (zbar B(p x, q)).
        """
        x, spent = times("purchases", purchases), times("average", average)
        positive("the fewest purchases", float(x.min()))
        positive("the lowest average", float(spent.min()))
        total = self.v + x * spent
        each = self.q * np.log(self.v / total) + self.p * x * np.log(x * spent / total)
        return float((each - np.log(spent) - log_beta(self.p * x, self.q)).sum())
