"""Comparing policies: which earns more, by how much, how surely.

The unit of output is the paired difference against the baseline, world by world. Its interval is
Student's at 95 %; "won" is the share of paired worlds in which the policy came out ahead.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.analysis.statistics import interval, paired
from sim.experiments.arms import OUTCOMES, Failure, Future, design_of
from sim.experiments.runner import Progress, in_processes, in_series, replicate
from sim.market import saving
from sim.market.run import case_of, manifest_of
from sim.scenario.loading import Case
from sim.scenario.problems import Problem, ScenarioError, nearest
from sim.scenario.world import ShareOfRevenue

if TYPE_CHECKING:
    import pandas as pd

Values = npt.NDArray[np.float64]
SAME_SPENDING = 0.01
"""Arms whose cumulated spending differs by more are said to differ in the last lines."""


class Comparison:
    """What a comparison of policies found.

    Attributes:
        case: the scenario.
        arms: names of the policies; the first is the baseline.
        futures: every finished arm of every finished paired world.
        failures: paired worlds that broke.
        seconds: time it took.
    """

    def __init__(
        self,
        case: Case,
        arms: tuple[str, ...],
        futures: list[Future],
        failures: list[Failure],
        seconds: float,
    ) -> None:
        self.case = case
        self.arms = arms
        self.futures = futures
        self.failures = failures
        self.seconds = seconds

    @property
    def focal(self) -> str:
        """Name of the firm whose policies are compared."""
        return self.case.spec.focal

    @property
    def currency(self) -> str:
        """Unit of money."""
        return self.case.spec.currency

    @property
    def months(self) -> int:
        """Booked steps."""
        return self.case.spec.horizon

    @property
    def runs(self) -> int:
        """Finished paired worlds."""
        return len(self.futures) // len(self.arms)

    @cached_property
    def outcomes(self) -> "pd.DataFrame":
        """One row per paired world and arm: replication, arm, and every outcome."""
        import pandas as pd

        rows = [{"replication": f.replication, "arm": f.arm, **f.outcomes} for f in self.futures]
        return pd.DataFrame(rows, columns=["replication", "arm", *OUTCOMES])

    @cached_property
    def cash(self) -> Values:
        """(arms, runs, months) cumulated profit of the focal firm."""
        paths = [[f.cash for f in self.futures if f.arm == arm] for arm in self.arms]
        return np.array(paths)

    def values(self, arm: str, outcome: str) -> Values:
        """(runs,) one outcome of one arm, by paired world."""
        return np.array([f.outcomes[outcome] for f in self.futures if f.arm == arm])

    @cached_property
    def summary(self) -> "pd.DataFrame":
        """Mean of every outcome by arm, with its 95 % interval."""
        import pandas as pd

        return pd.DataFrame(
            [
                {"arm": arm, "metric": name, **interval(self.values(arm, name))}
                for arm in self.arms
                for name in OUTCOMES
            ]
        )

    @cached_property
    def differences(self) -> "pd.DataFrame":
        """Paired differences against the baseline.

        ``won`` is the share of paired worlds with a positive difference; ``pairing_gain`` is how
        many times more worlds independent luck would have needed for the same interval.
        """
        import pandas as pd

        return pd.DataFrame(
            [
                {"arm": arm, "metric": name, **paired(self.values(arm, name), self.base(name))}
                for arm in self.arms[1:]
                for name in OUTCOMES
            ]
        )

    def base(self, outcome: str) -> Values:
        """(runs,) an outcome of the baseline."""
        return self.values(self.arms[0], outcome)

    @cached_property
    def ranking(self) -> list[str]:
        """Arms by mean net present value, the best first."""
        return sorted(self.arms, key=lambda arm: -float(self.values(arm, "npv").mean()))

    @cached_property
    def notes(self) -> list[str]:
        """What a reader must know beside the numbers."""
        entry = self.case.spec.population.entry.closure
        found = [f"Closure {entry}; rivals hold; {self.case.spec.warm_up} steps of warm-up shared."]
        found += self.pairing_notes() + self.spending_notes()
        if self.failures:
            numbers = ", ".join(str(failure.replication) for failure in self.failures)
            found.append(f"{len(self.failures)} paired worlds broke and are left out: {numbers}.")
        return found

    def pairing_notes(self) -> list[str]:
        """What common luck was worth, where it can be said."""
        table = self.differences
        gains = table[(table["metric"] == "npv") & table["pairing_gain"].notna()]
        return [
            f"Common luck: without it {row.arm} would have needed {row.pairing_gain:.0f} times as "
            "many worlds for the same interval of net present value."
            for row in gains.itertuples()
        ]

    def spending_notes(self) -> list[str]:
        """Arms that did not spend the same are named."""
        if not self.runs:
            return []
        spent = {arm: float(self.values(arm, "spending").mean()) for arm in self.arms}
        low, high = min(spent, key=spent.__getitem__), max(spent, key=spent.__getitem__)
        if spent[high] <= spent[low] * (1.0 + SAME_SPENDING):
            return []
        return [
            f"The arms did not spend the same: {high} spent {spent[high]:,.0f} {self.currency}, "
            f"{low} {spent[low]:,.0f}; part of the difference is the budget's."
        ]

    @cached_property
    def answer(self) -> str:
        """The result in plain words."""
        if self.runs < 2:
            return "No answer: fewer than two paired worlds were finished."
        best, second = self.ranking[:2]
        ahead = paired(self.values(best, "npv"), self.values(second, "npv"))
        by = f"{ahead['mean']:,.0f} {self.currency} [{ahead['low']:,.0f}, {ahead['high']:,.0f}]"
        if ahead["low"] <= 0.0 <= ahead["high"]:
            return (
                f"No sure winner for {self.focal}: {best} is ahead of {second} by {by} in net "
                f"present value over {self.months} {self.case.spec.step}s, an interval that holds "
                f"0. More paired worlds (--runs) would narrow it from {self.runs}."
            )
        stacked = np.array([self.values(arm, "npv") for arm in self.arms])
        highest = float(np.mean(np.argmax(stacked, axis=0) == self.arms.index(best)))
        level = abs(float(self.values(second, "npv").mean()))
        relative = f" ({ahead['mean'] / level:.1%})" if level else ""
        return (
            f"{best} earns {self.focal} most: over {self.months} {self.case.spec.step}s its net "
            f"present value is {by}{relative} above that of {second}, the next best, and "
            f"it is the highest in {highest:.0%} of {self.runs} paired worlds."
        )

    def __repr__(self) -> str:
        return f"<Comparison of {', '.join(self.arms)} for {self.focal}, {self.runs} paired worlds>"

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data, for machines."""
        import json

        return {
            "focal": self.focal,
            "arms": list(self.arms),
            "runs": self.runs,
            "summary": json.loads(self.summary.to_json(orient="records", double_precision=15)),
            "differences": json.loads(
                self.differences.to_json(orient="records", double_precision=15)
            ),
            "notes": self.notes,
            "failures": [vars(failure) for failure in self.failures],
            "answer": self.answer,
            "seconds": round(self.seconds, 3),
        }

    def save(self, folder: str | Path) -> Path:
        """Write ``outcomes.parquet``, ``differences.parquet``, ``manifest.json``, the scenario."""
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        saving.write_table(self.outcomes, target / "outcomes.parquet")
        saving.write_table(self.differences, target / "differences.parquet")
        saving.write_scenario(self.case, target)
        manifest = manifest_of(self.case, self.seconds) | self.to_json()
        saving.write_json(manifest, target / "manifest.json")
        return target


