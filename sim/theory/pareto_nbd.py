"""Pareto/NBD: repeat purchases of customers who may silently stop at any moment.

While alive a customer buys at rate lambda ~ Gamma(r, alpha) and dies at rate mu ~ Gamma(s, beta).
The first purchase, the trial, is not counted.

Source: Schmittlein, Morrison & Colombo (1987), Management Science 33(1), 1-24, in the form of
Fader & Hardie's notes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sim.theory.numerics import Array, hypergeometric, log_gamma
from sim.theory.ranges import history, positive, times


@dataclass(frozen=True)
class ParetoNbd:
    """A population of buyers: r, alpha shape the purchase rates, s, beta the exit rates, all > 0.

    alpha and beta are in units of time.
    """

    r: float
    alpha: float
    s: float
    beta: float

    def __post_init__(self) -> None:
        for name in ("r", "alpha", "s", "beta"):
            positive(name, getattr(self, name))

    def expected_purchases(self, time: ArrayLike) -> Array:
        """E[X(t)], repeat purchases by a new customer in a time t >= 0; the shape of `time`.

        r beta/(alpha (s-1)) [1 - (beta/(beta+t))^(s-1)], and r beta/alpha ln(1 + t/beta) at s = 1.
        """
        return self.r / self.alpha * self._life(times("time", time), self.beta)

    def expected_total(self, exposures: ArrayLike) -> float:
        """Repeat purchases expected of a cohort, summed over each customer's time since trial."""
        return float(self.expected_purchases(exposures).sum())

    def zero_class(self, time: ArrayLike) -> Array:
        """P(X(t) = 0), share of new customers without a repeat in a time t; the shape of `time`."""
        exposure = times("time", time)
        nothing = np.zeros_like(exposure)
        return np.asarray(np.exp(self._log_each(nothing, nothing, exposure)), dtype=np.float64)

    def still_there(self, time: ArrayLike) -> Array:
        """Share of new customers not gone after a time t: (beta/(beta+t))^s; the shape of it."""
        waited = np.log1p(times("time", time) / self.beta)
        return np.asarray(np.exp(-self.s * waited), dtype=np.float64)

    def probability_alive(self, purchases: ArrayLike, last: ArrayLike, time: ArrayLike) -> Array:
        """P(alive | x, t_x, T): x repeats, the last t_x after the trial, observed for T."""
        return self._alive(*history(purchases, last, time))

    def conditional_purchases(
        self, ahead: ArrayLike, purchases: ArrayLike, last: ArrayLike, time: ArrayLike
    ) -> Array:
        """E[purchases in the next `ahead` | x, t_x, T]; arguments broadcast.

        (r+x)/(alpha+T) times the time alive ahead, if alive, times P(alive | x, t_x, T).
        """
        x, recency, exposure = history(purchases, last, time)
        rate = (self.r + x) / (self.alpha + exposure)
        alive_for = self._life(times("ahead", ahead), self.beta + exposure)
        return np.asarray(rate * alive_for * self._alive(x, recency, exposure))

    def log_likelihood(self, purchases: ArrayLike, last: ArrayLike, time: ArrayLike) -> float:
        """ln P of the histories x, t_x, T, summed over customers."""
        return float(self._log_each(*history(purchases, last, time)).sum())

    def _log_each(self, x: Array, recency: Array, exposure: Array) -> Array:
        shape = log_gamma(self.r + x) - log_gamma(self.r)
        shape = shape + self.r * np.log(self.alpha) + self.s * np.log(self.beta)
        alive = self._log_alive(x, exposure) - np.log(self._alive(x, recency, exposure))
        return np.asarray(shape + alive, dtype=np.float64)

    def _log_alive(self, x: Array, exposure: Array) -> Array:
        buying = (self.r + x) * np.log(self.alpha + exposure)
        return np.asarray(-buying - self.s * np.log(self.beta + exposure), dtype=np.float64)

    def _alive(self, x: Array, recency: Array, exposure: Array) -> Array:
        gone = self._gone_by(x, exposure, recency) - self._gone_by(x, exposure, exposure)
        return np.asarray(1 / (1 + self.s / (self.r + self.s + x) * gone), dtype=np.float64)

    def _gone_by(self, x: Array, exposure: Array, moment: Array) -> Array:
        """The 2F1 term of having died after `moment`, relative to being alive at `exposure`."""
        wide, narrow = max(self.alpha, self.beta), min(self.alpha, self.beta)
        second = self.s + 1 if self.alpha >= self.beta else self.r + x
        power = self.r + self.s + x
        series = hypergeometric(power, second, power + 1, (wide - narrow) / (wide + moment))
        scale = -power * np.log(wide + moment) - self._log_alive(x, exposure)
        return np.asarray(series * np.exp(scale), dtype=np.float64)

    def _life(self, time: Array, scale: ArrayLike) -> Array:
        """Expected time alive within `time`, of one whose exit rate is Gamma(s, scale)."""
        clock = np.asarray(scale, dtype=np.float64)
        grown = np.log1p(time / clock)
        if self.s == 1:
            return np.asarray(clock * grown, dtype=np.float64)
        return np.asarray(clock * np.expm1((1 - self.s) * grown) / (1 - self.s), dtype=np.float64)
