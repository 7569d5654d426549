"""Win-back: former customers are approached, with a discount if they come back at once."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating


class WinBack(NamedTuple):
    """Response of the chance of an offer to spending, and what is offered."""

    ceiling: Annotated[
        float, Parameter("largest share of former customers approached in a month", "share", 0, 1,
                         "assumed"),
    ] = 0.3  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast that share nears its ceiling",
                         "per unit of money per former customer", 0, 1000, "assumed"),
    ] = 0.7  # fmt: skip
    discount: Annotated[
        float, Parameter("discount on the first purchase of those who come back",
                         "share of price", 0, 0.99, "assumed"),
    ] = 0.2  # fmt: skip


WIN_BACK = Instrument(
    name="win_back",
    side="retention",
    parameters=WinBack,
    targets=("lapsed", "scores", "a named group"),
    per="former customer",
    moves="win_back: the chance that a former customer is approached in a month (0 to 1); the "
    "offer brings the firm to mind and is open until the next occasion",
    paid="as planned",
    settings=("subscription", "repertoire", "b2b"),
    form="ceiling · (1 − e^(−rate · spend per former customer)); discounts given come on top",
)


def approached(spend_per_head: float, response: WinBack) -> float:
    """Chance that a former customer is approached in a month of this spending."""
    return saturating(spend_per_head, response.ceiling, response.rate)
