"""Advertising: reaches people, brings the firm to mind, and spreads its promise."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating
from sim.policy.targets import SELECTIONS


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
    carry_over: Annotated[
        float, Parameter("share of last month's goodwill that still works", "share per month",
                         0, 0.99, "assumed: 0, because people's memory carries advertising over; "
                         "form Nerlove & Arrow 1962"),
    ] = 0.0  # fmt: skip


ADVERTISING = Instrument(
    name="advertising",
    side="acquisition",
    parameters=Advertising,
    targets=("all", "prospects", "lapsed", "customers", *SELECTIONS, "a named group"),
    per="person targeted",
    moves="reach: the chance that a targeted person sees an advertisement in a month (0 to 1)",
    paid="as planned",
    settings=("subscription", "repertoire", "b2b"),
    form="ceiling · (1 − e^(−rate · spend per head)), where with a carry-over the spending is "
    "goodwill: carry_over · goodwill of last month + (1 − carry_over) · spend per head",
)


def goodwill(before: float, spend_per_head: float, kept: float) -> float:
    """Spending per head that works now, ``kept`` being the share of the old that is left.

    Nerlove & Arrow (1962), scaled so that steady spending works as it does without a carry-over.
    """
    return kept * before + (1.0 - kept) * spend_per_head


def reach(spend_per_head: float, response: Advertising) -> float:
    """Chance that a targeted person sees an advertisement in a month of this spending."""
    return saturating(spend_per_head, response.ceiling, response.rate)
