"""The runner: many worlds, in any order, on any number of processes, surviving what breaks."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from sim.experiments import runner
from sim.experiments.arms import Design, Failure, Future
from sim.experiments.runner import Result, attempt, in_series, replicate

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
