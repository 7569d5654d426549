"""The bootstrap over paired worlds: whole worlds, the same for all arms, as wide as Student's."""

import numpy as np
import pytest

from sim.analysis.resampling import RESAMPLES, resampled_means, weights
from sim.analysis.statistics import interval


def test_whole_worlds_are_drawn() -> None:
    """Of 5 worlds every resample draws 5, each world as often as any other."""
    drawn = weights(5)
    assert drawn.shape == (5, RESAMPLES)
    assert drawn.sum(axis=0) == pytest.approx(1)
    assert 5 * drawn == pytest.approx(np.round(5 * drawn))
    error = np.sqrt(0.2 * 0.8 / (5 * RESAMPLES))
    assert np.abs(drawn.mean(axis=1) - 0.2).max() < 4 * error


@pytest.mark.parametrize("worlds", [4, 10, 30])
def test_means_spread_like_student_s(worlds: int) -> None:
    """The middle 95 % of the means of normal values is Student's interval, to a tenth."""
    values = np.random.default_rng(1).normal(7, 3, worlds)
    low, high = np.quantile(resampled_means(values[None])[0], [0.025, 0.975])
    found = interval(values)
    assert high - low == pytest.approx(found["high"] - found["low"], rel=0.1)
    assert (low + high) / 2 == pytest.approx(found["mean"], abs=0.1 * (high - low))


def test_what_is_paired_stays_paired() -> None:
    """An arm that is 5 more in every world is 5 more in every resample, to rounding."""
    values = np.random.default_rng(1).normal(0, 9, 8)
    one, other = resampled_means(np.array([values, values + 5]))
    assert other - one == pytest.approx(np.full(RESAMPLES, 5.0))


def test_it_is_the_same_every_time() -> None:
    """No seed to choose: the same values give the same resamples."""
    values = np.arange(12.0).reshape(2, 6)
    assert np.array_equal(resampled_means(values), resampled_means(values.copy()))
