"""Price memory: what was asked before is remembered, and missed more than it is enjoyed."""

import pytest

from sim.behaviour.price_memory import remembered, surprise


def test_the_remembered_price_lags_behind() -> None:
    """From 20 towards 10: half of the way to 15, then to 12.5; not at all; all of it."""
    assert remembered(20.0, 10.0, 0.5) == 15.0
    assert remembered(15.0, 10.0, 0.5) == 12.5
    assert remembered(20.0, 10.0, 0.0) == 20.0
    assert remembered(20.0, 10.0, 1.0) == 10.0


@pytest.mark.parametrize(("gap", "felt"), [(0.1, 0.2), (-0.1, -0.05), (0.0, 0.0)])
def test_a_rise_hurts_more_than_a_cut_pleases(gap: float, felt: float) -> None:
    """Losses weigh 2 and gains a half: a gap of .1 is felt as .2, one of −.1 as −.05."""
    assert surprise(gap, gain=0.5, loss=2.0) == pytest.approx(felt)
