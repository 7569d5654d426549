"""Hospitality: visits, gifts and friendship, so that accounts are bound to their managers."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating


class Hospitality(NamedTuple):
    """Response of the personal bond to spending."""

    ceiling: Annotated[
        float, Parameter("largest share of the missing bond that it builds in a month", "share",
                         0, 1, "assumed"),
    ] = 0.1  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast that share nears its ceiling", "per unit of money per account",
                         0, 1000, "assumed"),
    ] = 0.02  # fmt: skip


HOSPITALITY = Instrument(
    name="hospitality",
    side="retention",
    parameters=Hospitality,
    targets=("all accounts of the firm",),
    per="account",
    moves="gifts: the share of the missing personal bond that is built (0 to 1); what a bond is "
    "worth, and when it ends, is the mechanism `bond`",
    paid="as planned",
    settings=("b2b",),
    form="ceiling · (1 − e^(−rate · spend per account))",
    needs="managers",
)


def gifts(spend_per_account: float, response: Hospitality) -> float:
    """Share of the missing bond that this spending a month builds in a month."""
    return saturating(spend_per_account, response.ceiling, response.rate)
