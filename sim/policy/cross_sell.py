"""Cross-selling: offering customers the lines that they do not hold yet."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating


class CrossSell(NamedTuple):
    """Response of offers to spending."""

    ceiling: Annotated[
        float, Parameter("largest chance that a line is offered", "share", 0, 1,
                         "assumed; form Blattberg & Deighton 1996"),
    ] = 0.5  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast that chance nears its ceiling",
                         "per unit of money per bill or purchase with lines left to offer", 0, 1000,
                         "assumed"),
    ] = 0.5  # fmt: skip


CROSS_SELL = Instrument(
    name="cross_sell",
    side="retention",
    parameters=CrossSell,
    targets=("customers who do not hold every line",),
    per="bill or purchase of last month at which lines were left to offer",
    moves="cross_sell: the chance that a customer is offered a line they do not hold (0 to 1); "
    "who listens and who takes it is the mechanism `breadth`",
    paid="per event",
    settings=("subscription", "repertoire", "b2b"),
    form="ceiling · (1 − e^(−rate · spend per bill or purchase))",
    needs="lines",
)


def offered(spend_per_purchase: float, response: CrossSell) -> float:
    """Chance that a line is offered at a bill or purchase for which so much is spent."""
    return saturating(spend_per_purchase, response.ceiling, response.rate)
