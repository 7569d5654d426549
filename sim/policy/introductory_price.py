"""Introductory price: the first purchase is cheaper for those who never bought."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating


class IntroductoryPrice(NamedTuple):
    """Response of the discount, as it is felt, to spending."""

    ceiling: Annotated[
        float, Parameter("largest discount that is felt", "share of price", 0, 0.99, "assumed"),
    ] = 0.5  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast the felt discount nears its ceiling",
                         "per unit of money per first purchase", 0, 1000,
                         "assumed: at a price of 20 nobody feels more than is paid"),
    ] = 0.1  # fmt: skip
    spread: Annotated[
        float, Parameter("bills over which newcomers spread what they save on the first: who takes "
                         "out a contract compares what a year of it costs", "bills", 1, 1000,
                         "assumed", repertoire=1),
    ] = 12.0  # fmt: skip


INTRODUCTORY_PRICE = Instrument(
    name="introductory_price",
    side="acquisition",
    parameters=IntroductoryPrice,
    targets=("prospects", "a named group"),
    per="first purchase of last month",
    moves="discount: what a first purchase is felt to cost less, as a share of the price",
    paid="per event",
    settings=("subscription", "repertoire", "b2b"),
    form="ceiling · (1 − e^(−rate · spend per first purchase / spread))",
)


def discount(spend_per_purchase: float, response: IntroductoryPrice) -> float:
    """Felt discount of a first purchase, as a share of the price."""
    return saturating(spend_per_purchase / response.spread, response.ceiling, response.rate)
