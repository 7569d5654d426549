"""Satisfaction: the running verdict on a firm, moved by experience and by disconfirmation.

A shortfall against expectation weighs more than a surplus of the same size (Anderson & Sullivan
1993). The ratio of 2 is near the 1.955 [1.820, 2.102] of loss aversion in general (Brown, Imai,
Vieider & Camerer 2024).
"""

from typing import Annotated, NamedTuple

from sim.behaviour.experience import clipped
from sim.behaviour.parameter import Parameter


class Satisfaction(NamedTuple):
    """How satisfaction learns, relaxes and weighs."""

    weight: Annotated[
        float, Parameter("weight of satisfaction (before the first purchase: of expectation) in "
                         "choice", "utility per unit", 0, 50, "assumed", neutral=0),
    ] = 4.0  # fmt: skip
    reference: Annotated[
        float, Parameter("satisfaction that is neither praise nor blame", "satisfaction", 0, 1,
                         "assumed"),
    ] = 0.65  # fmt: skip
    learning: Annotated[
        float, Parameter("weight of the latest experience", "share", 0, 1, "assumed", neutral=0),
    ] = 0.3  # fmt: skip
    delight: Annotated[
        float, Parameter("extra weight of what exceeded expectation", "factor", 0, 5,
                         "assumed", neutral=0),
    ] = 0.5  # fmt: skip
    disappointment: Annotated[
        float, Parameter("extra weight of what fell short of expectation", "factor", 0, 5,
                         "ratio to delight: Anderson & Sullivan 1993 (sign), Brown et al. 2024",
                         neutral=0),
    ] = 1.0  # fmt: skip
    relaxation: Annotated[
        float, Parameter("share of the way to expectation in a month without business",
                         "share per month", 0, 1, "assumed", neutral=0,
                         scale="share", half_life=True),
    ] = 0.03  # fmt: skip


def surprise(disconfirmation: float, delight: float, disappointment: float) -> float:
    """What a ``disconfirmation`` (quality minus expectation) adds to the verdict."""
    if disconfirmation >= 0.0:
        return delight * disconfirmation
    return disappointment * disconfirmation


def after_experience(
    satisfaction: float, quality: float, disconfirmation: float, mechanism: Satisfaction
) -> float:
    """Satisfaction after an experience of ``quality``, ``disconfirmation`` away from expected."""
    extra = surprise(disconfirmation, mechanism.delight, mechanism.disappointment)
    return satisfaction + mechanism.learning * (clipped(quality + extra) - satisfaction)
