"""The pipeline: a firm that comes to mind is a lead, then an opportunity, then a deal or none.

Business accounts do not switch at once. How long the two stages last is published (Implisit 2014,
about 500 firms, in eMarketer 2015): 84 and 18 days on average, taken as exponential. How many pass
them is published, too (.13 and .06), but is no parameter here: a lead becomes an opportunity by
what the firm seems to be worth, and an opportunity becomes a deal by the choice that everybody
makes. What comes out is printed beside what was published.
"""

import math
from typing import Annotated, NamedTuple

from sim import draws
from sim.behaviour.parameter import Parameter

DAYS_A_MONTH = 365.25 / 12.0
MOST = 700.0
"""Utility beyond which a chance is 0, and an exponential can still be held."""


class Pipeline(NamedTuple):
    """How long accounts take, and what they ask of a firm before they hear its offer (b2b)."""

    lead_days: Annotated[
        float, Parameter("mean time from a lead to the answer whether the offer is wanted", "days",
                         0, 3650, "Implisit 2014 in eMarketer 2015: 84", neutral=0),
    ] = 84.0  # fmt: skip
    opportunity_days: Annotated[
        float, Parameter("mean time from there to a decision", "days", 0, 3650,
                         "Implisit 2014 in eMarketer 2015: 18", neutral=0),
    ] = 18.0  # fmt: skip
    bar: Annotated[
        float, Parameter("advantage that a firm must seem to have over the present provider, "
                         "inertia apart, for every other lead to become an opportunity; none: "
                         "every lead does", "utility", -50, 50, "assumed",
                         neutral=-math.inf, nothing=True),
    ] = 1.0  # fmt: skip


def time_in_stage(u: float, days: float) -> float:
    """Months that a stage of so many ``days`` on average lasts this time: exponential."""
    return draws.exponential(u) * days / DAYS_A_MONTH


def becomes_opportunity(u: float, advantage: float, bar: float) -> bool:
    """Whether an account wants to hear a firm's offer: logistic in its ``advantage`` (utility)."""
    if bar == -math.inf:
        return True
    return u < 1.0 / (1.0 + math.exp(min(MOST, bar - advantage)))
