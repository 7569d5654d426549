"""Breadth: how many lines of a firm a customer holds beside its main product.

At every bill or purchase after the first a customer goes through the lines of the firm that they
need. One that they do not hold may come up, by itself or because it is offered; then it is taken
here or the need is met elsewhere, a logit of two in what the customer thinks of the firm and in how
dear the line is against elsewhere. One that they hold may be given up, the sooner the less
satisfied they are. That switching costs grow with breadth is published as a direction (Pick &
Eisend 2014); all sizes are assumed, and the bond is off by default: whether customers with more
lines stay longer is measured.
"""

import math
from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Breadth(NamedTuple):
    """How customers come to hold more lines of a firm, and what that does."""

    attention: Annotated[
        float, Parameter("chance that a line that is needed comes up by itself",
                         "share per bill or purchase", 0, 1, "assumed", neutral=0),
    ] = 0.02  # fmt: skip
    openness: Annotated[
        float, Parameter("share of offers that customers listen to", "share", 0, 1, "assumed",
                         neutral=0),
    ] = 0.5  # fmt: skip
    lapse: Annotated[
        float, Parameter("chance that a satisfied customer gives up a line",
                         "share per bill or purchase", 0, 1, "assumed", neutral=0),
    ] = 0.01  # fmt: skip
    unhappy: Annotated[
        float, Parameter("what is added to that chance for each unit of satisfaction below the "
                         "reference", "per bill or purchase", 0, 10, "assumed", neutral=0),
    ] = 0.5  # fmt: skip
    bond: Annotated[
        float, Parameter("what each line held adds to the cost of going elsewhere", "utility", 0,
                         50, "assumed; sign Pick & Eisend 2014; off by default", neutral=0),
    ] = 0.0  # fmt: skip


def comes_up(by_itself: float, offered: float, openness: float) -> float:
    """Chance that a line comes up, that is ``offered`` with some chance (0 to 1)."""
    return by_itself + (1.0 - by_itself) * openness * offered


def chance_of_taking(value: float) -> float:
    """Chance that the need is met here, where that is worth ``value`` more than elsewhere."""
    if value >= 0.0:
        return 1.0 / (1.0 + math.exp(-value))
    odds = math.exp(value)
    return odds / (1.0 + odds)


def chance_of_giving_up(
    satisfaction: float, reference: float, lapse: float, unhappy: float
) -> float:
    """Chance that a line is given up at this satisfaction with it (0 to 1)."""
    return min(1.0, lapse + unhappy * max(0.0, reference - satisfaction))


def bond(lines: int, weight: float) -> float:
    """Utility that so many ``lines`` held add to staying."""
    return weight * lines