def compare(
    scenario: str | Path | Mapping[str, Any] | Case,
    *,
    policies: Sequence[str] | None = None,
    runs: int | None = None,
    seed: int | None = None,
    sets: Sequence[str] = (),
    overrides: Mapping[str, Any] | None = None,
    jobs: int = -1,
    root: Path | None = None,
    progress: Progress | None = None,
    interrupted: Callable[[], None] | None = None,
) -> Comparison:
    """Set the policies of a scenario against each other under common luck.

    Args:
        scenario: a file, a shipped name such as ``sim:retention_vs_acquisition``, data, or a Case.
        policies: names of the policies to compare, the baseline first; None: all of the scenario.
        runs: paired worlds; None: as the scenario says.
        seed: takes the place of the scenario's seed.
        sets: overrides as on the command line.
        overrides: overrides as a mapping from path to value.
        jobs: processes; -1: all cores, 1: this one. The numbers do not depend on it.
        root: folder outside the scenario's own from which files may come.
        progress: told how many paired worlds are finished, and how many there will be.
        interrupted: called on Ctrl-C; what is finished is then returned.

    Raises:
        ScenarioError: a scenario or a policy that cannot be used.
    """
    begun = time.perf_counter()
    more = {} if runs is None else {"compare.runs": runs}
    case = case_of(scenario, seed, sets, dict(overrides or {}) | more, root)
    arms = arms_of(case, policies)
    design = design_of(case, arms, case.spec.focal)
    executor = in_series if jobs == 1 else in_processes(jobs)
    futures, failures = replicate(
        design,
        case.spec.compare.runs,
        executor=executor,
        progress=progress,
        interrupted=interrupted,
    )
    return Comparison(case, tuple(arms), futures, failures, time.perf_counter() - begun)


def arms_of(case: Case, policies: Sequence[str] | None) -> dict[str, Case]:
    """The scenario under each policy. Raises ScenarioError."""
    known = list(case.spec.policies)
    names = list(policies) if policies else known
    for name in names:
        if name not in known:
            raise problem(case, "must name policies of the scenario", name, nearest(name, known))
    if len(set(names)) < 2:
        remedy = "write at least two under `policies`; the first is the baseline, {} is as it is"
        raise problem(case, "must have at least two policies to compare", str(len(names)), remedy)
    arms = {name: case.under_policy(name) for name in names}
    for name, arm in arms.items():
        saving.refuse_another_market(case, arm)
        if (arm.spec.horizon, arm.spec.discount_rate) != (
            case.spec.horizon,
            case.spec.discount_rate,
        ):
            rule = f"policy {name}: must not change the horizon or the discount rate"
            raise problem(case, rule, "", "set them for the whole scenario")
        if isinstance(arm.spec.firms[case.spec.focal].policy.budget, ShareOfRevenue):
            remedy = "use amount or per_head, so that all arms spend the same"
            raise problem(case, f"policy {name}: must not spend a share of revenue", "", remedy)
    return arms


def problem(case: Case, rule: str, value: str, remedy: str) -> ScenarioError:
    """A problem with the policies of a scenario."""
    place = case.loaded.place(("policies",))
    return ScenarioError([Problem(place, "policies", rule, value, remedy)])
