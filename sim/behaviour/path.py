"""The path to a purchase: who wants to buy from a firm can be lost on the way through it.

An order goes from one department to the next, and at each of these passages friction loses some: a
call that nobody returns, an offer that comes too late, a bill for something else. That it does so,
and how much, is assumed.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Path(NamedTuple):
    """How much of the friction that firms declare their would-be buyers meet."""

    weight: Annotated[
        float, Parameter("share of the friction between departments that buyers meet", "share", 0,
                         1, "assumed", neutral=0),
    ] = 1.0  # fmt: skip


def lost(friction: float, departments: int, integrated: float, weight: float) -> float:
    """Chance that a would-be buyer is lost on the way through so many departments.

    Args:
        friction: chance to be lost at one passage from a department to the next, 0 to 1.
        departments: through how many an order goes, 1 at least.
        integrated: share of the friction that integration takes away, 0 to 1.
        weight: share of the friction that buyers meet, 0 to 1.
    """
    passes = 1.0 - friction * weight * (1.0 - integrated)
    return float(1.0 - passes ** (departments - 1))
