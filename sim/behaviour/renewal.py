"""Renewal: how ties end, go on, and begin again with somebody else.

A contract binds both sides until its term is over; a breach frees who was betrayed. A firm does not
go on with a partner that it trusts too little, and a partner that is not committed may not renew.
Whoever comes next is found at a cost, and needs time to work as well as the one before.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.experience import clipped
from sim.behaviour.parameter import Parameter


class Renewal(NamedTuple):
    """When ties end, and what begins after them."""

    tolerance: Annotated[
        float, Parameter("trust under which a firm does not go on with a partner", "trust", 0, 1,
                         "assumed", neutral=0),
    ] = 0.2  # fmt: skip
    leave: Annotated[
        float, Parameter("chance that a partner without commitment does not renew", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.3  # fmt: skip
    ramp_up: Annotated[
        float, Parameter("time until a new partner works as well as it can", "months", 0, 120,
                         "assumed", neutral=0),
    ] = 6.0  # fmt: skip
    spread: Annotated[
        float, Parameter("standard deviation of the quality of work among those who may come next",
                         "quality", 0, 1, "assumed", neutral=0),
    ] = 0.05  # fmt: skip


def is_dropped(trust: float, is_free: bool, tolerance: float) -> bool:
    """Whether a firm that is free to do so ends a tie."""
    return is_free and trust < tolerance


def does_not_renew(u: float, commitment: float, leave: float) -> bool:
    """Whether a partner leaves at the end of a term."""
    return u < leave * (1.0 - commitment)


def familiarity(age: float, ramp_up: float) -> float:
    """Share of its cooperation that a tie of so many months can put into work."""
    return 1.0 if age >= ramp_up else age / ramp_up


def found(quality: float, z: float, spread: float) -> float:
    """Quality of the work of the next partner, ``z`` being standard normal."""
    return clipped(quality + spread * z)
