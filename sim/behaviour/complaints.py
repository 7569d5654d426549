"""Complaints: who speaks up after a failure, and who says nothing.

Few complain of a small loss, and of a large one not all do (Goodman & Newman: 3 and about 69 of
100). Who is bound to a firm would rather speak than go; who can easily go would rather go than
speak (Hirschman 1970: exit, voice, and loyalty). The directions are published, the sizes are not.
"""

import math
from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter

LEAST_STAKE = 1e-9
"""Bill, in reference prices, below which no loss is smaller."""


class Complaints(NamedTuple):
    """What makes somebody speak up; without any of it all do so alike, see `experience`."""

    loss: Annotated[
        float, Parameter("how much likelier complaints are of a larger loss", "exponent", 0, 5,
                         "assumed off; sign Goodman & Newman", neutral=0),
    ] = 0.0  # fmt: skip
    voice: Annotated[
        float, Parameter("how much likelier the committed complain", "per unit of commitment", 0,
                         10, "assumed off; sign Hirschman 1970", neutral=0),
    ] = 0.0  # fmt: skip
    exit: Annotated[
        float, Parameter("how much less likely those complain who have somewhere else to go",
                         "per chance that a rival is at hand", 0, 10,
                         "assumed off; sign Hirschman 1970", neutral=0),
    ] = 0.0  # fmt: skip


def chance(
    flat: float, stake: float, commitment: float, at_hand: float, rules: Complaints
) -> float:
    """Chance that somebody complains of a failure.

    Args:
        flat: the chance for a bill of one reference price, without commitment, without rivals.
        stake: the bill in reference prices, above 0.
        commitment: to the firm, 0 to 1.
        at_hand: chance that a rival is at hand, 0 to 1.
        rules: how each of them weighs.
    """
    urge = rules.loss * math.log(max(stake, LEAST_STAKE))
    urge += rules.voice * commitment - rules.exit * at_hand
    return float(flat ** math.exp(-urge))


def out_of_reach(presence: float, switching_cost: float) -> float:
    """Chance that a rival is not at hand: it does not come to mind, or is dear to go to."""
    return 1.0 - presence * math.exp(-max(0.0, switching_cost))
