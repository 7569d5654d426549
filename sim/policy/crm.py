"""CRM: writing down what customers show of themselves, so that they are known."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating
from sim.policy.targets import SELECTIONS


class Crm(NamedTuple):
    """Response of what is written down to spending."""

    ceiling: Annotated[
        float, Parameter("largest share that is written down", "share", 0, 1,
                         "assumed; form Blattberg & Deighton 1996"),
    ] = 0.9  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast that share nears its ceiling", "per unit of money per customer",
                         0, 1000, "assumed"),
    ] = 4.0  # fmt: skip


CRM = Instrument(
    name="crm",
    side="retention",
    parameters=Crm,
    targets=("customers", *SELECTIONS, "a named group"),
    per="customer targeted",
    moves="collected: the share of what a purchase or a contact shows of a customer that is "
    "written down (0 to 1); what it tells, how it ages and what it is good for is the mechanism "
    "`personalisation`, and how far it is used the firm's `crm.personalisation`",
    paid="as planned",
    settings=("subscription", "repertoire", "b2b"),
    form="ceiling · (1 − e^(−rate · spend per customer))",
    needs="crm",
)


def collected(spend_per_customer: float, response: Crm) -> float:
    """Share of what customers show that is written down at this spending a month."""
    return saturating(spend_per_customer, response.ceiling, response.rate)
