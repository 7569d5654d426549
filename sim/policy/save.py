"""Save: some of those about to leave are seen in time and offered a discount.

An unconditional offer would be a money machine; only the seen share can be kept, and each decides
again with the same draws.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating


class Save(NamedTuple):
    """Response of the seen share to spending, and what is offered."""

    ceiling: Annotated[
        float, Parameter("largest share of would-be leavers seen in time", "share", 0, 1,
                         "assumed"),
    ] = 0.2  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast the seen share nears its ceiling",
                         "per unit of money per would-be leaver", 0, 1000, "assumed"),
    ] = 0.05  # fmt: skip
    discount: Annotated[
        float, Parameter("discount on this renewal for a leaver who is seen", "share of price",
                         0, 0.99, "assumed"),
    ] = 0.2  # fmt: skip


SAVE = Instrument(
    name="save",
    side="retention",
    parameters=Save,
    targets=("customers about to leave",),
    per="would-be leaver of last month",
    moves="seen: the share of would-be leavers who are seen and offered the discount (0 to 1)",
    paid="per event",
    settings=("subscription", "b2b"),
    form="ceiling · (1 − e^(−rate · spend per would-be leaver)); discounts given come on top",
)


def seen(spend_per_leaver: float, response: Save) -> float:
    """Share of would-be leavers who are seen in time in this step."""
    return saturating(spend_per_leaver, response.ceiling, response.rate)
