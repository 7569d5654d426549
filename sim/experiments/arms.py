"""One paired world: a shared warm-up, then one future per policy.

All arms of a replication start from the same market at month 0 and meet the same luck, so that
their difference is the policy's.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.market.measures import measured
from sim.market.model import Market
from sim.scenario.loading import Case, Data, scenario_from

Series = npt.NDArray[np.float64]
OUTCOMES = (
    "npv", "profit", "retention", "market_share", "satisfaction", "acquired", "kept", "spending",
    "outlay",
)  # fmt: skip
"""Of the focal firm, over all booked months: sums (money; people; ``kept``: customers of one month
who are customers in the next, in customer-months; ``outlay``: spending, discounted as in ``npv``)
and means over months (shares, 0 to 1)."""


class Design(NamedTuple):
    """What every replication does: plain data, so that it travels to other processes.

    Attributes:
        base: the resolved scenario under which the warm-up is lived.
        arms: the resolved scenario of each arm, by name; the first is the baseline.
        folder: where the files lie that the scenarios name.
        focal: name of the firm that is compared.
    """

    base: Data
    arms: dict[str, Data]
    folder: Path
    focal: str


@dataclass(frozen=True)
class Future:
    """What became of the focal firm in one arm of one replication.

    Attributes:
        replication: number of the paired world.
        arm: name of the policy.
        outcomes: a number for each of ``OUTCOMES``.
        cash: (months,) cumulated profit.
    """

    replication: int
    arm: str
    outcomes: dict[str, float]
    cash: Series


@dataclass(frozen=True)
class Failure:
    """A replication that broke: it is a row, and the experiment goes on."""

    replication: int
    error: str


def design_of(case: Case, arms: dict[str, Case], focal: str) -> Design:
    """Pack a comparison of ``arms`` into plain data."""
    folder, base = case.portable()
    return Design(base, {name: arm.portable()[1] for name, arm in arms.items()}, folder, focal)


def live(design: Design, replication: int) -> list[Future]:
    """Live one paired world: the warm-up once, then every arm to the horizon."""
    market = Market(scenario_from(design.base, design.folder), replication=replication)
    while market.month < 0:
        market.step()
    return [
        future_of(
            market.branch_into(scenario_from(arm, design.folder)).run_model(), name, design.focal
        )
        for name, arm in design.arms.items()
    ]


def future_of(market: Market, arm: str, focal: str) -> Future:
    """The focal firm's outcomes in a market that has reached its horizon."""
    firm = market.firm(focal).position
    booked = slice(market.spec.warm_up, None)
    series = measured(market, market.history.ledger())
    own: dict[str, Any] = {name: values[booked, firm] for name, values in series.items()}
    outcomes = {
        "npv": own["npv"][-1],
        "profit": own["cash"][-1],
        "retention": mean_of_known(own["retention"]),
        "market_share": mean_of_known(own["market_share"]),
        "satisfaction": mean_of_known(own["satisfaction"]),
        "acquired": own["acquired"].sum(),
        "kept": own["kept"].sum(),
        "spending": own["spending"].sum(),
        "outlay": own["outlay"][-1],
    }
    return Future(market.replication, arm, {n: float(v) for n, v in outcomes.items()}, own["cash"])


def mean_of_known(values: Series) -> float:
    """Mean of the numbers that there are; not a number where there are none."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")
