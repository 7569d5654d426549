"""Contact: writing to customers or calling them, so that the relationship stays warm."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating
from sim.policy.targets import SELECTIONS


class Contact(NamedTuple):
    """Response of the chance of a contact to spending."""

    ceiling: Annotated[
        float, Parameter("largest share of customers contacted in a month", "share", 0, 1,
                         "assumed"),
    ] = 0.6  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast that share nears its ceiling", "per unit of money per customer",
                         0, 1000, "assumed"),
    ] = 1.0  # fmt: skip


CONTACT = Instrument(
    name="contact",
    side="retention",
    parameters=Contact,
    targets=("customers", *SELECTIONS, "a named group"),
    per="customer targeted who has not opted out",
    moves="contact: the chance that a customer is contacted in a month (0 to 1); what a contact "
    "does, how it wearies and when people opt out is the mechanism `contacts`",
    paid="as planned",
    settings=("subscription", "repertoire", "b2b"),
    form="ceiling · (1 − e^(−rate · spend per customer))",
)


def contacted(spend_per_customer: float, response: Contact) -> float:
    """Chance that a customer is contacted in a month of this spending."""
    return saturating(spend_per_customer, response.ceiling, response.rate)
