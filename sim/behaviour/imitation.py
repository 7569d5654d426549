"""Imitation: a person adopts because others have (Bass 1969).

A person who never bought from a firm is struck by it with probability
``innovation + imitation · share of people who are its customers``. While it is on, this stands in
the place of the remembered salience; one draw serves both causes, so the market follows the
discrete Bass map F ← F + (p + qF)(1 − F) as it grows large.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Imitation(NamedTuple):
    """The two coefficients of Bass; both 0 switches the mechanism off."""

    innovation: Annotated[
        float, Parameter("chance to adopt with no adopters about", "per month", 0, 1,
                         "Bass 1969; off by default", neutral=0, scale="rate"),
    ] = 0.0  # fmt: skip
    imitation: Annotated[
        float, Parameter("what is added to that chance when all others have adopted",
                         "per month", 0, 1, "Bass 1969; off by default", neutral=0, scale="rate"),
    ] = 0.0  # fmt: skip


def salience(share: float, innovation: float, imitation: float) -> float:
    """Chance that a firm held by ``share`` of all people strikes one who never bought from it."""
    return innovation + imitation * share
