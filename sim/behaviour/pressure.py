"""Forced selling: pressure on those who have not decided, and what they think of it afterwards.

Pressure makes an offer harder to turn down. Who was pressed trusts the firm less, whatever was
decided, and who gave in is less satisfied (reactance). The forms and all sizes are assumed.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Pressure(NamedTuple):
    """What pressing accounts brings, and what it costs (b2b)."""

    push: Annotated[
        float, Parameter("what full pressure adds to a firm that is a lead or an opportunity",
                         "utility", 0, 50, "assumed", neutral=0),
    ] = 1.0  # fmt: skip
    distrust: Annotated[
        float, Parameter("share of trust that full pressure costs, at each decision", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.3  # fmt: skip
    regret: Annotated[
        float, Parameter("share of satisfaction that it costs with those who gave in", "share", 0,
                         1, "assumed", neutral=0),
    ] = 0.1  # fmt: skip


def added(pressure: float, push: float) -> float:
    """Utility that ``pressure``, 0 to 1, adds to an offer."""
    return push * pressure


def left(state: float, pressure: float, lost: float) -> float:
    """Trust or satisfaction after pressure that costs a share ``lost`` of it when full."""
    return state * (1.0 - lost * pressure)
