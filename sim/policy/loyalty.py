"""Loyalty: a flat reward for every purchase after the first, to all or to some."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating
from sim.policy.targets import SELECTIONS


class Loyalty(NamedTuple):
    """Response of the perceived reward to spending."""

    ceiling: Annotated[
        float, Parameter("largest reward that a customer perceives", "reference prices", 0, 10,
                         "assumed"),
    ] = 0.5  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast the perceived reward nears its ceiling",
                         "per unit of money per rewarded purchase", 0, 1000, "assumed"),
    ] = 0.7  # fmt: skip


LOYALTY = Instrument(
    name="loyalty",
    side="retention",
    parameters=Loyalty,
    targets=("all", *SELECTIONS, "a named group"),
    per="rewarded purchase of last month",
    moves="reward: what a purchase after the first brings, as perceived, in reference prices",
    paid="per event",
    settings=("subscription", "repertoire", "b2b"),
    form="ceiling · (1 − e^(−rate · spend per rewarded purchase))",
)


def reward(spend_per_purchase: float, response: Loyalty) -> float:
    """Perceived reward of one purchase after the first, in reference prices."""
    return saturating(spend_per_purchase, response.ceiling, response.rate)
