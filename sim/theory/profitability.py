"""How many customers cost more than they bring, when margins differ and service costs do not.

Margins are gamma with shape k and mean 1 (small k: very unequal), the cost to serve is flat.

Source: the gamma distribution; the question is Storbacka's (1997) and Niraj, Gupta & Narasimhan's
(2001).
"""

from sim.theory.numerics import gamma_distribution, gamma_quantile
from sim.theory.ranges import at_least_zero, positive


def unprofitable_share(shape: float, cost: float) -> float:
    """Share of customers whose margin is below `cost`, in mean margins: P(Gamma(k)/k < x)."""
    positive("shape", shape)
    at_least_zero("cost", cost)
    return gamma_distribution(shape, shape * cost)


def median_margin(shape: float) -> float:
    """Margin of the middle customer, in mean margins."""
    positive("shape", shape)
    return gamma_quantile(shape, 0.5) / shape
