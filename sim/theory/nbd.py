"""The NBD: people buy at random, each at a rate of their own, and heavy buyers look loyal.

Purchases in a period are Poisson, rates differ between people like a gamma of shape K. Nothing
changes from one period to the next, and yet the heavy buyers of one buy less in the next, and
non-buyers buy: the law of buyer moderation.

Source: Ehrenberg (1959, 1988); the 80/20 rule Schmittlein, Cooper & Morrison (1993).
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np

from sim.theory.numerics import (
    Array,
    beta_distribution,
    gamma_distribution,
    gamma_quantile,
    log_gamma,
    root,
)
from sim.theory.ranges import open_share, positive, require, times

Among = Literal["buyers", "everyone"]

NEGLIGIBLE = 1e-16  # the tail of the distribution that is left out


class TopShare(NamedTuple):
    """Share of the sales that fall to the heaviest buyers of a period."""

    now: float  # of the period in which they were found
    next: float  # of the next period of the same length


@dataclass(frozen=True)
class Nbd:
    """Mean M > 0 purchases per person and period; shape K > 0, smaller for more unequal people."""

    mean: float
    shape: float

    def __post_init__(self) -> None:
        positive("mean", self.mean)
        positive("shape", self.shape)

    def over(self, periods: float) -> "Nbd":
        """The same people watched for this many periods: mean M t, shape K."""
        return Nbd(self.mean * periods, self.shape)

    def probability(self, purchases: Array | int) -> Array:
        """P(n) = G(K+n)/(G(K) n!) (K/(K+M))^K (M/(K+M))^n; the shape of `purchases`."""
        n = times("purchases", purchases)
        ways = log_gamma(self.shape + n) - log_gamma(self.shape) - log_gamma(n + 1)
        none = self.shape * np.log1p(self.mean / self.shape)
        more = n * np.log1p(self.shape / self.mean)
        return np.asarray(np.exp(ways - none - more), dtype=np.float64)

    def counts(self) -> Array:
        """0, 1, 2, ... up to where fewer than one in 10^16 people buy more."""
        top, ratio = 64, self.mean / (self.mean + self.shape)
        while beta_distribution(top + 1, self.shape, ratio) > NEGLIGIBLE:
            top *= 2
        return np.arange(top + 1, dtype=np.float64)

    def penetration(self) -> float:
        """Share of people who buy at all: 1 - (1 + M/K)^-K."""
        return float(-np.expm1(-self.shape * np.log1p(self.mean / self.shape)))

    def next_purchases(self, purchases: Array | int) -> Array:
        """E[X2 | x], next period's purchases of those with x in this one: (K+x) M/(K+M)."""
        ratio = self.mean / (self.shape + self.mean)
        return np.asarray((self.shape + times("purchases", purchases)) * ratio)

    def next_share_of_nonbuyers(self) -> float:
        """Share of the next period's sales that comes from those who bought nothing in this one."""
        return float(self.probability(0) * self.next_purchases(0) / self.mean)

    def top_share(self, part: float, among: Among = "buyers") -> TopShare:
        """Sales of the heaviest `part` of the buyers, or of everyone; a tie is split by lot."""
        open_share("part", part)
        require(among in get_args(Among), "among", among, "be known", "say buyers or everyone")
        counts = self.counts()[::-1]
        people = self.probability(counts)
        wanted = part * (self.penetration() if among == "buyers" else 1.0)
        before = np.cumsum(people) - people
        chosen = np.clip(wanted - before, 0, people)
        now = float(chosen @ counts) / self.mean
        return TopShare(now, float(chosen @ self.next_purchases(counts)) / self.mean)


def from_penetration(mean: float, penetration: float) -> Nbd:
    """The NBD with this mean and this share of buyers; needs penetration < 1 - e^-M."""
    positive("mean", mean)
    open_share("penetration", penetration)
    most = 1 - np.exp(-mean)
    require(penetration < most, "penetration", penetration, f"be below {most}", "raise the mean")
    log_shape = root(lambda k: Nbd(mean, np.exp(k)).penetration() - penetration, -30, 20)
    return Nbd(mean, float(np.exp(log_shape)))


def long_run_top_share(shape: float, part: float = 0.2) -> float:
    """Share of all purchases by the heaviest `part` of people, watched for ever.

    1 - G_{k+1}(q), q the 1-part quantile of G_k, where G_k is the gamma distribution of shape k.
    """
    positive("shape", shape)
    open_share("part", part)
    return 1 - gamma_distribution(shape + 1, gamma_quantile(shape, 1 - part))


def shape_for_top_share(share: float, part: float = 0.2) -> float:
    """The gamma shape at which the heaviest `part` buys this share in the long run."""
    open_share("part", part)
    require(part < share < 1, "share", share, f"lie between {part} and 1", "raise share")
    log_shape = root(lambda k: long_run_top_share(float(np.exp(k)), part) - share, -6, 15)
    return float(np.exp(log_shape))
