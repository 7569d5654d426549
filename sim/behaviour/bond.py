"""The personal bond between an account and the manager who looks after it.

Ties between persons carry more than ties with firms (Palmatier, Dant, Grewal & Evans 2006: the
sign; the size, in these units, is assumed). A bond belongs to the manager: it grows with visits and
gifts, ends for the firm when the manager leaves, and a part goes along to whoever hires them.
"""

import math
from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Bond(NamedTuple):
    """What a personal bond is worth, how it grows, and when its owner leaves (b2b)."""

    weight: Annotated[
        float, Parameter("weight of the bond in choice", "utility per unit", 0, 50,
                         "assumed; sign Palmatier et al. 2006", neutral=0),
    ] = 2.0  # fmt: skip
    growth: Annotated[
        float, Parameter("share of the missing bond that visits build", "share per month", 0, 1,
                         "assumed", neutral=0, scale="share"),
    ] = 0.04  # fmt: skip
    fading: Annotated[
        float, Parameter("share of the bond lost where nobody visits", "share per month", 0, 1,
                         "assumed", neutral=0, scale="share"),
    ] = 0.05  # fmt: skip
    quits: Annotated[
        float, Parameter("chance that a manager of the usual wage leaves", "share per month", 0, 1,
                         "assumed", neutral=0, scale="share"),
    ] = 0.01  # fmt: skip
    usual_wage: Annotated[
        float, Parameter("wage that others would pay", "money a month", 1e-6, 1e9, "assumed"),
    ] = 4000.0  # fmt: skip
    pay: Annotated[
        float, Parameter("how a better wage lowers that chance: per cent for one per cent",
                         "elasticity", 0, 10, "assumed", neutral=0),
    ] = 1.0  # fmt: skip
    hired: Annotated[
        float, Parameter("share of those who leave whom a rival hires", "share", 0, 1, "assumed",
                         neutral=0),
    ] = 0.5  # fmt: skip
    carried: Annotated[
        float, Parameter("share of their bonds that goes along", "share", 0, 1, "assumed",
                         neutral=0),
    ] = 0.5  # fmt: skip


def grown(bond: float, visits: float, gifts: float) -> float:
    """A bond after a step: each fills a share, 0 to 1, of what is missing."""
    return bond + (1.0 - (1.0 - visits) * (1.0 - gifts)) * (1.0 - bond)


def faded(bond: float, fading: float) -> float:
    """A bond after a step in which nobody visits."""
    return bond * (1.0 - fading)


def quits(chance: float, wage: float, usual: float, pay: float) -> float:
    """Chance that a manager of this ``wage`` leaves in a step; unpaid ones leave at once."""
    if pay == 0.0:
        return chance
    if wage == 0.0:
        return 1.0
    if chance == 0.0:
        return 0.0
    worse = pay * (math.log(usual) - math.log(wage))
    return math.exp(min(0.0, math.log(chance) + worse))
