"""The NBD-Dirichlet: a stationary market in which nobody is loyal and small brands suffer twice.

People buy the category at NBD rates and choose brand j with probabilities of their own, Dirichlet
with parameters s_j S. A small S means that people hardly share their purchases between brands, a
large S that everyone chooses alike. What it predicts is the null against which loyalty is judged.

Source: Goodhardt, Ehrenberg & Chatfield (1984), Journal of the Royal Statistical Society A 147(5).
Brands are given by their market share s, from 0 to 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.theory.nbd import Nbd
from sim.theory.numerics import Array, log_gamma, root
from sim.theory.ranges import open_share, positive, require, vector


@dataclass(frozen=True)
class Dirichlet:
    """A category bought as an NBD and brands chosen with diversity S > 0."""

    category: Nbd
    diversity: float

    def __post_init__(self) -> None:
        positive("diversity", self.diversity)

    def over(self, periods: float) -> "Dirichlet":
        """The same market watched for this many periods."""
        return Dirichlet(self.category.over(periods), self.diversity)

    def penetration(self, share: float) -> float:
        """b, share of people who buy the brand in a period: 1 - sum P(n) p(0 | n).

        p(0 | n) = G(S) G(S-sS+n) / (G(S-sS) G(S+n)).
        """
        return self._expected(1 - self._none(share))

    def purchases_per_buyer(self, share: float) -> float:
        """w, purchases of the brand by one of its buyers in a period: M s / b."""
        return self.category.mean * share / self.penetration(share)

    def share_of_requirements(self, share: float) -> float:
        """Part of its buyers' category purchases that a brand gets: M s / sum n P(n) p(>0|n)."""
        bought = self._expected(self.category.counts() * (1 - self._none(share)))
        return self.category.mean * share / bought

    def sole_buyers(self, share: float) -> float:
        """Share of a brand's buyers who bought no other in the period: sum P(n) p(n|n) / b."""
        only = self._none(1 - share)
        only[0] = 0.0
        return self._expected(only) / self.penetration(share)

    def repeat_rate(self, share: float) -> float:
        """Share of a brand's buyers who buy it again in the next period: (2 b_1 - b_2)/b_1."""
        once = self.penetration(share)
        return 2 - self.over(2).penetration(share) / once

    def also_buy(self, share: float, other: float) -> float:
        """Share of a brand's buyers who buy the `other` brand too: (b_i + b_j - b_ij)/b_i.

        b_ij, buyers of either, is the penetration of a brand of both shares together.
        """
        together = share + other
        require(together <= 1, "share + other", together, "be at most 1", "these are shares")
        whole_market = together == 1
        either = self.category.penetration() if whole_market else self.penetration(together)
        own = self.penetration(share)
        return (own + self.penetration(other) - either) / own

    def duplication(self, share: float, other: float) -> float:
        """D of the duplication of purchase law, share of i's buyers who buy j over b_j."""
        return self.also_buy(share, other) / self.penetration(other)

    def _none(self, share: float) -> Array:
        """p(0 | n), probability that none of n = 0, 1, ... category purchases is of the brand."""
        open_share("share", share)
        rest, n = self.diversity * (1 - share), self.category.counts()
        log_rest = log_gamma(rest + n) - log_gamma(rest)
        log_all = log_gamma(self.diversity + n) - log_gamma(self.diversity)
        return np.asarray(np.exp(log_rest - log_all), dtype=np.float64)

    def _expected(self, values: Array) -> float:
        return float(self.category.probability(self.category.counts()) @ values)


def diversity_from_penetration(category: Nbd, share: float, penetration: float) -> float:
    """The S at which a brand of this share has this penetration.

    Raises ValueError unless the penetration lies between share times that of the category (S -> 0,
    everyone buys one brand only) and what it would be if all chose alike (S -> infinity).
    """
    low, high = np.exp(-10), np.exp(12)
    least, most = (Dirichlet(category, float(s)).penetration(share) for s in (low, high))
    inside = least < penetration < most
    rule = f"lie between {least:.6f} and {most:.6f}"
    require(inside, "penetration", penetration, rule, "check it against share and category")

    def gap(log_diversity: float) -> float:
        found = Dirichlet(category, float(np.exp(log_diversity)))
        return found.penetration(share) - penetration

    return float(np.exp(root(gap, -10, 12)))


def mean_diversity(shares: Sequence[float], diversities: Sequence[float]) -> float:
    """One S for the market, the brands' estimates weighted by share: sum s_j S_j / sum s_j."""
    weights, estimates = vector("shares", shares), vector("diversities", diversities)
    same = len(weights) == len(estimates)
    require(same, "the number of diversities", len(estimates), f"be {len(weights)}", "one a share")
    return float(weights @ estimates / weights.sum())
