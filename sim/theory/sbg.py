"""Shifted-beta-geometric: a cohort whose retention rises although nobody's does.

Each customer leaves with a probability of her own, p ~ Beta(alpha, beta), the same at every
renewal. The flighty leave first, so the retention of those who are left rises.

Source: Fader & Hardie (2007), Journal of Interactive Marketing 21(1), 76-90.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sim.theory.numerics import Array, hypergeometric, log_beta
from sim.theory.ranges import at_least_zero, positive, require, vector, whole


@dataclass(frozen=True)
class Sbg:
    """A cohort whose chances of leaving are Beta(alpha, beta), alpha and beta above 0."""

    alpha: float
    beta: float

    def __post_init__(self) -> None:
        positive("alpha", self.alpha)
        positive("beta", self.beta)

    def survival(self, renewals: ArrayLike) -> Array:
        """S(t), share of the cohort left after t renewals: B(alpha, beta+t)/B(alpha, beta)."""
        after = log_beta(self.alpha, self.beta + np.asarray(renewals, dtype=np.float64))
        return np.asarray(np.exp(after - log_beta(self.alpha, self.beta)))

    def retention(self, renewal: int) -> float:
        """Share of those left that renew at renewal t = 1, 2, ...: (beta+t-1)/(alpha+beta+t-1)."""
        whole("renewal", renewal, least=1)
        return (self.beta + renewal - 1) / (self.alpha + self.beta + renewal - 1)

    def expected_life(self, discount: float = 0.0) -> float:
        """Discounted expected number of margins of a new customer, the first at once.

        2F1(1, beta; alpha+beta; 1/(1+d)); undiscounted it is finite only if alpha > 1.
        """
        return self._life(self.beta, discount)

    def residual_life(self, renewals: int, discount: float = 0.0) -> float:
        """Discounted margins still expected just before the next renewal, after n-1 `renewals`.

        (beta+n-1)/(alpha+beta+n-1) 2F1(1, beta+n; alpha+beta+n; 1/(1+d)).
        """
        whole("renewals", renewals)
        return self.retention(renewals + 1) * self._life(self.beta + renewals + 1, discount)

    def log_likelihood(self, customers: Sequence[float]) -> float:
        """ln P of a cohort counted at renewals 0, 1, ..., shape (renewals + 1,)."""
        left = vector("customers", customers)
        falling = bool((np.diff(left) <= 0).all()) and left[-1] >= 0
        require(falling, "customers", list(customers), "never rise", "count one cohort only")
        chance = self.survival(np.arange(len(left)))
        leaving = -np.diff(left) @ np.log(-np.diff(chance))
        return float(leaving + left[-1] * np.log(chance[-1]))

    def _life(self, beta: float, discount: float) -> float:
        at_least_zero("discount", discount)
        ends = discount > 0 or self.alpha > 1
        require(ends, "discount", discount, "be above 0 if alpha is not above 1", "discount a bit")
        return float(hypergeometric(1, beta, self.alpha + beta, 1 / (1 + discount)))
