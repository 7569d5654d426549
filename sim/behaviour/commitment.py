"""Commitment: the wish to stay that goes beyond this month's bargain.

It follows trust (trust leads to commitment: Morgan & Hunt 1994), comes easier to people who like
lasting relationships, and does not survive dissatisfaction.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.experience import clipped
from sim.behaviour.parameter import Parameter

TEPID = 0.5
SPAN = 0.4


class Commitment(NamedTuple):
    """How commitment grows and weighs."""

    weight: Annotated[
        float, Parameter("weight of commitment in choice", "utility per unit", 0, 50, "assumed",
                         neutral=0),
    ] = 0.5  # fmt: skip
    base: Annotated[
        float, Parameter("commitment open to a person with no relational orientation",
                         "share", 0, 1, "assumed"),
    ] = 0.5  # fmt: skip
    learning: Annotated[
        float, Parameter("share of the way to its target at each purchase", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.1  # fmt: skip


def target(trust: float, satisfaction: float, orientation: float, base: float) -> float:
    """The commitment that fits a relationship: none at satisfaction .5 or less, all from .9."""
    warmth = clipped((satisfaction - TEPID) / SPAN)
    return (base + (1.0 - base) * orientation) * trust * warmth


def bound(towards: float, benefit: float, orientation: float) -> float:
    """A target (0 to 1) with a benefit of the relationship: it fills some of what is missing."""
    return towards + (1.0 - towards) * orientation * benefit


def updated(commitment: float, towards: float, learning: float) -> float:
    """Commitment after a purchase."""
    return commitment + learning * (towards - commitment)
