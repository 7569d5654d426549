"""The runner: many worlds, in any order, on any number of processes, surviving what breaks."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from sim.experiments import runner
from sim.experiments.arms import Design, Failure, Future
from sim.experiments.runner import (
    Result,
    attempt,
    in_processes,
    in_series,
    replicate,
    sorted_out,
)

NOTHING = Design({}, {"one": {}, "two": {}}, Path(), "acme")


def world(number: int) -> list[Future]:
    """Both futures of a paired world, without living it."""
    return [Future(number, arm, {"npv": float(number)}, np.zeros(1)) for arm in NOTHING.arms]


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Worlds are pretended, and counted; number 2 breaks."""
    lived: list[int] = []

    def live(design: Design, number: int) -> list[Future]:
        lived.append(number)
        if number == 2:
            raise ZeroDivisionError("nothing to divide by")
        return world(number)

    monkeypatch.setattr(runner, "live", live)
    return lived


def test_one_world_after_the_other(pretended: list[int]) -> None:
    """Five worlds are lived in order; the one that breaks is a row with its traceback."""
    futures, failures = replicate(NOTHING, 5)
    assert pretended == [0, 1, 2, 3, 4]
    assert [(f.replication, f.arm) for f in futures] == [
        (number, arm) for number in (0, 1, 3, 4) for arm in ("one", "two")
    ]
    assert [failure.replication for failure in failures] == [2]
    assert "ZeroDivisionError: nothing to divide by" in failures[0].error
    assert "Traceback" in failures[0].error


@pytest.mark.usefixtures("pretended")
def test_progress_counts_what_broke() -> None:
    """Progress goes from 1 to all, whatever becomes of each world."""
    told: list[tuple[int, int]] = []
    replicate(NOTHING, 5, progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 5) for done in range(1, 6)]


@pytest.mark.usefixtures("pretended")
def test_results_do_not_depend_on_their_order() -> None:
    """An executor may return worlds in any order."""

    def backwards(design: Design, numbers: Sequence[int]) -> Iterator[Result]:
        return in_series(design, list(reversed(numbers)))

    assert key(replicate(NOTHING, 5)) == key(replicate(NOTHING, 5, executor=backwards))


def key(found: tuple[list[Future], list[Failure]]) -> list[tuple[int, str]]:
    """Numbers and arms, and numbers of what broke."""
    futures, failures = found
    return [(f.replication, f.arm) for f in futures] + [(f.replication, "") for f in failures]


def interrupting(design: Design, numbers: Sequence[int]) -> Iterator[Result]:
    """One more world, and then somebody presses Ctrl-C."""
    yield attempt(design, numbers[0])
    raise KeyboardInterrupt


@pytest.mark.usefixtures("pretended")
def test_an_interruption_keeps_what_is_finished() -> None:
    """After Ctrl-C the two finished worlds are returned, and the caller was told."""
    told: list[str] = []
    futures, failures = replicate(
        NOTHING, 5, executor=interrupting, interrupted=lambda: told.append("stopped")
    )
    assert told == ["stopped"]
    assert [f.replication for f in futures] == [0, 0, 1, 1]
    assert failures == []


@pytest.mark.usefixtures("pretended")
def test_an_interruption_is_passed_on() -> None:
    """Nobody who asked to be told, the interruption goes through."""
    with pytest.raises(KeyboardInterrupt):
        replicate(NOTHING, 5, executor=interrupting)


