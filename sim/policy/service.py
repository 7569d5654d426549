"""Service: money spent on doing the job better for those who are customers."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating
from sim.policy.targets import SELECTIONS


class Service(NamedTuple):
    """Response of quality to spending."""

    ceiling: Annotated[
        float, Parameter("largest share of the headroom of quality that service fills", "share",
                         0, 1, "assumed (.4 if cautious); form Blattberg & Deighton 1996"),
    ] = 0.6  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast the lift nears its ceiling", "per unit of money per customer",
                         0, 1000, "assumed"),
    ] = 0.7  # fmt: skip
    failure_relief: Annotated[
        float, Parameter("share of failures avoided when service is at its ceiling", "share", 0, 1,
                         "assumed"),
    ] = 0.5  # fmt: skip


SERVICE = Instrument(
    name="service",
    side="retention",
    parameters=Service,
    targets=("customers", *SELECTIONS, "a named group"),
    per="customer",
    moves="lift: share of the headroom of quality that is filled (0 to 1); failures fall with it",
    paid="as planned",
    settings=("subscription", "repertoire", "b2b"),
    form="ceiling · (1 − e^(−rate · spend per customer)); "
    "failures × (1 − failure_relief · lift / ceiling)",
)


def lift(spend_per_customer: float, response: Service) -> float:
    """Share of the headroom of quality that service fills at this spending a month."""
    return saturating(spend_per_customer, response.ceiling, response.rate)


def failures_left(lifted: float, response: Service) -> float:
    """Factor on the chance of a failure."""
    if response.ceiling == 0.0:
        return 1.0
    return 1.0 - response.failure_relief * lifted / response.ceiling
