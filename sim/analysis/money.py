"""The next unit of money: what it brings back, instrument by instrument.

Every instrument in turn gets more money, as a share of the whole budget, while all others keep
theirs. What comes back is gross: the present value before the extra money is taken off, for each
unit of it, so that 1 just pays back, more is a gain, and under 1 the money is better saved.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.analysis.finding import Finding, left_out, records, save_finding
from sim.analysis.ratio import ratio
from sim.analysis.spending import (
    TODAY,
    Split,
    mixes_of,
    raised,
    refuse_unsteady_budget,
    share_of,
    split_of,
    worded,
)
from sim.analysis.statistics import paired
from sim.analysis.verdict import circumstance
from sim.experiments.arms import Failure, Future, design_of
from sim.experiments.runner import Progress, in_processes, in_series, replicate
from sim.policy.instruments import INSTRUMENTS
from sim.scenario.coherence import can_spend, usable_in
from sim.scenario.loading import Case

if TYPE_CHECKING:
    import pandas as pd

Values = npt.NDArray[np.float64]
STEPS = (0.1, 0.5)
"""Extra money, as shares of today's budget."""
WON = {"acquisition": "acquired", "retention": "kept"}
"""What either side is for, among the outcomes: people acquired, customer-months kept."""


class Use(NamedTuple):
    """A use of extra money.

    Attributes:
        name: an instrument, or a side as a whole.
        side: acquisition or retention.
        extra: what a unit of it is spent on: shares by instrument that add up to 1.
    """

    name: str
    side: str
    extra: Split

    @property
    def whole(self) -> bool:
        """Whether it is a side as a whole."""
        return self.name == self.side

    def arm(self, step: float) -> str:
        """Name of the arm in which it gets a share ``step`` of the budget on top."""
        return f"{self.name} +{step:g}"


