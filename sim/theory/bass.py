"""The Bass model: how a new product spreads, by advertising (p) and by those who have it (q).

In continuous time dF/dt = (p + q F)(1 - F). A market that moves in steps follows another curve,
F <- F + (p + q F)(1 - F), and it is that one which agents with one decision a step reproduce.

Source: Bass (1969), Management Science 15(5), 215-227. Time in years (or steps), F a share.
"""

from dataclasses import dataclass
from math import exp, expm1, log, sqrt

from sim.theory.ranges import at_least_zero, open_share, positive, whole


@dataclass(frozen=True)
class Bass:
    """Innovation p > 0 and imitation q >= 0, per unit of time; `market` is m, people or units."""

    innovation: float
    imitation: float
    market: float = 1.0

    def __post_init__(self) -> None:
        positive("innovation", self.innovation)
        at_least_zero("imitation", self.imitation)
        positive("market", self.market)

    def adopted(self, time: float) -> float:
        """F(t), the share adopted by time t >= 0: (1 - e^-(p+q)t) / (1 + q/p e^-(p+q)t)."""
        at_least_zero("time", time)
        pace = self.innovation + self.imitation
        ratio = self.imitation / self.innovation
        return -expm1(-pace * time) / (1 + ratio * exp(-pace * time))

    def sales(self, time: float) -> float:
        """m dF/dt at time t, adopters per unit of time: m (p + q F)(1 - F)."""
        share = self.adopted(time)
        return self.market * (self.innovation + self.imitation * share) * (1 - share)

    def time_to(self, share: float) -> float:
        """The time at which a `share` in (0, 1) has adopted: ln((1 + F q/p)/(1 - F)) / (p + q)."""
        open_share("share", share)
        ratio = self.imitation / self.innovation
        return log((1 + share * ratio) / (1 - share)) / (self.innovation + self.imitation)

    def peak_time(self) -> float:
        """T*, when sales are highest: ln(q/p)/(p+q), or 0 if q <= p (sales only fall)."""
        if self.imitation <= self.innovation:
            return 0.0
        return log(self.imitation / self.innovation) / (self.innovation + self.imitation)

    def peak_sales(self) -> float:
        """Sales at T*, adopters per unit of time: m (p+q)^2 / (4q), or m p if q <= p."""
        return self.sales(self.peak_time())

    def adopted_at_peak(self) -> float:
        """F(T*), a share: 1/2 - p/(2q), or 0 if q <= p."""
        return self.adopted(self.peak_time())

    def adopted_in_steps(self, steps: int) -> float:
        """F after whole steps of the discrete map F + (p + q F)(1 - F); needs p + q <= 1.

        This is the limit of many agents who each adopt with probability p + q F in a step.
        """
        whole("steps", steps)
        at_least_zero("1 - innovation - imitation", 1 - self.innovation - self.imitation)
        share = 0.0
        for _ in range(steps):
            share += (self.innovation + self.imitation * share) * (1 - share)
        return share

    def in_steps_sd(self, steps: int, people: int) -> float:
        """Standard deviation of F after whole steps among so many people who decide by chance.

        To first order: each step passes on what F is off by with the slope of the map,
        1 + q - p - 2qF, and adds the binomial variance of those who decide.
        """
        whole("steps", steps)
        whole("people", people, least=1)
        variance = share = 0.0
        for _ in range(steps):
            chance = self.innovation + self.imitation * share
            slope = 1 + self.imitation * (1 - share) - chance
            variance = slope**2 * variance + chance * (1 - chance) * (1 - share) / people
            share += chance * (1 - share)
        return sqrt(variance)

    def adopted_by_contacts(self, steps: int) -> float:
        """F after whole steps when contacts are independent: adopt with 1 - (1-p) e^(-q F)."""
        whole("steps", steps)
        at_least_zero("1 - innovation", 1 - self.innovation)
        share = 0.0
        for _ in range(steps):
            share += (1 - (1 - self.innovation) * exp(-self.imitation * share)) * (1 - share)
        return share
