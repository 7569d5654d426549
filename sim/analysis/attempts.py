"""The comparisons of a challenge: the scenario as it is, and at both ends of every factor.

Each is lived from its own beginning, warm-up included, by the same seeds; rivals answer from month
0 on. An end that the scenario has anyway is not lived again.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from sim.analysis.factors import FACTORS, End
from sim.experiments.arms import Design, Failure, Future, design_of
from sim.experiments.runner import Executor, Progress, replicate
from sim.experiments.solve import without
from sim.scenario.loading import Case
from sim.scenario.problems import ScenarioError


class Attempt(NamedTuple):
    """One comparison.

    Attributes:
        factor: what is changed; empty for the scenario as it is.
        value: to what, in words that can follow "with".
        short: the same beside a bar.
        changed: whether that is anything else than the scenario as it is.
        design: what to live.
    """

    factor: str
    value: str
    short: str
    changed: bool
    design: Design

    @property
    def new(self) -> bool:
        """Whether it is to be lived, and not the scenario as it is once more."""
        return self.changed or not self.factor


Lived = tuple[Attempt, list[Future], list[Failure]]


def attempts_of(case: Case, arms: dict[str, Case]) -> tuple[list[Attempt], dict[str, str]]:
    """The scenario as it is, then every end; and, by factor, why one is missing."""
    base = design_of(without(case), arms, case.spec.focal)
    attempts = [Attempt("", "the scenario as it is", "", False, base)]
    missing = {name: why for name, _, absent in FACTORS if (why := absent(case.spec))}
    for name, ends, _ in FACTORS:
        if name in missing:
            continue
        try:
            designs = [changed(case, arms, end) for end in ends]
        except ScenarioError as error:
            missing[name] = f"{error.problems[0].key} {error.problems[0].rule}"
        else:
            attempts += [
                Attempt(name, end.value, end.short, design != base, design)
                for end, design in zip(ends, designs, strict=True)
            ]
    return attempts, missing


def changed(case: Case, arms: dict[str, Case], end: End) -> Design:
    """The comparison brought to one end. Raises ScenarioError where the scenario forbids it."""
    others = {name: arm.override(end.changes(arm.spec)) for name, arm in arms.items()}
    return design_of(without(case).override(end.changes(case.spec)), others, case.spec.focal)


def live_all(
    attempts: list[Attempt],
    runs: int,
    executor: Executor,
    progress: Progress | None,
    interrupted: Callable[[], None] | None,
) -> Iterator[Lived]:
    """Live one attempt after the other; what is as it is has been lived with the first.

    After an interruption the attempt that it met is the last.
    """
    total = runs * sum(attempt.new for attempt in attempts)
    done = 0
    first: tuple[list[Future], list[Failure]] = ([], [])
    for attempt in attempts:
        if not attempt.new:
            yield attempt, *first
            continue
        tell = partial(further, progress, done, total) if progress else None
        futures, failures = replicate(
            attempt.design, runs, executor=executor, progress=tell, interrupted=interrupted
        )
        first = first if done else (futures, failures)
        yield attempt, futures, failures
        done += runs
        if len(futures) // len(attempt.design.arms) + len(failures) < runs:
            return


def further(progress: Progress, done: int, total: int, finished: int, runs: int) -> None:
    """Tell how far all attempts together are, of which one has finished so many worlds."""
    progress(done + finished, total)
