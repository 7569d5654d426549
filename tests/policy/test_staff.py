"""Staff: money per head trained buys better training."""

import math

import pytest

from sim.policy.staff import STAFF, Staff, trained


def test_training_in_the_head() -> None:
    """None for nothing; .9 · (1 − 1/e) = .569 for 100 a head; .9 for a fortune."""
    assert trained(0.0, Staff()) == 0.0
    assert trained(100.0, Staff()) == pytest.approx(0.9 * (1 - 1 / math.e))
    assert trained(1e6, Staff()) == 0.9


def test_it_is_a_foundation() -> None:
    """It is of neither side, is spent as planned, and only by a firm that has staff."""
    assert (STAFF.side, STAFF.paid, STAFF.needs) == ("foundations", "as planned", "staff")
