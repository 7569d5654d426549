"""Integration: money that joins up departments (one system, one file of customers, one order)."""

from typing import Annotated, NamedTuple

from sim.behaviour.parameter import Parameter
from sim.policy.instrument import Instrument
from sim.policy.response import saturating


class Integration(NamedTuple):
    """Response of integration to spending, and what integration saves."""

    ceiling: Annotated[
        float, Parameter("largest share of what is not integrated that a month integrates", "share",
                         0, 1, "assumed; form Blattberg & Deighton 1996"),
    ] = 0.1  # fmt: skip
    rate: Annotated[
        float, Parameter("how fast that share nears its ceiling",
                         "per unit of money per department", 0, 1000, "assumed"),
    ] = 0.005  # fmt: skip
    decay: Annotated[
        float, Parameter("share of integration that is lost without upkeep", "share per month", 0,
                         1, "assumed", scale="share"),
    ] = 0.02  # fmt: skip
    saves_goods: Annotated[
        float, Parameter("share of the unit cost that full integration saves", "share", 0, 1,
                         "assumed"),
    ] = 0.02  # fmt: skip
    saves_serving: Annotated[
        float, Parameter("share of the cost to serve that full integration saves", "share", 0, 1,
                         "assumed"),
    ] = 0.2  # fmt: skip


INTEGRATION = Instrument(
    name="integration",
    side="foundations",
    parameters=Integration,
    targets=("all departments",),
    per="department of the path",
    moves="integrated: the share of friction between departments that is gone (0 to 1), a stock "
    "that decays; unit cost and cost to serve fall with it",
    paid="as planned",
    settings=("subscription", "repertoire", "b2b"),
    form="integrated ← kept + (1 − kept) · ceiling · (1 − e^(−rate · spend per department)), "
    "kept = integrated · (1 − decay); unit cost × (1 − saves_goods · integrated), "
    "cost to serve × (1 − saves_serving · integrated)",
    needs="path",
)


def built(spend_per_department: float, response: Integration) -> float:
    """Share of what is not integrated that this spending a month integrates."""
    return saturating(spend_per_department, response.ceiling, response.rate)


def next_level(integrated: float, decay: float, build: float) -> float:
    """Integration a step later: some is lost, and some of what is missing is built."""
    kept = integrated * (1.0 - decay)
    return kept + (1.0 - kept) * build


def cost_left(integrated: float, saves: float) -> float:
    """Factor on a cost of which full integration saves a share."""
    return 1.0 - saves * integrated
