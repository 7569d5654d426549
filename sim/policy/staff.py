"""Staff: money spent on training the people who serve customers."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating


class Staff(NamedTuple):
    """Response of training to spending."""

    ceiling: Annotated[
        float, Parameter("how near to the best training any money comes", "share", 0, 1,
                         "assumed; form Blattberg & Deighton 1996"),
    ] = 0.9  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast training nears its ceiling",
                         "per unit of money per head trained", 0, 1000, "assumed"),
    ] = 0.01  # fmt: skip


STAFF = Instrument(
    name="staff",
    side="foundations",
    parameters=Staff,
    targets=("all staff, or the front line: `trained` of the firm's staff",),
    per="head of the departments trained",
    moves="trained: how good training is (0 to 1); what it does to skill and morale is the "
    "mechanism `staffing`",
    paid="as planned",
    settings=("subscription", "repertoire", "b2b"),
    form="ceiling · (1 − e^(−rate · spend per head trained))",
    needs="staff",
)


def trained(spend_per_head: float, response: Staff) -> float:
    """How good training is at this spending a month, against the best."""
    return saturating(spend_per_head, response.ceiling, response.rate)
