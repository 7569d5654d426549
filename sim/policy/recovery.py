"""Recovery: money spent on each complaint, so that more of them are put right."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating


class Recovery(NamedTuple):
    """Response of the recovery rate to spending."""

    ceiling: Annotated[
        float, Parameter("largest share of otherwise unanswered complaints put right", "share",
                         0, 1, "assumed"),
    ] = 0.8  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast that share nears its ceiling",
                         "per unit of money per complaint", 0, 1000, "assumed"),
    ] = 0.1  # fmt: skip


RECOVERY = Instrument(
    name="recovery",
    side="retention",
    parameters=Recovery,
    targets=("customers who complain",),
    per="complaint of last month",
    moves="recover: the chance that a complaint is put right (0 to 1)",
    paid="per event",
    settings=("subscription", "repertoire", "b2b"),
    form="recover + (1 − recover) · ceiling · (1 − e^(−rate · spend per complaint))",
)


def recover(base: float, spend_per_complaint: float, response: Recovery) -> float:
    """Chance that a complaint is put right in this step."""
    return base + (1.0 - base) * saturating(spend_per_complaint, response.ceiling, response.rate)
