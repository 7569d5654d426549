"""Advertising: reaches people, brings the firm to mind, and spreads its promise."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating


class Advertising(NamedTuple):
    """Response of reach to spending."""

    ceiling: Annotated[
        float, Parameter("largest share of the target that a month's advertising reaches", "share",
                         0, 1, "assumed; form Blattberg & Deighton 1996"),
    ] = 0.3  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast reach nears its ceiling", "per unit of money per head", 0, 1000,
                         "assumed"),
    ] = 1.2  # fmt: skip


ADVERTISING = Instrument(
    name="advertising",
    side="acquisition",
    parameters=Advertising,
    targets=("all", "prospects", "lapsed", "customers", "a named group"),
    per="person targeted",
    moves="reach: the chance that a targeted person sees an advertisement in a month (0 to 1)",
    paid="as planned",
    settings=("subscription", "repertoire"),
    form="ceiling · (1 − e^(−rate · spend per head))",
)


def reach(spend_per_head: float, response: Advertising) -> float:
    """Chance that a targeted person sees an advertisement in a month of this spending."""
    return saturating(spend_per_head, response.ceiling, response.rate)
