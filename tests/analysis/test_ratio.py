"""Ratios of paired means: by hand where the divisor is fixed, honest where it is not."""

import numpy as np
import pytest

from sim.analysis.ratio import ratio
from sim.analysis.statistics import interval


def test_a_fixed_divisor_gives_student_s_interval() -> None:
    """1, 2, 3 by 2 in every world: the mean 1 and half of Student's interval of 1, 2, 3."""
    found = ratio(np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 2.0]))
    plain = interval(np.array([1.0, 2.0, 3.0]))
    assert found["mean"] == 1
    assert found["low"] == pytest.approx(plain["low"] / 2)
    assert found["high"] == pytest.approx(plain["high"] / 2)


def test_a_ratio_that_is_the_same_in_all_worlds_is_exact() -> None:
    """3 for every 1, however many there are: nothing is left to luck."""
    below = np.array([1.0, 1.1, 0.9, 1.0])
    found = ratio(3 * below, below)
    assert [found[end] for end in ("mean", "low", "high")] == pytest.approx([3, 3, 3])


def test_no_interval_where_the_divisor_may_be_nothing() -> None:
    """-1, 1, 2 may well be 0 on average: the ratio has no ends."""
    found = ratio(np.array([1.0, 1.0, 1.0]), np.array([-1.0, 1.0, 2.0]))
    assert found["mean"] == pytest.approx(1.5)
    assert np.isnan([found["low"], found["high"]]).all()


@pytest.mark.parametrize("values", [[], [4.0]])
def test_no_interval_of_less_than_two_worlds(values: list[float]) -> None:
    """One world has a ratio and no interval, none has neither."""
    found = ratio(np.array(values), np.array(values))
    assert found["mean"] == 1 if values else np.isnan(found["mean"])
    assert np.isnan(found["low"])


def test_the_interval_covers_as_often_as_it_says() -> None:
    """In 2,000 trials of 8 worlds, with a divisor that varies by a third: 95 %, to 4 errors."""
    rng, trials = np.random.default_rng(1), 2000
    held = 0
    for _ in range(trials):
        below = rng.normal(3, 1, 8)
        found = ratio(2 * below + rng.normal(0, 1, 8), below)
        held += found["low"] <= 2 <= found["high"]
    assert held / trials == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / trials))
