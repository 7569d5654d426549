"""Negotiation: the discount from list that an account gets when a contract is signed or renewed.

Who buys much and has others to turn to gets more; who trusts bargains less hard. That large buyers
and rival offers lower the price paid is common; the form and all sizes are assumed.
"""

import math
from typing import Annotated, NamedTuple

from sim.behaviour.choice import NEXT_TO_NOTHING
from sim.behaviour.parameter import Parameter


class Negotiation(NamedTuple):
    """How far accounts can beat the price down (b2b)."""

    most: Annotated[
        float, Parameter("discount of an account that has all the power", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.1  # fmt: skip
    size: Annotated[
        float, Parameter("power of an endlessly large account without rival offers", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.5  # fmt: skip
    rivals: Annotated[
        float, Parameter("power of a small account with endlessly many rival offers", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.5  # fmt: skip
    trust: Annotated[
        float, Parameter("share of the discount that full trust spares the firm", "share", 0, 1,
                         "assumed", neutral=0),
    ] = 0.3  # fmt: skip


def power(units: float, rivals: float, rules: Negotiation) -> float:
    """Power of an account, 0 to 1: of ``units`` a month against 1, with so many rival offers.

    Size and rival offers take their shares of what power is missing.
    """
    by_size = rules.size * units / (1.0 + units)
    by_rivals = rules.rivals * rivals / (1.0 + rivals)
    return 1.0 - (1.0 - by_size) * (1.0 - by_rivals)


def discount(power: float, trust: float, rules: Negotiation) -> float:
    """Share of the list price that is let off."""
    return rules.most * power * (1.0 - rules.trust * trust)


def relief(discount: float, price: float, reference: float, linear: bool) -> float:
    """How much less dear the price feels, see ``choice.price_gap``."""
    if linear:
        return discount * price / reference
    return -math.log(max(1.0 - discount, NEXT_TO_NOTHING))
