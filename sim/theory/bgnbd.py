"""BG/NBD: repeat purchases of customers who may silently stop after any of them.

While alive a customer buys at rate lambda ~ Gamma(r, alpha) and after each repeat purchase drops
out with probability p ~ Beta(a, b). The first purchase, the trial, is not counted.

Source: Fader, Hardie & Lee (2005), Marketing Science 24(2), 275-284.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sim.theory.numerics import Array, hypergeometric, log_beta, log_gamma
from sim.theory.ranges import history, positive, require, times, whole


@dataclass(frozen=True)
class BgNbd:
    """A population of buyers; r and alpha (in units of time) shape the rates, a and b the exits.

    All four are above 0; a = 1 and a + b = 1 are refused, where the formulas need a limit.
    """

    r: float
    alpha: float
    a: float
    b: float

    def __post_init__(self) -> None:
        for name in ("r", "alpha", "a", "b"):
            positive(name, getattr(self, name))
        require(self.a != 1, "a", self.a, "differ from 1", "move it by a millionth")
        require(self.a + self.b != 1, "a + b", 1, "differ from 1", "move b by a millionth")

    def expected_purchases(self, time: ArrayLike) -> Array:
        """E[X(t)], repeat purchases by a new customer in a time t >= 0; the shape of `time`.

        (a+b-1)/(a-1) [1 - (alpha/(alpha+t))^r 2F1(r, b; a+b-1; t/(alpha+t))].
        """
        return self._purchases(times("time", time), 0, self.alpha)

    def expected_total(self, exposures: ArrayLike) -> float:
        """Repeat purchases expected of a cohort, summed over each customer's time since trial."""
        return float(self.expected_purchases(exposures).sum())

    def probability(self, purchases: int, time: ArrayLike) -> Array:
        """P(X(t) = x) for one number x of repeat purchases; the shape of `time`."""
        whole("purchases", purchases)
        exposure, x = times("time", time), purchases
        bought, waited = exposure / (self.alpha + exposure), self.alpha / (self.alpha + exposure)
        counts = np.arange(x + 1)
        weights = np.exp(log_gamma(self.r + counts) - log_gamma(self.r) - log_gamma(counts + 1))
        terms = weights * bought[..., None] ** counts * (waited**self.r)[..., None]
        alive = np.exp(log_beta(self.a, self.b + x) - log_beta(self.a, self.b)) * terms[..., x]
        if x == 0:
            return np.asarray(alive, dtype=np.float64)
        gone = np.exp(log_beta(self.a + 1, self.b + x - 1) - log_beta(self.a, self.b))
        return np.asarray(alive + gone * (1 - terms[..., :x].sum(axis=-1)), dtype=np.float64)

    def probability_alive(self, purchases: ArrayLike, last: ArrayLike, time: ArrayLike) -> Array:
        """P(alive | x, t_x, T): x repeats, the last t_x after the trial, observed for T.

        1 / (1 + [x > 0] a/(b+x-1) ((alpha+T)/(alpha+t_x))^(r+x)).
        """
        x, recency, exposure = history(purchases, last, time)
        left = np.exp((self.r + x) * np.log((self.alpha + exposure) / (self.alpha + recency)))
        return np.asarray(1 / (1 + self._dropped(x) * left), dtype=np.float64)

    def conditional_purchases(
        self, ahead: ArrayLike, purchases: ArrayLike, last: ArrayLike, time: ArrayLike
    ) -> Array:
        """E[purchases in the next `ahead` | x, t_x, T]; arguments broadcast."""
        x, _, exposure = history(purchases, last, time)
        if_alive = self._purchases(times("ahead", ahead), x, self.alpha + exposure)
        return if_alive * self.probability_alive(purchases, last, time)

    def log_likelihood(self, purchases: ArrayLike, last: ArrayLike, time: ArrayLike) -> float:
        """ln P of the histories x, t_x, T, summed over customers."""
        x, recency, exposure = history(purchases, last, time)
        shape = log_gamma(self.r + x) - log_gamma(self.r) + self.r * np.log(self.alpha)
        exits = log_beta(self.a, self.b + x) - log_beta(self.a, self.b)
        alive = -(self.r + x) * np.log(self.alpha + exposure)
        chance = self.probability_alive(x, recency, exposure)
        return float((shape + exits + alive - np.log(chance)).sum())

    def _purchases(self, time: Array, x: ArrayLike, scale: ArrayLike) -> Array:
        """Purchases in `time` of one alive after x repeats, whose rate is Gamma(r + x, scale)."""
        count, clock = np.asarray(x, dtype=np.float64), np.asarray(scale, dtype=np.float64)
        top = self.a + self.b + count - 1
        series = hypergeometric(self.r + count, self.b + count, top, time / (clock + time))
        silence = (clock / (clock + time)) ** (self.r + count) * series
        return np.asarray(top / (self.a - 1) * (1 - silence), dtype=np.float64)

    def _dropped(self, x: Array) -> Array:
        """Odds weight of having dropped out at the last purchase; none without a repeat."""
        return np.where(x > 0, self.a / np.where(x > 0, self.b + x - 1, 1), 0.0)
