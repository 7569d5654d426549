"""Need: how often a person looks for something to buy.

In a repertoire market purchase occasions arrive at random, Poisson with the person's own rate (a
gamma mixture of them is the NBD of Ehrenberg 1959). In a subscription market a need arises when a
contract's period ends; a person without a provider looks around at the look rate.
"""

from typing import Annotated, NamedTuple

from sim import draws
from sim.behaviour.parameter import Parameter


class Needs(NamedTuple):
    """What sets off a look at the market."""

    look_rate: Annotated[
        float,
        Parameter(
            "chance a month that a person without a provider looks for one (subscription); "
            "0 means lost for good",
            "share per month", 0, 1, "assumed", scale="share",
        ),
    ] = 0.2  # fmt: skip
    buy_once: Annotated[
        bool, Parameter("no need after the first purchase", "true or false", 0, 1, "Bass (1969)")
    ] = False


def occasions(u: float, rate: float, season: float, time: float) -> int:
    """Purchase occasions in ``time`` steps at ``rate`` per step, times the season's factor."""
    return draws.poisson(u, rate * season * time)
