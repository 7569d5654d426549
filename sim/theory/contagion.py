"""How far a rumour, a product or a recommendation travels when each one passes it on to others.

Below one successor per person it dies out, above one it can take off, and the share that it
reaches in the end is also the chance that it takes off from a single start.

Source: Kermack & McKendrick (1927) for the final size; Newman (2002) for percolation on networks;
Watts (2002) for thresholds; Libai, Muller & Peres (2009) for diffusion with attrition.
"""

from math import exp, floor, sqrt

from sim.theory.bass import Bass
from sim.theory.numerics import gamma_distribution, lambert, root
from sim.theory.ranges import (
    at_least_zero,
    open_share,
    positive,
    share,
    share_below_one,
    whole,
)


def final_size(reproduction: float) -> float:
    """Share reached in the end of a well mixed crowd: the z > 0 with z = 1 - exp(-R0 z), or 0.

    `reproduction` R0 is how many each one tells. The same number is the giant component of a
    random graph of mean degree R0, and the chance that a single start takes off (Poisson).
    """
    at_least_zero("reproduction", reproduction)
    if reproduction <= 1:
        return 0.0
    return 1 + lambert(-reproduction * exp(-reproduction)) / reproduction


def percolation_threshold(mean_degree: float, mean_square_degree: float) -> float:
    """Chance per tie above which a message can reach a positive share: <k>/(<k^2> - <k>)."""
    positive("mean_degree", mean_degree)
    positive("mean_square_degree - mean_degree", mean_square_degree - mean_degree)
    return mean_degree / (mean_square_degree - mean_degree)


def poisson_threshold(mean_degree: float) -> float:
    """That threshold for a random graph with Poisson degrees: 1/c."""
    return percolation_threshold(mean_degree, mean_degree**2 + mean_degree)


def regular_threshold(degree: int) -> float:
    """That threshold for a random graph in which everyone has the same degree: 1/(k-1)."""
    return percolation_threshold(degree, degree**2)


def regular_final_size(degree: int, chance: float) -> float:
    """Share reached when everyone has k >= 3 ties and each passes on with this chance T.

    1 - (1 - T + T u)^k, with u the smallest root of u = (1 - T + T u)^(k-1).
    """
    whole("degree", degree, least=3)
    share("chance", chance)
    if chance < (1 + 1e-8) * regular_threshold(degree):
        return 0.0  # so close above the threshold the share is below 1e-7
    unreached = root(lambda u: (1 - chance + chance * u) ** (degree - 1) - u, 0, 1 - 1e-9)
    return float(1 - (1 - chance + chance * unreached) ** degree)


def referral_total(referrals: float) -> float:
    """Customers that come with one, herself included, if each brings R others: 1/(1-R), R < 1."""
    share_below_one("referrals", referrals)
    return 1 / (1 - referrals)


def referral_variance(referrals: float) -> float:
    """Variance of that number when referrals are Poisson: R/(1-R)^3."""
    return referrals * referral_total(referrals) ** 3


def value_with_referrals(customer_value: float, referrals: float) -> float:
    """Value of a customer and all who come through her: V/(1-R), if R counts lifetime referrals."""
    return customer_value * referral_total(referrals)


def vulnerable_successors(mean_degree: float, threshold: float) -> float:
    """Easily influenced people reached from one, in a random graph: z P(Poisson(z) <= K - 2).

    `threshold` is the share of neighbours that convinces; who has K = floor(1/threshold) ties or
    fewer is convinced by one. Above 1, a single start can set off a global cascade.
    """
    positive("mean_degree", mean_degree)
    open_share("threshold", threshold)
    most = floor(1 / threshold)
    few_ties = 1 - gamma_distribution(most - 1, mean_degree) if most >= 2 else 0.0
    return mean_degree * few_ties


def bass_with_attrition(
    innovation: float, imitation: float, attrition: float, market: float = 1.0
) -> Bass:
    """The Bass curve of the current users when a share d of them leaves per unit of time.

    dx/dt = p (m - x) + q (1-d) x (m - x)/m - d x is a Bass equation in x: with Q = q (1-d),
    b = Q - p - d and D = sqrt(b^2 + 4 Q p), innovation (D-b)/2, imitation (D+b)/2 and
    market m (b+D)/(2Q) = m p / ((D-b)/2).
    """
    start = Bass(innovation, imitation, market)
    share_below_one("attrition", attrition)
    talk = start.imitation * (1 - attrition)
    lead = talk - innovation - attrition
    large = (sqrt(lead**2 + 4 * talk * innovation) + abs(lead)) / 2
    small = talk * innovation / large  # the difference of nearly equal numbers would be lost
    slow, fast = (small, large) if lead > 0 else (large, small)
    return Bass(slow, fast, market * innovation / slow)
