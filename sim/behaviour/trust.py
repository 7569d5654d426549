"""Trust: whether the firm keeps what the customer believes it has promised.

Trust is won in small steps and lost in large ones (Slovic 1993). The measure is the believed
promise, the larger of what the firm says and what the person expects: against its own words alone a
firm could buy trust by promising little.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Trust(NamedTuple):
    """How trust is won, lost and weighed."""

    weight: Annotated[
        float, Parameter("weight of trust in choice", "utility per unit", 0, 50, "assumed",
                         neutral=0),
    ] = 1.0  # fmt: skip
    start: Annotated[
        float, Parameter("trust before any experience; also the point from which it weighs",
                         "trust", 0, 1, "assumed"),
    ] = 0.3  # fmt: skip
    keep: Annotated[
        float, Parameter("share of the believed promise that counts as kept", "share", 0, 1,
                         "assumed"),
    ] = 0.75  # fmt: skip
    gain: Annotated[
        float, Parameter("share of the missing trust won by a kept promise", "share", 0, 1,
                         "assumed; slow gain, fast loss: Slovic 1993", neutral=0),
    ] = 0.05  # fmt: skip
    loss: Annotated[
        float, Parameter("share of trust lost by a broken promise", "share", 0, 1,
                         "assumed; slow gain, fast loss: Slovic 1993", neutral=0),
    ] = 0.2  # fmt: skip


def kept(quality: float, promise: float, expectation: float, keep: float) -> bool:
    """Whether ``quality`` kept the believed promise."""
    return quality >= keep * max(promise, expectation)


def updated(trust: float, was_kept: bool, gain: float, loss: float) -> float:
    """Trust after a promise was kept or broken."""
    return trust + gain * (1.0 - trust) if was_kept else trust * (1.0 - loss)
