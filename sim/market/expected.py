"""The expected-value mode: one firm and the outside option, without luck.

Where nothing that happens feeds back on how people choose, the market need not be drawn: people are
cohorts with weights, and every chance multiplies a weight by the probability that the market would
draw from. What a firm plans, spends and books is the same code as in the market, on expected counts
instead of counted heads. So the answer to "where does the next unit of money go" has no noise::

    found = expected("plan.yaml")
    found.firms            # the expected months, columns as in run.firms
    next_unit(found.case)  # what comes back for one more unit of money, by instrument

Whatever is at work beyond that is refused, with its name. A stochastic market has these values as
its means; where money is paid per event, only as the market grows large.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.market.expectable import MEANT, problems, refuse_luck
from sim.market.model import as_case
from sim.market.weighed import WeighedMarket
from sim.scenario.loading import Case

if TYPE_CHECKING:
    import pandas as pd

LITTLE = 1e-5
"""Money a month and head that stands for one more unit: so little that the curve looks straight."""


@dataclass(frozen=True)
class Expected:
    """What a scenario leads to on average.

    Attributes:
        case: the scenario.
        measured: (horizon,) each measure by its name, as in ``market.definitions.FIRM_MONTH``.
    """

    case: Case
    measured: Mapping[str, npt.NDArray[np.float64]]

    @cached_property
    def firms(self) -> "pd.DataFrame":
        """One row per month: customers, acquired, kept, spending, profit, npv and the rest."""
        import pandas as pd

        months = np.arange(self.case.spec.horizon)
        return pd.DataFrame({"month": months, "firm": self.case.spec.focal, **self.measured})

    @property
    def npv(self) -> float:
        """Present value of all profit, in money of month 0."""
        return float(self.measured["npv"][-1])

    @property
    def outlay(self) -> float:
        """Present value of all that was spent on instruments, in money of month 0."""
        return float(self.measured["outlay"][-1])


def expected(
    scenario: str | Path | Mapping[str, Any] | Case, overrides: Mapping[str, Any] | None = None
) -> Expected:
    """The expectation of a market with one firm in which nothing feeds back.

    Args:
        scenario: a file, a shipped name, plain data, or a Case.
        overrides: values by path, on top of the scenario.

    Raises:
        ScenarioError: a scenario that cannot be used, or in which something is at work whose
            expectation is not that of cohorts; its text says what.
    """
    case = as_case(scenario)
    case = case.override(overrides) if overrides else case
    refuse_luck(case)
    return Expected(case, WeighedMarket(case).measured())


def next_unit(case: Case) -> dict[str, float]:
    """What comes back for one more unit of money, by instrument.

    It is present value before the unit itself is taken off, so 1 just pays back. The unit is spent
    month by month, as a little more for every head that there is. Instruments without heads, and
    those whose effect cannot be expected in this scenario, are left out.

    Raises:
        ScenarioError: as :func:`expected`.
    """
    before = expected(case)
    policy = case.resolved()["firms"][case.spec.focal]["policy"]
    found = {}
    for name in MEANT:
        more = [*policy["campaigns"], {"instrument": name, "per_head": LITTLE}]
        raised = case.override({f"firms.{case.spec.focal}.policy.campaigns": more})
        if any(problems(raised)):
            continue
        after = expected(raised)
        if (extra := after.outlay - before.outlay) > 0.0:
            found[name] = 1.0 + (after.npv - before.npv) / extra
    return found
