"""Availability: what those who sell for a firm make of its product.

Who buys from a distributor meets its work beside the firm's: whether the product is there when it
is wanted (physical availability; coming to mind is another thing), and the service with which it is
sold. Both hang on the distributor's effort, and so on its tie with the firm. All sizes are assumed.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Availability(NamedTuple):
    """What distributors' effort does to those who buy from them."""

    at_stake: Annotated[
        float, Parameter("share of availability and service that depends on effort", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.3  # fmt: skip
    keep: Annotated[
        float, Parameter("share of the agreed quality of service that counts as kept", "share", 0,
                         1, "assumed"),
    ] = 0.75  # fmt: skip
    weight: Annotated[
        float, Parameter("share of what customers meet that is their distributor's service",
                         "share", 0, 1, "assumed", neutral=0),
    ] = 0.2  # fmt: skip


def supported(effort: float, support: float) -> float:
    """Effort of a distributor for whom the firm fills a share of what is missing."""
    return effort + support * (1.0 - effort)


def added(own: float, service: float, weight: float) -> float:
    """Quality that a distributor's service adds to the firm's own, or takes from it."""
    return weight * (service - own)


def is_there(u: float, available: float) -> bool:
    """Whether the product is there at an occasion."""
    return u < available