def test_an_interruption_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C within a world is not booked as a world that broke."""

    def live(design: Design, number: int) -> list[Future]:
        raise KeyboardInterrupt

    monkeypatch.setattr(runner, "live", live)
    with pytest.raises(KeyboardInterrupt):
        attempt(NOTHING, 0)


@pytest.mark.usefixtures("pretended")
def test_a_world_may_break_in_any_executor() -> None:
    """Whatever an executor hands over is taken: futures or failures."""

    def all_at_once(design: Design, numbers: Sequence[int]) -> list[Result]:
        return [attempt(design, number) for number in numbers]

    futures, failures = replicate(NOTHING, 3, executor=all_at_once)
    assert [f.replication for f in futures] == [0, 0, 1, 1]
    assert [f.replication for f in failures] == [2]


def test_a_broken_pool_loses_nothing(pretended: list[int]) -> None:
    """A pool that dies after one world leaves the rest to this process, each lived once."""

    def dying(design: Design, numbers: Sequence[int]) -> Iterator[Result]:
        yield attempt(design, 3)
        raise RuntimeError("a worker was killed")

    futures, failures = replicate(NOTHING, 5, executor=dying)
    assert pretended == [0, 3, 1, 2, 4]
    assert sorted({future.replication for future in futures}) == [0, 1, 3, 4]
    assert [failure.replication for failure in failures] == [2]


# ── batches ───────────────────────────────────────────────────────────────────────────────────


def three_batches(results: Sequence[Result]) -> int:
    """Two more worlds until there are six."""
    return 2 if len(results) < 6 else 0


def test_batches_follow_while_more_are_asked_for(pretended: list[int]) -> None:
    """2, then 2, then 2: each world once, in order, what broke counted as lived."""
    told: list[tuple[int, int]] = []
    futures, failures = replicate(
        NOTHING, 2, further=three_batches, progress=lambda *world: told.append(world)
    )
    assert pretended == [0, 1, 2, 3, 4, 5]
    assert told == [(1, 2), (2, 2), (3, 4), (4, 4), (5, 6), (6, 6)]
    assert [future.replication for future in futures[::2]] == [0, 1, 3, 4, 5]
    assert [failure.replication for failure in failures] == [2]


@pytest.mark.usefixtures("pretended")
def test_batches_are_the_same_worlds_as_one() -> None:
    """Six in batches of two are the six of one go."""
    assert key(replicate(NOTHING, 2, further=three_batches)) == key(replicate(NOTHING, 6))


@pytest.mark.usefixtures("pretended")
def test_an_interruption_in_a_later_batch_loses_nothing() -> None:
    """The first batch, and what the second had finished."""
    told: list[str] = []

    def stopping(design: Design, numbers: Sequence[int]) -> Iterator[Result]:
        for number in numbers:
            if number == 5:
                raise KeyboardInterrupt
            yield attempt(design, number)

    futures, failures = replicate(
        NOTHING, 4, executor=stopping, further=lambda _: 4, interrupted=lambda: told.append("stop")
    )
    assert told == ["stop"]
    assert sorted({future.replication for future in futures}) == [0, 1, 3, 4]
    assert [failure.replication for failure in failures] == [2]


def test_a_pool_that_breaks_in_a_later_batch_loses_nothing(pretended: list[int]) -> None:
    """The rest of that batch is lived here, and the next batch begins as usual."""

    def dying(design: Design, numbers: Sequence[int]) -> Iterator[Result]:
        yield attempt(design, numbers[0])
        if 3 in numbers:
            raise RuntimeError("a worker was killed")
        yield from in_series(design, numbers[1:])

    futures, _ = replicate(NOTHING, 2, executor=dying, further=three_batches)
    assert sorted(pretended) == [0, 1, 2, 3, 4, 5]
    assert len(futures) == 2 * 5


@pytest.mark.usefixtures("pretended")
def test_who_looks_on_is_shown_every_world() -> None:
    """Everything so far, what broke included, with the number that is planned."""
    shown: list[tuple[int, int]] = []
    replicate(NOTHING, 4, seen=lambda results, planned: shown.append((len(results), planned)))
    assert shown == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_results_are_sorted_out() -> None:
    """By number, futures and failures apart."""
    futures, failures = sorted_out([world(2), Failure(1, "broke"), world(0)])
    assert [future.replication for future in futures] == [0, 0, 2, 2]
    assert failures == [Failure(1, "broke")]


def test_processes_stay_alive_between_batches() -> None:
    """A second batch finds the processes of the first: nothing is imported or compiled anew."""
    loky = pytest.importorskip("joblib.externals.loky.reusable_executor")
    alive = []
    for numbers in ([1, 2], [3, 4]):
        results = list(in_processes(2)(NOTHING, numbers))  # a design of nothing breaks at once
        assert sorted(result.replication for result in results) == numbers  # type: ignore[union-attr]
        alive.append({*loky._executor._processes})
    assert alive[0] == alive[1]
    assert len(alive[0]) == 2
