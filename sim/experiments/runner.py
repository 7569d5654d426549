"""The runner: many replications, side by side, each in one thread of its own process.

Results do not depend on the number of processes or on their order, because a replication's luck is
addressed by its number. A replication that breaks becomes a row; an interruption keeps what is
finished.
"""

import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from sim.experiments.arms import Design, Failure, Future, live

Progress = Callable[[int, int], None]
Result = list[Future] | Failure
Executor = Callable[[Design, Sequence[int]], Iterable[Result]]
Further = Callable[[Sequence[Result]], int]
"""Shown what became of all worlds so far; says how many more to live."""
Seen = Callable[[Sequence[Result], int], None]
"""Shown what became of all worlds so far; told how many there will be."""


def attempt(design: Design, replication: int) -> Result:
    """Live one paired world, or say why it broke."""
    try:
        return live(design, replication)
    except Exception:
        return Failure(replication, traceback.format_exc())


def in_series(design: Design, replications: Sequence[int]) -> Iterator[Result]:
    """One replication after the other, in this process."""
    return (attempt(design, replication) for replication in replications)


def in_processes(jobs: int = -1) -> Executor:
    """Replications in ``jobs`` processes (-1: all cores), results as they come."""

    def execute(design: Design, replications: Sequence[int]) -> Iterator[Result]:
        from joblib import Parallel, delayed

        parallel = Parallel(n_jobs=jobs, return_as="generator_unordered")
        tasks: Any = (delayed(attempt)(design, replication) for replication in replications)
        with warnings.catch_warnings():  # a process that is renewed for its memory loses nothing
            warnings.filterwarnings("ignore", "A worker stopped while some jobs", UserWarning)
            yield from parallel(tasks)

    return execute


def carried_out(
    executor: Executor, design: Design, replications: Sequence[int]
) -> Iterator[Result]:
    """The results of an executor; what a broken one leaves over is lived here, one by one.

    A process that is killed takes its whole pool along (joblib), but no finished work.
    """
    left = list(replications)
    with suppress(Exception):
        for result in executor(design, replications):
            left.remove(number_of(result))
            yield result
    yield from in_series(design, left)


def number_of(result: Result) -> int:
    """Number of the replication that gave a result."""
    return result.replication if isinstance(result, Failure) else result[0].replication


def lived(design: Design, replications: Sequence[int], executor: Executor) -> Iterator[Result]:
    """The results of these replications, as they come.

    The very first is lived here: it compiles the month once, so that processes find it compiled.
    """
    yield from in_series(design, [number for number in replications if number == 0])
    yield from carried_out(executor, design, [number for number in replications if number > 0])


def replicate(
    design: Design,
    runs: int,
    *,
    executor: Executor = in_series,
    progress: Progress | None = None,
    interrupted: Callable[[], None] | None = None,
    further: Further | None = None,
    seen: Seen | None = None,
) -> tuple[list[Future], list[Failure]]:
    """Live ``runs`` paired worlds, and as many more as are asked for.

    Args:
        design: what each replication does.
        runs: number of paired worlds, the first batch where there are further ones.
        executor: how they are carried out; processes stay alive between batches.
        progress: told how many are finished, and how many there will be.
        interrupted: called on Ctrl-C, after which what is finished is returned; without it the
            interruption is passed on.
        further: asked after every batch how many more worlds to live; 0 ends it. None: no more.
        seen: shown after every world what became of all so far, in the order in which they came.

    Returns:
        Futures in the order of replications and arms, and what broke.
    """
    results: list[Result] = []
    begun, batch = 0, runs
    try:
        while batch > 0:
            numbers, begun = range(begun, begun + batch), begun + batch
            for result in lived(design, numbers, executor):
                results.append(result)
                if seen:
                    seen(results, begun)
                if progress:
                    progress(len(results), begun)
            batch = further(results) if further else 0
    except KeyboardInterrupt:
        if interrupted is None:
            raise
        interrupted()
    return sorted_out(results)


def sorted_out(results: Sequence[Result]) -> tuple[list[Future], list[Failure]]:
    """Futures in the order of replications and arms, and what broke."""
    failures = [result for result in results if isinstance(result, Failure)]
    whole = [result for result in results if not isinstance(result, Failure)]
    return [future for world in sorted(whole, key=number_of) for future in world], failures
