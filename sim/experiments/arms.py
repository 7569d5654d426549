"""One paired world: a shared warm-up, then one future per policy.

All arms of a replication start from the same market at month 0 and meet the same luck, so that
their difference is the policy's.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.experiments.outcomes import outcomes, with_run_off
from sim.market.model import Market
from sim.scenario.loading import Case, Data, scenario_from

Series = npt.NDArray[np.float64]


class Design(NamedTuple):
    """What every replication does: plain data, so that it travels to other processes.

    Attributes:
        base: the resolved scenario under which the warm-up is lived.
        arms: the resolved scenario of each arm, by name; the first is the baseline.
        folder: where the files lie that the scenarios name.
        focal: name of the firm that is compared.
        beside: designs of other markets, each lived from its own beginning under the same numbers.
        run_off: whether what the customers of the horizon still bring is an outcome, too.
    """

    base: Data
    arms: dict[str, Data]
    folder: Path
    focal: str
    beside: "tuple[Design, ...]" = ()
    run_off: bool = False


@dataclass(frozen=True)
class Future:
    """What became of the focal firm in one arm of one replication.

    Attributes:
        replication: number of the paired world.
        arm: name of the policy.
        outcomes: a number for each name of ``outcomes_of`` the scenario.
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


def design_of(case: Case, arms: dict[str, Case], focal: str, run_off: bool = False) -> Design:
    """Pack a comparison of ``arms`` into plain data."""
    folder, base = case.portable()
    packed = {name: arm.portable()[1] for name, arm in arms.items()}
    return Design(base, packed, folder, focal, run_off=run_off)


def side_by_side(cases: dict[str, Case], focal: str, run_off: bool = False) -> Design:
    """Pack markets that share no warm-up: each case is an arm that begins by itself."""
    first, *others = (design_of(case, {name: case}, focal, run_off) for name, case in cases.items())
    return first._replace(beside=tuple(others))


def live(design: Design, replication: int) -> list[Future]:
    """Live one paired world: the warm-up once, then every arm to the horizon; what is beside too.

    Returns:
        Futures in the order of the arms.
    """
    market = Market(scenario_from(design.base, design.folder), replication=replication)
    while market.month < 0:
        market.step()
    futures = []
    for name, arm in design.arms.items():
        future = market.branch_into(scenario_from(arm, design.folder)).run_model()
        futures.append(future_of(future, name, design.focal, design.run_off))
    return futures + [future for other in design.beside for future in live(other, replication)]


def future_of(market: Market, arm: str, focal: str, run_off: bool = False) -> Future:
    """The focal firm's outcomes in a market that has reached its horizon."""
    found, cash = outcomes(market, focal)
    if run_off:
        found |= with_run_off(market, focal, found["npv"])
    return Future(market.replication, arm, found, cash)
