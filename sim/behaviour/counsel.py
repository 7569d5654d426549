"""Counsel: what an agency makes of a firm's advertising money.

Money works as well as the campaigns that it pays for. An agency's are as good as its people, their
effort, and what they know of the firm; that comes with time and goes with them. A firm without an
agency makes its own.
"""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter


class Counsel(NamedTuple):
    """What agencies' work does to advertising."""

    at_stake: Annotated[
        float, Parameter("share of the quality of campaigns that depends on the agency's effort",
                         "share", 0, 1, "assumed", neutral=0),
    ] = 0.2  # fmt: skip
    keep: Annotated[
        float, Parameter("share of the agreed quality that counts as kept", "share", 0, 1,
                         "assumed"),
    ] = 0.75  # fmt: skip
    stranger: Annotated[
        float, Parameter("share of its best that an agency does for a firm that it does not know",
                         "share", 0, 1, "assumed", neutral=1),
    ] = 0.7  # fmt: skip
    learning: Annotated[
        float, Parameter("share of what it does not know yet that it learns", "share per month", 0,
                         1, "assumed", scale="share"),
    ] = 0.05  # fmt: skip
    house: Annotated[
        float, Parameter("quality of campaigns that firms make themselves", "quality", 0, 1,
                         "assumed"),
    ] = 0.6  # fmt: skip
    power: Annotated[
        float, Parameter("what better campaigns add to what money does", "factor per quality", 0,
                         100, "assumed", neutral=0),
    ] = 2.0  # fmt: skip


def known(age: float, learning: float) -> float:
    """Share of what there is to know of a firm that is known after so many months."""
    return 1.0 - float((1.0 - learning) ** age)


def campaigns(delivered: float, knowledge: float, stranger: float) -> float:
    """Quality of campaigns by an agency that knows so much of the firm."""
    return delivered * (stranger + (1.0 - stranger) * knowledge)


def efficiency(quality: float, house: float, power: float) -> float:
    """Factor on advertising money, 1 for campaigns as good as the firm's own."""
    return max(0.0, 1.0 + power * (quality - house))
