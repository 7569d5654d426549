"""Supply: what bought inputs make of a firm's product.

A product is as good, and as dear, as its parts by their weight: the firm's own work and what it
buys. While supply fails, some purchases fail with it.
"""

import math
from collections.abc import Iterable
from typing import Annotated, NamedTuple

from sim.behaviour.experience import clipped
from sim.behaviour.parameter import Parameter


class Supply(NamedTuple):
    """What suppliers' effort and failures do to a product."""

    at_stake: Annotated[
        float, Parameter("share of input quality that depends on the supplier's effort", "share",
                         0, 1, "assumed", neutral=0),
    ] = 0.2  # fmt: skip
    keep: Annotated[
        float, Parameter("share of the agreed input quality that counts as kept", "share", 0, 1,
                         "assumed"),
    ] = 0.75  # fmt: skip
    harm: Annotated[
        float, Parameter("chance that a purchase fails because the supply of all inputs does",
                         "share", 0, 1, "assumed", neutral=0),
    ] = 0.5  # fmt: skip
    shock: Annotated[
        float, Parameter("share of the time in which the supply of everybody fails at once",
                         "share", 0, 1, "assumed; off by default", neutral=0),
    ] = 0.0  # fmt: skip


def drifted(quality: float, drift: float, wander: float, z: float, months: float) -> float:
    """Input quality so many months later: drift by time, a random walk by a standard normal."""
    return clipped(quality + drift * months + wander * math.sqrt(months) * z)


def of_parts(own: float, parts: Iterable[tuple[float, float]]) -> float:
    """Quality or cost of a product of own work and parts, each with its share and its value."""
    return math.fsum([own, *(share * (value - own) for share, value in parts)])


def failures(own: float, missing: Iterable[float], harm: float) -> float:
    """Chance that a purchase fails, while parts of these shares of the product are missing."""
    chance = own
    for share in missing:
        chance += (1.0 - chance) * harm * share
    return chance
