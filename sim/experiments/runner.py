"""The runner: many replications, side by side, each in one thread of its own process.

Results do not depend on the number of processes or on their order, because a replication's luck is
addressed by its number. A replication that breaks becomes a row; an interruption keeps what is
finished.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from sim.experiments.arms import Design, Failure, Future, live

Progress = Callable[[int, int], None]
Result = list[Future] | Failure
Executor = Callable[[Design, Sequence[int]], Iterable[Result]]


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


def replicate(
    design: Design,
    runs: int,
    *,
    executor: Executor = in_series,
    progress: Progress | None = None,
    interrupted: Callable[[], None] | None = None,
) -> tuple[list[Future], list[Failure]]:
    """Live ``runs`` paired worlds.

    The first one is lived here: it compiles the month once, so that processes find it compiled.

    Args:
        design: what each replication does.
        runs: number of paired worlds.
        executor: how the rest is carried out.
        progress: told how many are finished, and how many there will be.
        interrupted: called on Ctrl-C, after which what is finished is returned; without it the
            interruption is passed on.

    Returns:
        Futures in the order of replications and arms, and what broke.
    """
    futures: list[Future] = []
    failures: list[Failure] = []

    def take(result: Result) -> None:
        if isinstance(result, Failure):
            failures.append(result)
        else:
            futures.extend(result)
        if progress:
            progress(len(failures) + len(futures) // len(design.arms), runs)

    try:
        take(attempt(design, 0))
        for result in carried_out(executor, design, range(1, runs)):
            take(result)
    except KeyboardInterrupt:
        if interrupted is None:
            raise
        interrupted()
    order = {name: position for position, name in enumerate(design.arms)}
    futures.sort(key=lambda future: (future.replication, order[future.arm]))
    return futures, failures
