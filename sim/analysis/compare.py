"""Comparing policies, or scenarios: which earns more, by how much, how surely.

The unit of output is the paired difference against the baseline, world by world. Its interval is
Student's at 95 %; "won" is the share of paired worlds in which an arm came out ahead.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.analysis import sequential, verdict
from sim.analysis.candidates import cases_of, policies_of, scenarios_of
from sim.analysis.counterfactual import WordOfMouth, talks, word_of_mouth
from sim.analysis.finding import Finding, records
from sim.analysis.statistics import highest, interval, paired
from sim.experiments.arms import Failure, Future, design_of, side_by_side
from sim.experiments.outcomes import outcomes_of
from sim.experiments.runner import (
    Further,
    Progress,
    Result,
    Seen,
    in_processes,
    in_series,
    replicate,
    sorted_out,
)
from sim.experiments.solve import solved, solved_arms, without
from sim.market import saving
from sim.market.run import manifest_of
from sim.scenario.comparing import Precision
from sim.scenario.loading import Case

if TYPE_CHECKING:
    import pandas as pd

Values = npt.NDArray[np.float64]
EARLY = 10
"""Paired worlds after which a longer comparison tells a preliminary answer."""


class Comparison(Finding):
    """What a comparison found.

    Attributes:
        case: the scenario; of several, the first.
        cases: each arm's scenario, by its name; the first is the baseline.
        arms: names of the arms.
        futures: every finished arm of every finished paired world.
        failures: paired worlds that broke.
        seconds: time it took.
        apart: whether the arms are scenarios of their own that share no warm-up.
        talk: what word of mouth brings each arm; None where nobody talks, or it was not lived.
    """

    def __init__(
        self,
        case: Case,
        cases: Mapping[str, Case],
        futures: list[Future],
        failures: list[Failure],
        seconds: float,
        apart: bool = False,
        talk: WordOfMouth | None = None,
    ) -> None:
        super().__init__(case, futures, failures, seconds)
        self.cases = dict(cases)
        self.arms = tuple(cases)
        self.apart = apart
        self.talk = talk

    @property
    def months(self) -> int:
        """Booked steps."""
        return self.case.spec.horizon

    @property
    def runs(self) -> int:
        """Finished paired worlds."""
        return len(self.futures) // len(self.arms)

    @property
    def metrics(self) -> tuple[str, ...]:
        """Names of the outcomes; what they are is said in :mod:`sim.experiments.outcomes`."""
        return outcomes_of(self.case.spec, run_off=True)

    # ── numbers ───────────────────────────────────────────────────────────────────────────────

    @cached_property
    def outcomes(self) -> "pd.DataFrame":
        """One row per paired world and arm: replication, arm, and every outcome."""
        import pandas as pd

        rows = [{"replication": f.replication, "arm": f.arm, **f.outcomes} for f in self.futures]
        return pd.DataFrame(rows, columns=["replication", "arm", *self.metrics])

    @cached_property
    def cash(self) -> Values:
        """(arms, runs, months) cumulated profit of the focal firm."""
        paths = [[f.cash for f in self.futures if f.arm == arm] for arm in self.arms]
        return np.array(paths)

    def base(self, outcome: str) -> Values:
        """(runs,) an outcome of the baseline."""
        return self.values(self.arms[0], outcome)

    @cached_property
    def summary(self) -> "pd.DataFrame":
        """Mean of every outcome by arm, with its 95 % interval."""
        import pandas as pd

        return pd.DataFrame(
            [
                {"arm": arm, "metric": name, **interval(self.values(arm, name))}
                for arm in self.arms
                for name in self.metrics
            ]
        )

    @cached_property
    def differences(self) -> "pd.DataFrame":
        """Paired differences against the baseline, a row per arm and outcome.

        Columns as in :func:`sim.analysis.statistics.paired`: mean, low, high, won, pairing_gain,
        runs and independent_runs.
        """
        import pandas as pd

        return pd.DataFrame(
            [
                {"arm": arm, "metric": name, **paired(self.values(arm, name), self.base(name))}
                for arm in self.arms[1:]
                for name in self.metrics
            ]
        )

    @cached_property
    def best(self) -> "pd.DataFrame":
        """How surely each arm has the highest net present value, a row per arm.

        Columns: npv (mean, money); won (share of paired worlds in which it is the highest);
        confidence (share of bootstrap resamples of the worlds in which its mean is).
        """
        import pandas as pd

        values = np.array([self.values(arm, "npv") for arm in self.arms])
        won, confidence = highest(values)
        means = [interval(each)["mean"] for each in values]
        columns = {"arm": self.arms, "npv": means, "won": won, "confidence": confidence}
        return pd.DataFrame(columns)

    @cached_property
    def ranking(self) -> list[str]:
        """Arms by mean net present value, the best first."""
        return sorted(self.arms, key=lambda arm: -interval(self.values(arm, "npv"))["mean"])

    @cached_property
    def look(self) -> sequential.Look:
        """How sharply the two best arms are told apart, in what a precision is asked of."""
        precision = self.case.spec.compare.precision or Precision()
        best, second = (self.values(arm, precision.metric) for arm in self.ranking[:2])
        return sequential.look(best, second, self.base(precision.metric))

    # ── words ─────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def notes(self) -> list[str]:
        """What a reader must know beside the numbers."""
        return verdict.notes(self)

    @cached_property
    def answer(self) -> str:
        """The result in plain words."""
        return verdict.answer(self)

    def __repr__(self) -> str:
        return f"<Comparison of {', '.join(self.arms)} for {self.focal}, {self.runs} paired worlds>"

    # ── data ──────────────────────────────────────────────────────────────────────────────────

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data, for machines."""
        return {
            "focal": self.focal,
            "arms": list(self.arms),
            "closure": {a: c.spec.population.entry.closure for a, c in self.cases.items()},
            "reactions": {arm: verdict.reactions(case) for arm, case in self.cases.items()},
            "runs": self.runs,
            "summary": records(self.summary),
            "differences": records(self.differences),
            "best": records(self.best),
            "precision": self.precision(),
            "word_of_mouth": self.talk.to_json() if self.talk else None,
            "notes": self.notes,
            "failures": [vars(failure) for failure in self.failures],
            "answer": self.answer,
            "seconds": round(self.seconds, 3),
        }

    def precision(self) -> dict[str, Any] | None:
        """The precision that was asked for, and what was reached; None if none was asked for."""
        asked = self.case.spec.compare
        if asked.precision is None:
            return None
        return {
            "metric": asked.precision.metric,
            "aim": asked.precision.half_width,
            "at_most": asked.at_most,
            "half_width": self.look.width if self.look.width >= 0.0 else None,
            "reached": self.look.reached(asked.precision.half_width),
        }

    def save(self, folder: str | Path) -> Path:
        """Write ``outcomes.parquet``, ``differences.parquet``, ``manifest.json``, the scenario.

        Of several scenarios each is written into a folder of its arm's name.
        """
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        saving.write_table(self.outcomes, target / "outcomes.parquet")
        saving.write_table(self.differences, target / "differences.parquet")
        manifest = manifest_of(self.case, self.seconds) | self.to_json()
        for arm, case in self.cases.items() if self.apart else [("", self.case)]:
            (target / arm).mkdir(exist_ok=True)
            saving.write_scenario(case, target / arm)
        saving.write_json(manifest, target / "manifest.json")
        return target


