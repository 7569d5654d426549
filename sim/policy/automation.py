"""Automation: a machine that answers some of those who turn to the firm, and fails some."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating


class Automation(NamedTuple):
    """Response of the share of contacts that a machine answers to spending."""

    fixed: Annotated[
        float, Parameter("what it costs before it answers anything", "money per month", 0, 1e9,
                         "assumed"),
    ] = 200.0  # fmt: skip
    ceiling: Annotated[
        float, Parameter("largest share of contacts that it answers", "share", 0, 1,
                         "assumed; form Blattberg & Deighton 1996"),
    ] = 0.5  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast that share nears its ceiling beyond the fixed cost",
                         "per unit of money per customer", 0, 1000, "assumed"),
    ] = 4.0  # fmt: skip
    fails: Annotated[
        float, Parameter("share of contacts answered by it that are not settled", "share", 0, 1,
                         "assumed"),
    ] = 0.2  # fmt: skip
    saves: Annotated[
        float, Parameter("share of the cost to serve that goes where it answers everybody", "share",
                         0, 1, "assumed"),
    ] = 0.3  # fmt: skip


AUTOMATION = Instrument(
    name="automation",
    side="foundations",
    parameters=Automation,
    targets=("all who turn to the firm",),
    per="customer, as of the end of the last step",
    moves="deflected: the share of contacts that a machine answers (0 to 1); what that does to "
    "waiting and complaints is the mechanism `queueing`; cost to serve falls with it",
    paid="as planned",
    settings=("subscription", "repertoire", "b2b"),
    form="ceiling · (1 − e^(−rate · spend per customer)), spend being what goes beyond `fixed`; "
    "cost to serve × (1 − saves · deflected)",
    needs="helpdesk",
)


def deflected(spend: float, customers: float, response: Automation) -> float:
    """Share of contacts that a machine answers at this spending a month."""
    beyond = max(0.0, spend - response.fixed)
    return saturating(beyond / customers, response.ceiling, response.rate) if customers else 0.0


def cost_left(share: float, response: Automation) -> float:
    """Factor on the cost to serve where this share of contacts is deflected."""
    return 1.0 - response.saves * share
