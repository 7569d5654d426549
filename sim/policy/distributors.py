"""Distributors: money that makes those who sell for a firm do more."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating


class Distributors(NamedTuple):
    """Response of distributors' effort to spending."""

    ceiling: Annotated[
        float, Parameter("largest share of missing effort that money makes up for", "share", 0, 1,
                         "assumed; form Blattberg & Deighton 1996"),
    ] = 0.8  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast that share nears its ceiling",
                         "per unit of money per person served", 0, 1000, "assumed"),
    ] = 2.0  # fmt: skip


DISTRIBUTORS = Instrument(
    name="distributors",
    side="foundations",
    parameters=Distributors,
    targets=("all distributors of the firm",),
    per="person whom the firm's distributors serve",
    moves="effort of distributors (0 to 1), by a share of what is missing; what it does to the "
    "shelf and to service is the mechanism `availability`",
    paid="as planned",
    settings=("subscription", "repertoire", "b2b"),
    form="effort + (1 − effort) · ceiling · (1 − e^(−rate · spend per person served))",
    needs="distributors",
)


def support(spend_per_head: float, response: Distributors) -> float:
    """Share of missing effort that this spending a month makes up for."""
    return saturating(spend_per_head, response.ceiling, response.rate)
