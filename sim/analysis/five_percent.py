"""Five points more retention: what they do to profit in each closure, beside the closed form."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.analysis.limits import MONTHS_IN_A_YEAR, Form, Today, discounts, gain
from sim.analysis.statistics import interval
from sim.experiments.arms import Failure, Future, design_of
from sim.experiments.runner import in_processes, in_series, replicate
from sim.experiments.solve import (
    PAIRS,
    first_year_retention,
    long_enough,
    mean_retention,
    solved_in,
    warmed_up,
    without,
)
from sim.market.history import STEPS_A_YEAR
from sim.market.model import Market
from sim.market.run import case_of
from sim.scenario.loading import Case

if TYPE_CHECKING:
    import pandas as pd

Values = npt.NDArray[np.float64]
Scenario = str | Path | Mapping[str, Any] | Case
YEARS = (1, 3, 5, 10)
NEAREST: dict[str, Form] = {
    "replace": "switching",
    "poisson": "fixed inflow",
    "cohort": "lost for good",
}
"""Closure of the market → the limit that it comes nearest to, for a gift to one firm."""


class Closure(NamedTuple):
    """What five points bring in one closure.

    Attributes:
        name: of the closure.
        arms: the policies, solved; the first is the baseline.
        today: the focal firm's first booked year under the baseline.
        retention: first-year retention by arm, a share.
        futures: every arm of every paired world.
        failures: paired worlds that broke.
    """

    name: str
    arms: dict[str, Case]
    today: Today
    retention: dict[str, float]
    futures: list[Future]
    failures: list[Failure]


class FivePercent(NamedTuple):
    """What five points bring, closure by closure."""

    closures: list[Closure]
    seconds: float

    @property
    def table(self) -> "pd.DataFrame":
        """A row per closure, arm but the baseline, and number of years within the horizon.

        ``gain`` is the change in net present value over so many years as a share of the baseline's
        mean, ``low`` and ``high`` its 95 % interval; ``form`` is the limit whose closed form stands
        beside, ``closed_form`` the same share as that gives it, what the arm spends more deducted.
        """
        import pandas as pd

        return pd.DataFrame([row for closure in self.closures for row in rows_of(closure)])

    @property
    def text(self) -> str:
        """The answer in words, a line for each closure and arm, over the longest time."""
        table = self.table
        longest = table[table["years"] == table["years"].max()]
        return "\n".join(sentence(row) for row in longest.itertuples())


def five_percent(
    scenario: Scenario = "sim:five_percent",
    *,
    closures: Sequence[str] = tuple(NEAREST),
    runs: int | None = None,
    pairs: int = PAIRS,
    overrides: Mapping[str, Any] | None = None,
    jobs: int = -1,
    progress: Callable[[str, int, int], None] | None = None,
) -> FivePercent:
    """Compare the policies of a scenario in several closures, with closed forms beside.

    Args:
        scenario: a file, a shipped name, data or a Case with policies; the first is the baseline.
        closures: values of ``population.entry.closure``; where people arrive by chance
            (``poisson``) as many come as leave where they are replaced.
        runs: paired worlds in each closure; None: as the scenario says.
        pairs: worlds in which points of retention are solved and the first year is measured.
        overrides: overrides as a mapping from path to value.
        jobs: processes; -1: all cores, 1: this one. The numbers do not depend on it.
        progress: told the closure, how many of its worlds are finished, and how many there will be.

    Raises:
        ScenarioError: a scenario, or a question of points, that cannot be used.
    """
    begun = time.perf_counter()
    case = case_of(scenario, overrides=overrides)
    runs = case.spec.compare.runs if runs is None else runs
    found = []
    for closure in closures:
        told = partial(progress, closure) if progress else None
        closed = case.override({"population.entry": entry_of(case, closure)})
        found.append(lived(closed, runs, pairs, jobs, told))
    return FivePercent(found, time.perf_counter() - begun)


# ── living ────────────────────────────────────────────────────────────────────────────────────


def entry_of(case: Case, closure: str) -> dict[str, Any]:
    """What a scenario says to have a closure; by chance as many arrive as are replaced else."""
    if closure != "poisson":
        return {"closure": closure}
    replaced = warmed_up(without(case.override({"population.entry": {"closure": "replace"}})), 0)
    year = STEPS_A_YEAR[case.spec.step]
    for _ in range(year):
        replaced.step()
    leaving = replaced.history.tally()["exits"][-year:].sum() / MONTHS_IN_A_YEAR
    return {"closure": closure, "per_month": float(leaving)}


def lived(
    case: Case, runs: int, pairs: int, jobs: int, progress: Callable[[int, int], None] | None
) -> Closure:
    """Solve, measure and live the policies of a scenario in its closure."""
    base, focal = without(case), case.spec.focal
    worlds = [warmed_up(base, replication) for replication in range(pairs)]
    arms = {n: solved_in(worlds, case.under_policy(n), focal) for n in case.spec.policies}
    retention = {name: mean_retention(worlds, arm, focal)[0] for name, arm in arms.items()}
    baseline = long_enough(next(iter(arms.values())))
    today = average([first_year(world.branch_into(baseline), focal) for world in worlds])
    futures, failures = replicate(
        design_of(base, arms, focal),
        runs,
        executor=in_series if jobs == 1 else in_processes(jobs),
        progress=progress,
    )
    closure = case.spec.population.entry.closure
    return Closure(closure, arms, today, retention, futures, failures)


def first_year(market: Market, firm: str) -> Today:
    """What the closed forms are given, of a market that stands at month 0."""
    position, begun = market.firm(firm).position, market.clock
    retention, _ = first_year_retention(market, firm)
    year = slice(begun, begun + STEPS_A_YEAR[market.spec.step])
    books, people = market.history.ledger()[year, position], market.history.tally()[year]
    contribution = (books["revenue"] - books["goods"] - books["serving"]).sum()
    return Today(
        retention=retention,
        customers=float(books["customers"][0]),
        people=float(people["present"][0]),
        margin=float(contribution / books["customers"].sum() / market.spec.months),
    )


def average(found: Sequence[Today]) -> Today:
    """The mean of every number over worlds."""
    return Today(*np.mean(found, axis=0).tolist())


# ── telling ───────────────────────────────────────────────────────────────────────────────────


def rows_of(closure: Closure) -> Iterator[dict[str, Any]]:
    """The rows of one closure."""
    first, *others = closure.arms
    for arm in others:
        spec = closure.arms[arm].spec
        for years in YEARS:
            steps = round(years * MONTHS_IN_A_YEAR / spec.months)
            if steps <= spec.horizon:
                beside = closed_form(closure, arm, steps)
                base = values(closure, first, steps)
                shares = relative(values(closure, arm, steps), base)
                form = form_of(closure, arm)
                rest = {**shares, "form": form, "closed_form": beside / float(base.mean())}
                yield {"closure": closure.name, "arm": arm, "years": years, **rest}


def values(closure: Closure, arm: str, steps: int) -> Values:
    """(runs,) net present value of the first steps."""
    spec = closure.arms[arm].spec
    now = discounts(steps, spec.months, spec.discount_rate)
    flows = [np.diff(f.cash[:steps], prepend=0.0) for f in closure.futures if f.arm == arm]
    return np.array(flows) @ now


def relative(arm: Values, base: Values) -> dict[str, float]:
    """Ratio of means less 1, with its interval to first order (the delta method), paired."""
    share = float(arm.mean() / base.mean()) - 1.0
    around = interval((arm - (1.0 + share) * base) / base.mean())
    return {"gain": share, "low": share + around["low"], "high": share + around["high"]}


def form_of(closure: Closure, arm: str) -> Form:
    """The limit that an arm comes nearest to: a gift to all leaves shares as they are."""
    spec = closure.arms[arm].spec
    to_all = any(each.chance and each.firm is None for each in spec.interventions)
    return "fixed share" if to_all and len(spec.firms) > 1 else NEAREST[closure.name]


def closed_form(closure: Closure, arm: str, steps: int) -> float:
    """Money that an arm brings by its closed form, less what it spends more than the baseline."""
    spec = closure.arms[arm].spec
    now = discounts(steps, spec.months, spec.discount_rate)
    more = spent(closure, arm) - spent(closure, next(iter(closure.arms)))
    brought = gain(form_of(closure, arm), closure.today, closure.retention[arm], now, spec.months)
    return brought - more / spec.horizon * float(now.sum())


def spent(closure: Closure, arm: str) -> float:
    """Mean spending of an arm over the horizon, in money."""
    return float(np.mean([f.outcomes["spending"] for f in closure.futures if f.arm == arm]))


def sentence(row: Any) -> str:
    """One row of the table in words."""
    return (
        f"{row.closure}: {row.arm} changes net present value over {row.years} years by "
        f"{row.gain:+.1%} [{row.low:+.1%}, {row.high:+.1%}]; "
        f"by the closed form ({row.form}) {row.closed_form:+.1%}."
    )