class Money(Finding):
    """What extra money brings the focal firm, use by use.

    Attributes:
        case: the scenario; its focal firm's budget and split are what is called today.
        steps: extra money, as shares of today's budget, rising.
        futures: every finished arm of every finished paired world.
        failures: paired worlds that broke.
        seconds: time it took.
    """

    def __init__(
        self,
        case: Case,
        steps: Sequence[float],
        futures: list[Future],
        failures: list[Failure],
        seconds: float,
    ) -> None:
        super().__init__(case, futures, failures, seconds)
        self.steps = tuple(steps)
        self.uses = list(uses_of(case))

    @property
    def runs(self) -> int:
        """Finished paired worlds."""
        return sum(future.arm == TODAY for future in self.futures)

    def more(self, arm: str, outcome: str) -> Values:
        """(runs,) by how much an outcome is higher than today."""
        return self.values(arm, outcome) - self.values(TODAY, outcome)

    @cached_property
    def table(self) -> "pd.DataFrame":
        """A row for each use and step.

        Columns:

        - use, side (acquisition, retention), whole (a side as a whole?), step (share of today's
          budget); extra, outlay: what was spent more, plain and discounted (money)
        - returned, returned_low, returned_high: present value brought back per unit of extra money,
          before it is taken off (1 just pays back), with its 95 % interval
        - people: more customers won (acquisition), or customer-months kept (retention)
        - marginal, marginal_low, marginal_high: extra money for each of them; not numbers where
          they are not surely more; average: what they cost today on this side
        """
        import pandas as pd

        rows = [self.row(use, step) for use in self.uses for step in self.steps]
        return pd.DataFrame(rows)

    def row(self, use: Use, step: float) -> dict[str, Any]:
        """One row of that table."""
        arm = use.arm(step)
        outlay, extra = self.more(arm, "outlay"), self.more(arm, "spending")
        people = self.more(arm, WON[use.side])
        means = {"extra": extra, "outlay": outlay, "people": people}
        return {
            "use": use.name,
            "side": use.side,
            "whole": use.whole,
            "step": step,
            **{name: float(v.mean()) if len(v) else float("nan") for name, v in means.items()},
            **named("returned", ratio(self.more(arm, "npv") + outlay, outlay)),
            **named("marginal", cost(extra, people)),
            "average": self.average(use.side),
        }

    def average(self, side: str) -> float:
        """What a customer won, or a customer-month kept, costs today: the side's money by all."""
        share = share_of(split_of(self.case), side)
        return ratio(share * self.values(TODAY, "spending"), self.values(TODAY, WON[side]))["mean"]

    @cached_property
    def ranking(self) -> list[str]:
        """Instruments by what the first step brings back, the best first."""
        rows = self.table[~self.table["whole"] & (self.table["step"] == self.steps[0])]
        return list(rows.sort_values("returned", ascending=False, kind="stable")["use"])

    @cached_property
    def answer(self) -> str:
        """The result in plain words."""
        if self.runs < 2:
            return "No answer: fewer than two paired worlds were finished."
        first = {row["use"]: row for row in self.rows(self.steps[0])}
        best, *others = self.ranking
        found = [
            f"The next {self.currency} of {self.focal} goes furthest in {best}: {said(first[best])}"
        ]
        found[0] += f" {self.currency} of present value (1 just pays back)."
        if not first[best]["returned_low"] > 1.0:
            found.append("Even that does not surely pay back.")
        if others and not self.is_ahead(best, others[0]):
            found.append(f"It is not surely ahead of {others[0]} ({said(first[others[0]])}).")
        losing = [name for name in self.ranking if first[name]["returned_high"] < 1.0]
        if losing:
            found.append(f"Extra money on these is better saved: {', '.join(losing)}.")
        return " ".join(found)

    def rows(self, step: float) -> list[dict[Any, Any]]:
        """The rows of the table for one step."""
        return self.table[self.table["step"] == step].to_dict("records")

    def is_ahead(self, best: str, second: str) -> bool:
        """Whether the first step surely earns more in one instrument than in another."""
        use = {use.name: use for use in self.uses}
        arms = (use[name].arm(self.steps[0]) for name in (best, second))
        return paired(*(self.values(arm, "npv") for arm in arms))["low"] > 0.0

    @cached_property
    def notes(self) -> list[str]:
        """What a reader must know beside the numbers."""
        spec, mixes = self.case.spec, mixes_of(self.case)
        steps = " and ".join(f"{step:.0%}".replace("%", " %") for step in self.steps)
        found = [
            f"Each use gets {steps} of today's budget on top; all others keep their money. Brought "
            "back: (extra net present value + extra money) / extra money, all discounted.",
            f"Acquisition as a whole: {worded(mixes.winning)}. Retention: {worded(mixes.keeping)}.",
            "Marginal cost: extra money for each more customer won (acquisition) or customer-month "
            "kept (retention); none where they are not surely more (95 %).",
            f"{self.runs} paired worlds of {spec.horizon} {spec.step}s. {circumstance(self.case)}; "
            "all arms share it, and luck; intervals of 95 % (Fieller).",
        ]
        return found + left_out(self.failures)

    def __repr__(self) -> str:
        return f"<Money of {self.focal}, {len(self.uses)} uses, {self.runs} paired worlds>"

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data, for machines."""
        return {
            "focal": self.focal,
            "runs": self.runs,
            "steps": list(self.steps),
            "table": records(self.table),
            "ranking": self.ranking,
            "notes": self.notes,
            "failures": [vars(failure) for failure in self.failures],
            "answer": self.answer,
            "seconds": round(self.seconds, 3),
        }

    def save(self, folder: str | Path) -> Path:
        """Write ``money.parquet``, ``money.json`` and the scenario."""
        return save_finding(folder, "money", self.table, self.case, self.to_json())


def money(
    case: Case,
    *,
    runs: int = 10,
    steps: Sequence[float] = STEPS,
    jobs: int = -1,
    progress: Progress | None = None,
    interrupted: Callable[[], None] | None = None,
) -> Money:
    """Give every instrument of the setting, and either side as a whole, more money.

    Args:
        case: a scenario; what it says of the focal firm is today.
        runs: paired worlds.
        steps: extra money, as shares of today's budget, greater than 0 and rising.
        jobs: processes; -1: all cores, 1: this one. The numbers do not depend on it.
        progress: told how many paired worlds are finished, and how many there will be.
        interrupted: called on Ctrl-C; what is finished is then returned.

    Raises:
        ScenarioError: the focal firm spends nothing, or a share of its revenue.
        ValueError: steps that do not rise from more than 0.
    """
    begun = time.perf_counter()
    if not steps or any(high <= low for low, high in zip((0.0, *steps), steps, strict=False)):
        raise ValueError(
            f"steps must rise from more than 0, are {list(steps)}; write shares of today's budget, "
            f"such as {list(STEPS)}"
        )
    refuse_unsteady_budget(case)
    arms = {use.arm(step): raised(case, step, use.extra) for use in uses_of(case) for step in steps}
    futures, failures = replicate(
        design_of(case, {TODAY: case} | arms, case.spec.focal),
        runs,
        executor=in_series if jobs == 1 else in_processes(jobs),
        progress=progress,
        interrupted=interrupted,
    )
    return Money(case, steps, futures, failures, time.perf_counter() - begun)


def uses_of(case: Case) -> Iterator[Use]:
    """Every instrument of either side that firm and setting have, each side as a whole first.

    Foundations are neither: whom they win or keep is not theirs alone. Compare them as policies.
    """
    mixes, offer = mixes_of(case), case.spec.firms[case.spec.focal]
    for side, mix in (("acquisition", mixes.winning), ("retention", mixes.keeping)):
        yield Use(side, side, mix)
        for name in usable_in(case.spec.setting):
            if INSTRUMENTS[name].side == side and can_spend(offer, name):
                yield Use(name, side, {name: 1.0})


def cost(extra: Values, people: Values) -> dict[str, float]:
    """Extra money for each further one of ``people``, if they are surely more."""
    found = ratio(extra, people)
    if len(people) > 1 and np.isfinite(found["low"]) and people.mean() > 0.0:
        return found
    return dict.fromkeys(found, float("nan"))


def named(name: str, found: dict[str, float]) -> dict[str, float]:
    """A mean and its interval under the name of what they are of."""
    return {name: found["mean"], f"{name}_low": found["low"], f"{name}_high": found["high"]}


def said(row: dict[Any, Any]) -> str:
    """What a use brings back, in words."""
    value, low, high = (row[f"returned{end}"] for end in ("", "_low", "_high"))
    return f"each brings back {value:.2f} [{low:.2f}, {high:.2f}]"
