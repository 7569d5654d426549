"""The frontier: net present value against the share of the budget for keeping customers.

And against the whole budget, since the first answer may be to spend less. All points are lived in
the same worlds with the same luck, so that what differs between them is the money's.
"""

import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.analysis.curve import NEARLY, Curve, fitted_curve
from sim.analysis.finding import Finding, left_out, records, save_finding
from sim.analysis.spending import (
    TODAY,
    frontier_arms,
    frontier_points,
    is_on,
    mixes_of,
    refuse_foundations,
    refuse_unsteady_budget,
    share_kept,
    split_of,
    worded,
)
from sim.analysis.statistics import interval
from sim.analysis.verdict import circumstance
from sim.experiments.arms import Failure, Future, design_of
from sim.experiments.runner import Progress, in_processes, in_series, replicate
from sim.scenario.loading import Case

if TYPE_CHECKING:
    import pandas as pd

Values = npt.NDArray[np.float64]
FLAT = (
    f"Flat: the curve is at most {100.0 * NEARLY:g} % of the best value under it, or not surely "
    "(95 %, paired) under it at all."
)


class Frontier(Finding):
    """What moving the budget, and changing it, would earn the focal firm.

    Attributes:
        case: the scenario; its focal firm's budget and split are what is called today.
        futures: every finished arm of every finished paired world.
        failures: paired worlds that broke.
        seconds: time it took.
    """

    def __init__(
        self, case: Case, futures: list[Future], failures: list[Failure], seconds: float
    ) -> None:
        super().__init__(case, futures, failures, seconds)
        self.mixes = mixes_of(case)
        self.placed = list(frontier_points(case))

    @property
    def today(self) -> dict[str, float]:
        """Where the firm stands: its share for keeping customers, and 1, its budget."""
        return {"share": share_kept(split_of(self.case)), "budget": 1.0}

    @property
    def runs(self) -> int:
        """Finished paired worlds."""
        return sum(future.arm == TODAY for future in self.futures)

    def curve(self, kind: str) -> Curve:
        """The curve over ``share`` or ``budget``. Raises ValueError for fewer than two worlds."""
        if self.runs < 2:
            raise ValueError(
                f"a frontier must have at least 2 finished paired worlds, has {self.runs}; let "
                "more of them finish"
            )
        return self.curves[kind]

    @cached_property
    def curves(self) -> dict[str, Curve]:
        """Both curves, where at least two worlds are finished."""
        if self.runs < 2:
            return {}
        found = {}
        for kind in ("share", "budget"):
            own = [place for place in self.placed if place.kind == kind]
            at = np.array([place.at for place in own])
            found[kind] = fitted_curve(at, np.array([self.values(place.arm) for place in own]))
        return found

    @cached_property
    def points(self) -> "pd.DataFrame":
        """A row for each point.

        Columns: kind (share, budget), at (share 0 to 1, or factor of today's budget), mean, low,
        high (net present value with its 95 % interval), difference, difference_low,
        difference_high (against today, paired), spending (mean over worlds, over all months).
        """
        import pandas as pd

        rows = []
        for kind, at, arm in self.placed:
            npv, spent = self.values(arm), self.values(arm, "spending")
            against = interval(npv - self.values(TODAY))
            rows.append(
                {"kind": kind, "at": at, **interval(npv), "difference": against["mean"]}
                | {f"difference_{end}": against[end] for end in ("low", "high")}
                | {"spending": float(spent.mean()) if len(spent) else float("nan")}
            )
        return pd.DataFrame(rows)

    def gain(self, kind: str) -> dict[str, float]:
        """What the highest point of a curve earns more than today, with its 95 % interval.

        The curve's highest value in each world, at the same place in all of them, less what was
        lived there today; Student's interval over worlds.
        """
        own = [self.values(place.arm) for place in self.placed if place.kind == kind]
        return interval(self.curve(kind).weights @ np.array(own) - self.values(TODAY))

    @cached_property
    def answer(self) -> str:
        """The result in plain words, the larger gain first."""
        if self.runs < 2:
            return "No answer: fewer than two paired worlds were finished."
        kinds = sorted(self.curves, key=lambda kind: -self.gain(kind)["mean"])
        return " ".join(f"{self.best(kind)} {self.move(kind)}" for kind in kinds)

    def best(self, kind: str) -> str:
        """Where a curve is highest, how surely, and where it is flat."""
        span, curve = percents, self.curves[kind]
        what = {
            "share": f"{self.focal} earns most with {span(curve.optimum)} of its budget spent on "
            "keeping customers",
            "budget": f"Divided as today, {self.focal} earns most with {span(curve.optimum)} of "
            "today's budget",
        }[kind]
        end = f", the {curve.end} value that was tried" if curve.end else ""
        return (
            f"{what} [{span(curve.low, curve.high)}]{end}; the curve is flat between "
            f"{span(*curve.flat, between=' and ')}."
        )

    def move(self, kind: str) -> str:
        """What going from today to the highest point would earn."""
        gain, curve, today = self.gain(kind), self.curves[kind], self.today[kind]
        money = f"{gain['mean']:,.0f} {self.currency} [{gain['low']:,.0f}, {gain['high']:,.0f}]"
        if curve.is_flat(today):
            return f"Today's {percents(today)} lies in that range: little is to be gained, {money}."
        way = "less" if curve.optimum < today else "more"
        deed = {"share": f"spending {way} on keeping them", "budget": f"spending {way}"}[kind]
        sure = "would earn" if gain["low"] > 0.0 else "would not surely earn more:"
        return f"Today's {percents(today)} lies outside it: {deed} {sure} {money}."

    @cached_property
    def notes(self) -> list[str]:
        """What a reader must know beside the numbers."""
        spec = self.case.spec
        found = [
            f"Winning customers: {worded(self.mixes.winning)}. "
            f"Keeping them: {worded(self.mixes.keeping)}.",
            f"{self.runs} paired worlds of {spec.horizon} {spec.step}s. {circumstance(self.case)}; "
            "all points share it, and luck.",
            "Brackets: 95 % intervals, of places from whole worlds drawn anew; they cover the luck "
            f"of the worlds, not the assumptions. {FLAT}",
            *(self.goodness(kind) for kind in self.curves),
        ]
        if not is_on(split_of(self.case), self.mixes):
            found.append("Today's mix is another: today is no point of the curve of shares.")
        return found + left_out(self.failures)

    def goodness(self, kind: str) -> str:
        """How well a curve goes through its points."""
        curve, what = self.curves[kind], {"share": "Share", "budget": "Budget"}[kind]
        explained = np.floor(10_000.0 * curve.fit) / 100.0
        return (
            f"{what}: a penalised spline through {len(curve.places)} points explains "
            f"{explained:.2f} % of their variance and misses none by more than "
            f"{curve.miss:,.0f} {self.currency}."
        )

    def __repr__(self) -> str:
        return f"<Frontier of {self.focal}, {len(self.placed)} points, {self.runs} paired worlds>"

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data, for machines."""
        return {
            "focal": self.focal,
            "runs": self.runs,
            "winning": self.mixes.winning,
            "keeping": self.mixes.keeping,
            "today": self.today,
            "points": records(self.points),
            "curves": {kind: self.curve_data(kind) for kind in self.curves},
            "notes": self.notes,
            "failures": [vars(failure) for failure in self.failures],
            "answer": self.answer,
            "seconds": round(self.seconds, 3),
        }

    def curve_data(self, kind: str) -> dict[str, Any]:
        """A curve as plain data."""
        curve = self.curves[kind]
        return {
            "optimum": {"at": curve.optimum, "low": curve.low, "high": curve.high},
            "end": curve.end or None,
            "flat": list(curve.flat),
            "gain": self.gain(kind),
            "fit": curve.fit if np.isfinite(curve.fit) else None,
            "miss": curve.miss,
            "at": curve.grid.tolist(),
            "fitted": curve.fitted.tolist(),
        }

    def save(self, folder: str | Path) -> Path:
        """Write ``frontier.parquet``, ``frontier.json`` and the scenario."""
        return save_finding(folder, "frontier", self.points, self.case, self.to_json())


def frontier(
    case: Case,
    *,
    runs: int | None = None,
    jobs: int = -1,
    progress: Progress | None = None,
    interrupted: Callable[[], None] | None = None,
) -> Frontier:
    """Move the focal firm's budget from winning to keeping customers, and change the whole of it.

    Args:
        case: a scenario; what it says of the focal firm is today.
        runs: paired worlds; None: as ``compare.frontier.runs`` says.
        jobs: processes; -1: all cores, 1: this one. The numbers do not depend on it.
        progress: told how many paired worlds are finished, and how many there will be.
        interrupted: called on Ctrl-C; what is finished is then returned.

    Raises:
        ScenarioError: the focal firm spends nothing, or a share of its revenue.
    """
    begun = time.perf_counter()
    refuse_unsteady_budget(case)
    refuse_foundations(case)
    futures, failures = replicate(
        design_of(case, frontier_arms(case), case.spec.focal),
        runs or case.spec.compare.frontier.runs,
        executor=in_series if jobs == 1 else in_processes(jobs),
        progress=progress,
        interrupted=interrupted,
    )
    return Frontier(case, futures, failures, time.perf_counter() - begun)


def percents(*shares: float, between: str = " to ") -> str:
    """Shares in per cent: ``40 %``, or ``40 to 70 %``."""
    return between.join(f"{100.0 * share:.0f}" for share in shares) + " %"
