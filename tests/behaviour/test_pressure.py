"""Forced selling."""

import pytest

from sim.behaviour.pressure import added, left


def test_half_the_pressure_does_half() -> None:
    """Half of the push; half of the loss, as a share of what there was; none does nothing."""
    assert added(0.5, 3.0) == 1.5
    assert left(0.8, 0.5, 0.5) == pytest.approx(0.6)
    assert (added(0.0, 3.0), left(0.8, 0.0, 0.5)) == (0.0, 0.8)
