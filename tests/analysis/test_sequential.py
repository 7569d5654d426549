"""Enough paired worlds: where it stops, and that its intervals cover what they promise."""

from collections import Counter
from typing import NamedTuple

import numpy as np
import pytest

from sim.analysis.sequential import BATCH, FIRST, Look, further, look
from sim.analysis.statistics import interval

TRUTH, SIZE = 1.0, 50.0
"""Mean of the difference (standard deviation 1), and of the baseline."""


def test_a_look_by_hand() -> None:
    """Differences 1, 2, 3 have the half width 4.3027/√3; the baseline −10, 20, 30 the size 20."""
    base = np.array([-10.0, 20.0, 30.0])
    seen = look(base + np.array([1.0, 2.0, 3.0]), base, base)
    assert seen.runs == 3
    assert seen.width == pytest.approx(4.302653 / np.sqrt(3) / 20)


@pytest.mark.parametrize("values", [[], [1.0], [0.0, 0.0]])
def test_a_look_at_too_little(values: list[float]) -> None:
    """No interval, or a baseline of nothing: no width, and so never sharp enough."""
    base = np.array(values)
    seen = look(base, base, base)
    assert np.isnan(seen.width)
    assert not seen.reached(1.0)
    assert np.isnan(seen.needed(0.01))


def test_thirty_at_least() -> None:
    """A width that is small by 29 worlds is luck; by 30 it counts, and equal is enough."""
    assert not Look(29, 0.001).reached(0.01)
    assert Look(30, 0.01).reached(0.01)
    assert not Look(30, 0.011).reached(0.01)


def test_what_would_be_needed() -> None:
    """Half the width takes four times the worlds; a world more for a fraction."""
    assert Look(50, 0.02).needed(0.01) == 200
    assert Look(30, 0.011).needed(0.01) == 37


@pytest.mark.parametrize(
    ("seen", "begun", "more"),
    [
        (Look(30, 0.02), 30, BATCH),
        (Look(40, 0.01), 40, 0),
        (Look(200, 0.02), 200, 0),
        (Look(195, 0.02), 195, 5),
        (Look(28, 0.001), 30, BATCH),
        (Look(0, float("nan")), 30, BATCH),
    ],
)
def test_batches(seen: Look, begun: int, more: int) -> None:
    """Ten at a time until sharp enough or all are lived; what broke was lived but tells nothing."""
    assert further(seen, begun, 0.01, 200) == more


class Trial(NamedTuple):
    """How one trial ended."""

    runs: int
    covered: bool


def trial(chance: np.random.Generator, aim: float, at_most: int) -> Trial:
    """Live batches of pairs whose difference is normal, as a comparison does."""
    gaps, more = np.zeros(0), FIRST
    while more:
        gaps = np.append(gaps, chance.normal(TRUTH, 1.0, more))
        base = np.full(len(gaps), SIZE)
        more = further(look(base + gaps, base, base), len(gaps), aim, at_most)
    found = interval(gaps)
    return Trial(len(gaps), found["low"] <= TRUTH <= found["high"])


@pytest.mark.parametrize(("typical", "at_most"), [(50, 200), (100, 200), (60, 60)])
def test_intervals_cover_the_truth(typical: int, at_most: int) -> None:
    """Of 1,000 trials that stop when they have seen enough, 93 to 97 % cover the truth.

    The aim is that of about ``typical`` worlds, so that trials stop at many sizes.
    """
    chance = np.random.default_rng(3)
    aim = 1.96 / np.sqrt(typical) / SIZE
    trials = [trial(chance, aim, at_most) for _ in range(1000)]
    assert 0.93 <= np.mean([each.covered for each in trials]) <= 0.97
    sizes = Counter(each.runs for each in trials)
    assert len(sizes) >= 4
    assert max(sizes.values()) < 900
    assert all(FIRST <= size <= at_most for size in sizes)
