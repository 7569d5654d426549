"""Rejection: what people make of a firm that ends the relationship with them.

That customers who are turned away lose trust and speak badly is assumed, and so is how much of it;
the mechanism is there so that a policy which stops customers does not come without this cost.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Rejection(NamedTuple):
    """What those remember, and tell, with whom a firm has done with."""

    trust: Annotated[
        float, Parameter("share of trust lost by being turned away", "share", 0, 1, "assumed",
                         neutral=0),
    ] = 0.5  # fmt: skip
    satisfaction: Annotated[
        float, Parameter("share of satisfaction lost by it", "share", 0, 1, "assumed", neutral=0),
    ] = 0.5  # fmt: skip
    tells: Annotated[
        float, Parameter("how much they tell of it, against what they would tell of a purchase",
                         "factor", 0, 100, "assumed", neutral=0),
    ] = 1.0  # fmt: skip


def left_of(value: float, lost: float) -> float:
    """What is left of trust or satisfaction, ``lost`` being the share that goes."""
    return value * (1.0 - lost)
