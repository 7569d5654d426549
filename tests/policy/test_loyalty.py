"""Loyalty: money per rewarded purchase becomes a perceived reward."""

import math

import pytest

from sim.policy.loyalty import LOYALTY, Loyalty, reward


def test_reward_in_the_head() -> None:
    """None for nothing; .5 · (1 − 1/e) = .316 for 1/.7 per purchase; half a price for a fortune."""
    assert reward(0.0, Loyalty()) == 0.0
    assert reward(1 / 0.7, Loyalty()) == pytest.approx(0.5 * (1 - 1 / math.e))
    assert reward(1e6, Loyalty()) == 0.5


def test_it_keeps_customers() -> None:
    """It is paid per event, to those who are customers."""
    assert (LOYALTY.side, LOYALTY.paid) == ("retention", "per event")
    assert LOYALTY.targets[0] == "all"
