"""Price memory: a price feels dear or cheap against what the firm used to ask.

People hold a price against a reference that past prices have made, which lags behind the present
one, and what is lost against it weighs more than what is gained (Winer 1986; Kalyanaram & Winer
1995; Mazumdar, Raj & Sinha 2005). Prices are public here, so that all people hold the same against
a firm.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class PriceMemory(NamedTuple):
    """How much it matters what a firm used to ask."""

    adjusting: Annotated[
        float, Parameter("share of the way to the present price that the remembered one goes",
                         "share per month", 0, 1, "assumed; form Winer 1986", scale="share"),
    ] = 0.3  # fmt: skip
    gain: Annotated[
        float, Parameter("weight of a price below the remembered one, beside price itself",
                         "weight", 0, 10, "assumed off; sign Kalyanaram & Winer 1995", neutral=0),
    ] = 0.0  # fmt: skip
    loss: Annotated[
        float, Parameter("weight of a price above the remembered one, beside price itself",
                         "weight", 0, 10,
                         "assumed off; that it exceeds that of gains: Kalyanaram & Winer 1995",
                         neutral=0),
    ] = 0.0  # fmt: skip


def remembered(before: float, price: float, share: float) -> float:
    """The price that people remember after a step in which ``price`` was asked."""
    return before + share * (price - before)


def surprise(gap: float, gain: float, loss: float) -> float:
    """How much dearer (cheaper, if negative) a price feels that is ``gap`` above the remembered."""
    return loss * gap if gap > 0.0 else gain * gap
