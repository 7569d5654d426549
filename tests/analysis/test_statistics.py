"""Statistics of paired worlds, by hand."""

import numpy as np
import pytest

from sim.analysis.statistics import interval, paired


def test_an_interval_by_hand() -> None:
    """Of 1, 2, 3 the mean is 2 and the half width Student's 4.3027 times 1/√3."""
    found = interval(np.array([1.0, 2.0, 3.0]))
    assert found["mean"] == 2
    assert found["high"] - 2 == pytest.approx(4.302653 / np.sqrt(3), rel=1e-6)
    assert 2 - found["low"] == pytest.approx(found["high"] - 2)


@pytest.mark.parametrize("values", [[], [5.0]])
def test_no_interval_of_less_than_two(values: list[float]) -> None:
    """One value has a mean and no interval, none has neither."""
    found = interval(np.array(values))
    assert found["mean"] == 5 if values else np.isnan(found["mean"])
    assert np.isnan(found["low"])


def test_a_paired_difference_by_hand() -> None:
    """Differences 1, 2, 3 of worlds 10, 20, 30: won in all, with a gain from pairing."""
    base = np.array([10.0, 20.0, 30.0])
    found = paired(np.array([11.0, 22.0, 33.0]), base)
    assert (found["mean"], found["won"], found["runs"]) == (2, 1, 3)
    apart = np.var([11, 22, 33]) + np.var([10, 20, 30])
    assert found["pairing_gain"] == pytest.approx(apart / np.var([1, 2, 3]))
    assert paired(np.array([11.0, 18.0, 30.0]), base)["won"] == pytest.approx(1 / 3)


def test_equal_arms_differ_by_nothing() -> None:
    """The difference of equal arms is 0, won in no world, without a pairing gain."""
    base = np.array([10.0, 20.0])
    found = paired(base, base)
    assert (found["mean"], found["low"], found["high"], found["won"]) == (0, 0, 0, 0)
    assert np.isnan(found["pairing_gain"])
