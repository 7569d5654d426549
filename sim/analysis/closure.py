"""One closure of the market: its policies solved, lived, and set beside a closed form."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.analysis.limits import MONTHS_IN_A_YEAR, Form, Today, discounts, gain
from sim.analysis.statistics import interval
from sim.experiments.arms import Failure, Future, design_of
from sim.experiments.runner import Executor, Progress, replicate
from sim.experiments.solve import (
    Told,
    first_year_retention,
    long_enough,
    mean_retention,
    solved_in,
    warmed_up,
    warmed_up_worlds,
    without,
)
from sim.market.history import STEPS_A_YEAR
from sim.market.model import Market
from sim.scenario.loading import Case
from sim.scenario.schema import Scenario

Values = npt.NDArray[np.float64]
YEARS = (1, 3, 5, 10)
"""After how many years the change is told, beside the horizon."""
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

    @property
    def runs(self) -> int:
        """Finished paired worlds."""
        return len(self.futures) // len(self.arms)

    @property
    def base(self) -> str:
        """Name of the baseline."""
        return next(iter(self.arms))


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
    case: Case,
    pairs: int,
    told: Told,
    executor: Executor,
    progress: Progress,
) -> Closure:
    """Solve, measure and live the policies of a scenario in its closure."""
    arms, today, retention = solved_and_measured(case, pairs, told)
    futures, failures = replicate(
        design_of(without(case), arms, case.spec.focal),
        case.spec.compare.runs,
        executor=executor,
        progress=progress,
    )
    closure = case.spec.population.entry.closure
    return Closure(closure, arms, today, retention, futures, failures)


def solved_and_measured(
    case: Case, pairs: int, told: Told
) -> tuple[dict[str, Case], Today, dict[str, float]]:
    """The policies with their chances, the baseline's first year, and retention by policy."""
    focal = case.spec.focal
    worlds = warmed_up_worlds(without(case), pairs, told)
    arms = {n: solved_in(worlds, case.under_policy(n), focal, told) for n in case.spec.policies}
    retention = {name: mean_retention(worlds, arm, focal, told)[0] for name, arm in arms.items()}
    baseline = long_enough(next(iter(arms.values())))
    today = average([first_year(world.branch_into(baseline), focal) for world in worlds])
    return arms, today, retention


def first_year(market: Market, firm: str) -> Today:
    """What the closed forms are given, of a market that stands at month 0."""
    position, begun = market.firm(firm).position, market.clock
    retention, _ = first_year_retention(market, firm)
    year = slice(begun, begun + STEPS_A_YEAR[market.spec.step])
    books, people = market.history.ledger()[year, position], market.history.tally()[year]
    caused = books["goods"] + books["serving"] + books["relating"]
    contribution = (books["revenue"] - caused).sum()
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
    """The rows of one closure: each arm but the baseline, each number of years."""
    for arm in list(closure.arms)[1:]:
        form = form_of(closure, arm)
        points = 100.0 * (closure.retention[arm] - closure.retention[closure.base])
        for years, steps in spans(closure.arms[arm].spec).items():
            base = values(closure, closure.base, steps)
            yield {
                "closure": closure.name,
                "arm": arm,
                "points": points,
                "years": years,
                **relative(values(closure, arm, steps), base),
                "form": form,
                "closed_form": closed_form(closure, arm, steps) / float(base.mean()),
            }


def as_data(closure: Closure) -> dict[str, Any]:
    """What a closure is, beside its rows, as plain data."""
    chances = {
        arm: [each.chance for each in case.spec.interventions if each.points]
        for arm, case in closure.arms.items()
    }
    return {
        "closure": closure.name,
        "runs": closure.runs,
        "retention": closure.retention,
        "chances": {arm: found for arm, found in chances.items() if found},
        "today": closure.today._asdict(),
        "failures": [vars(failure) for failure in closure.failures],
    }


def spans(spec: Scenario) -> dict[float, int]:
    """Years after which the change is told → their steps; the last is the horizon."""
    steps = {float(years): round(years * MONTHS_IN_A_YEAR / spec.months) for years in YEARS}
    shorter = {years: booked for years, booked in steps.items() if booked < spec.horizon}
    return shorter | {round(spec.horizon * spec.months / MONTHS_IN_A_YEAR, 2): spec.horizon}


def values(closure: Closure, arm: str, steps: int) -> Values:
    """(runs,) net present value of the first steps."""
    spec = closure.arms[arm].spec
    now = discounts(steps, spec.months, spec.discount_rate)
    flows = [np.diff(f.cash[:steps], prepend=0.0) for f in closure.futures if f.arm == arm]
    return np.array(flows) @ now


def relative(arm: Values, base: Values) -> dict[str, float]:
    """Ratio of means less 1, with its interval to first order (the delta method), paired.

    No numbers where the baseline earns nothing, of which no share can be taken.
    """
    if base.mean() <= 0.0:
        return dict.fromkeys(("gain", "low", "high"), float("nan"))
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
    more = spent(closure, arm) - spent(closure, closure.base)
    brought = gain(form_of(closure, arm), closure.today, closure.retention[arm], now, spec.months)
    return brought - more / spec.horizon * float(now.sum())


def spent(closure: Closure, arm: str) -> float:
    """Mean spending of an arm over the horizon, in money."""
    return float(np.mean([f.outcomes["spending"] for f in closure.futures if f.arm == arm]))
