"""Promises: what people take a firm's words for.

Advertising may promise more than operations deliver. Where a market is transparent (tests, ratings,
trials), people see through a promise some of the way to the quality that stands behind it, and hold
the firm to what they saw rather than to what it said.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Promises(NamedTuple):
    """How far words and deeds are held against each other before a purchase."""

    transparency: Annotated[
        float, Parameter("how far people see through a promise to the quality behind it", "share",
                         0, 1, "assumed off", neutral=0),
    ] = 0.0  # fmt: skip


def believed(promise: float, quality: float, transparency: float) -> float:
    """What a ``promise`` is taken for where a firm delivers ``quality`` without service."""
    return promise + transparency * (quality - promise)