# ── comparing ─────────────────────────────────────────────────────────────────────────────────


def compare(
    scenario: str | Path | Mapping[str, Any] | Case,
    *others: str | Path | Mapping[str, Any] | Case,
    policies: Sequence[str] | None = None,
    runs: int | None = None,
    precision: float | str | None = None,
    seed: int | None = None,
    sets: Sequence[str] = (),
    overrides: Mapping[str, Any] | None = None,
    jobs: int = -1,
    root: Path | None = None,
    progress: Progress | None = None,
    interrupted: Callable[[], None] | None = None,
    preliminary: Callable[[str], None] | None = None,
) -> Comparison:
    """Set the policies of a scenario, or several scenarios, against each other.

    Args:
        scenario: a file, a shipped name such as ``sim:retention_vs_acquisition``, data, or a Case.
        others: more scenarios; each is then an arm with a warm-up of its own, the first the
            baseline, and their policies play no part.
        policies: names of the policies to compare, the baseline first; None: all of the scenario.
        runs: paired worlds; None: as the (first) scenario says.
        precision: half width of the 95 % interval of the difference between the best two, as a
            share of the baseline's mean (.01 or ``"1 %"``); worlds are lived until it is reached.
        seed: takes the place of the scenario's seed.
        sets: overrides as on the command line.
        overrides: overrides as a mapping from path to value.
        jobs: processes; -1: all cores, 1: this one. The numbers do not depend on it.
        root: folder outside the scenario's own from which files may come.
        progress: told how many paired worlds are finished, and how many there will be.
        interrupted: called on Ctrl-C; what is finished is then returned.
        preliminary: told an answer in words after the first 10 paired worlds of more.

    Raises:
        ScenarioError: a scenario or a policy that cannot be used; ``runs`` beside ``precision``.
    """
    begun = time.perf_counter()
    case, *more = cases_of((scenario, *others), runs, precision, seed, sets, overrides, root)
    focal = case.spec.focal
    if more:
        arms = {n: solved(arm, focal) for n, arm in scenarios_of([case, *more], policies).items()}
        design = side_by_side(arms, focal, run_off=True)
    else:
        arms = solved_arms(case, policies_of(case, policies), focal)
        design = design_of(without(case), arms, focal, run_off=True)

    def found(futures: list[Future], failures: list[Failure]) -> Comparison:
        seconds = time.perf_counter() - begun
        return Comparison(case, arms, futures, failures, seconds, apart=bool(more))

    stopped: list[str] = []

    def stop() -> None:
        stopped.append("asked to")
        if interrupted:
            interrupted()

    asked, executor = case.spec.compare, in_series if jobs == 1 else in_processes(jobs)
    futures, failures = replicate(
        design,
        sequential.FIRST if asked.precision else asked.runs,
        executor=executor,
        progress=progress,
        interrupted=stop if interrupted else None,
        further=batches(found, asked.precision.half_width, asked.at_most)
        if asked.precision
        else None,
        seen=early(found, preliminary) if preliminary else None,
    )
    comparison = found(futures, failures)
    if not stopped and any(talks(arm) for arm in arms.values()):
        comparison.talk = word_of_mouth(
            design,
            futures,
            executor=executor,
            progress=after(progress, len(futures) // len(arms)),
            interrupted=interrupted,
        )
        comparison.seconds = time.perf_counter() - begun
    return comparison


def after(progress: Progress | None, done: int) -> Progress | None:
    """Tell of more worlds after those that are ``done``."""
    return progress and (lambda more, planned: progress(done + more, done + planned))


Found = Callable[[list[Future], list[Failure]], Comparison]


def batches(found: Found, aim: float, at_most: int) -> Further:
    """More paired worlds until the two best arms are told apart to within ``aim``."""
    return lambda results: sequential.further(
        found(*sorted_out(results)).look, len(results), aim, at_most
    )


def early(found: Found, preliminary: Callable[[str], None]) -> Seen:
    """Tell the answer of the first ``EARLY`` paired worlds, once, where there will be more."""
    told: list[str] = []

    def seen(results: Sequence[Result], planned: int) -> None:
        if told or not EARLY <= len(results) < planned:
            return
        comparison = found(*sorted_out(results))
        if comparison.runs >= EARLY:
            told.append(verdict.preliminary(comparison, planned))
            preliminary(told[0])

    return seen
