"""Five points more retention: what they do to profit in each closure, beside the closed form."""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis import points
from sim.analysis.candidates import policies_of, problem
from sim.analysis.closure import NEAREST, Closure, as_data, entry_of, lived, rows_of, spans
from sim.analysis.finding import records, save_finding
from sim.experiments.runner import Progress, in_processes, in_series
from sim.experiments.solve import PAIRS, counting
from sim.market.run import case_of
from sim.scenario.loading import Case
from sim.scenario.problems import nearest

if TYPE_CHECKING:
    import pandas as pd

Scenario = str | Path | Mapping[str, Any] | Case
Searching = Callable[[str, int], None]
"""Told a closure, and how many worlds have been lived so far to find its chances."""


class FivePercent:
    """What points of retention bring, closure by closure.

    Attributes:
        case: the scenario; its first policy is the baseline.
        closures: what was lived, in the order in which it was.
        seconds: time it took.
    """

    def __init__(self, case: Case, closures: list[Closure], seconds: float) -> None:
        self.case = case
        self.closures = closures
        self.seconds = seconds

    @property
    def focal(self) -> str:
        """Name of the firm whose profit it is."""
        return self.case.spec.focal

    @property
    def finished(self) -> list[Closure]:
        """Closures with the two paired worlds or more that an interval needs."""
        return [closure for closure in self.closures if closure.runs > 1]

    @property
    def runs(self) -> int:
        """Finished paired worlds in each of the finished closures: the fewest."""
        return min((closure.runs for closure in self.finished), default=0)

    @cached_property
    def table(self) -> "pd.DataFrame":
        """A row per finished closure, arm but the baseline, and number of years.

        Columns:

        - closure, arm
        - points: by how many percentage points first-year retention is higher than the baseline's
        - years: those of 1, 3, 5 and 10 that are shorter than the horizon, and the horizon
        - gain, low, high: change in net present value over so many years as a share of the
          baseline's mean, with its 95 % interval; no numbers where the baseline earns nothing
        - form: the limit whose closed form stands beside
        - closed_form: the same share as that gives it, what the arm spends more deducted
        """
        import pandas as pd

        return pd.DataFrame([row for closure in self.finished for row in rows_of(closure)])

    @property
    def years(self) -> float:
        """Length of the horizon in years."""
        return max(spans(self.case.spec))

    @property
    def arms(self) -> list[str]:
        """The policies that stand against the baseline."""
        return list(self.case.spec.policies)[1:]

    @property
    def asking(self) -> str:
        """The first of them that asks for points of retention."""
        return asking(self.case)[0]

    def course(self, closure: str, arm: str) -> list[dict[Any, Any]]:
        """An arm's rows of the table in one closure, by rising number of years."""
        rows = self.table.to_dict("records")
        return [row for row in rows if row["closure"] == closure and row["arm"] == arm]

    def rows(self, arm: str) -> list[dict[Any, Any]]:
        """An arm's rows of the table at the horizon, a closure each."""
        return [self.course(closure.name, arm)[-1] for closure in self.finished]

    @cached_property
    def headline(self) -> str:
        """What the points are worth, in a few words."""
        return points.headline(self)

    @cached_property
    def answer(self) -> str:
        """The result in plain words."""
        return points.answer(self)

    @cached_property
    def sentences(self) -> list[str]:
        """A sentence for each arm and closure, at the horizon."""
        return [points.sentence(row) for arm in self.arms for row in self.rows(arm)]

    @cached_property
    def notes(self) -> list[str]:
        """What a reader must know beside the numbers."""
        return points.notes(self)

    def __repr__(self) -> str:
        names = ", ".join(closure.name for closure in self.finished)
        return f"<FivePercent of {self.focal} under {names}: {self.runs} paired worlds>"

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data, for machines."""
        return {
            "focal": self.focal,
            "runs": self.runs,
            "closures": [as_data(closure) for closure in self.closures],
            "table": records(self.table),
            "notes": self.notes,
            "answer": self.answer,
            "seconds": round(self.seconds, 3),
        }

    def save(self, folder: str | Path) -> Path:
        """Write ``five_percent.parquet``, ``five_percent.json`` and the scenario."""
        return save_finding(folder, "five_percent", self.table, self.case, self.to_json())


def five_percent(
    scenario: Scenario = "sim:five_percent",
    *,
    closures: Sequence[str] = tuple(NEAREST),
    runs: int | None = None,
    pairs: int = PAIRS,
    overrides: Mapping[str, Any] | None = None,
    jobs: int = -1,
    progress: Progress | None = None,
    searching: Searching | None = None,
    interrupted: Callable[[], None] | None = None,
) -> FivePercent:
    """Compare the policies of a scenario in several closures, with closed forms beside.

    Args:
        scenario: a file, a shipped name, data or a Case with policies, of which the first is the
            baseline and another asks for points of retention.
        closures: values of ``population.entry.closure``; where people arrive by chance
            (``poisson``) as many come as leave where they are replaced.
        runs: paired worlds in each closure; None: as the scenario says.
        pairs: worlds in which points of retention are solved and the first year is measured.
        overrides: overrides as a mapping from path to value.
        jobs: processes; -1: all cores, 1: this one. The numbers do not depend on it.
        progress: told how many paired worlds are finished, and how many there will be, over all
            closures.
        searching: told the closure, and how many worlds have been lived so far to solve and to
            measure in it; they are not among the paired ones.
        interrupted: called on Ctrl-C; the closures that are finished are then returned. Without
            it the interruption is passed on.

    Raises:
        ScenarioError: a scenario, or a question of points, that cannot be used.
    """
    begun = time.perf_counter()
    more = {} if runs is None else {"compare.runs": runs}
    case = case_of(scenario, overrides={**(overrides or {}), **more})
    refuse_no_question(case)
    refuse_no_form(case, closures)
    executor = in_series if jobs == 1 else in_processes(jobs)
    worlds, found = case.spec.compare.runs, list[Closure]()

    def told(done: int, _: int) -> None:
        if progress:
            progress(len(found) * worlds + done, len(closures) * worlds)

    try:
        for name in closures:
            search = counting(partial(searching, name) if searching else None)
            closed = case.override({"population.entry": entry_of(case, name)})
            found.append(lived(closed, pairs, search, executor, told))
    except KeyboardInterrupt:
        if interrupted is None:
            raise
        interrupted()
    return FivePercent(case, found, time.perf_counter() - begun)


def asking(case: Case) -> list[str]:
    """Policies other than the baseline that ask for points of retention."""
    _, *others = policies_of(case, None)
    return [n for n in others if any(i.points for i in case.under_policy(n).spec.interventions)]


def refuse_no_question(case: Case) -> None:
    """Refuse a scenario in which nobody asks for points. Raises ScenarioError."""
    if not asking(case):
        rule = "must have a policy, beside the first, that asks for points of retention"
        remedy = (
            "write one such as {interventions: [{firm: "
            f"{case.spec.focal}, hold: {{points_of_retention: 5}}}}]}}, or use sim:five_percent"
        )
        raise problem(case, ("policies",), rule, ", ".join(case.spec.policies), remedy)


def refuse_no_form(case: Case, closures: Sequence[str]) -> None:
    """Refuse closures that no closed form stands beside. Raises ScenarioError."""
    for name in closures:
        if name not in NEAREST:
            rule = "must be a closure that a closed form stands beside"
            path = ("population", "entry", "closure")
            raise problem(case, path, rule, repr(name), nearest(name, list(NEAREST)))
