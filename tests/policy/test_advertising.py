"""Advertising: money per person targeted becomes the chance to be reached."""

import math

import pytest

from sim.policy.advertising import ADVERTISING, Advertising, reach


def test_reach_in_the_head() -> None:
    """Nobody for nothing; .3 · (1 − 1/e) = .190 for 1/1.2 per head; .3 for a fortune."""
    assert reach(0.0, Advertising()) == 0.0
    assert reach(1 / 1.2, Advertising()) == pytest.approx(0.3 * (1 - 1 / math.e))
    assert reach(1e6, Advertising()) == 0.3


def test_it_wins_customers() -> None:
    """It is spent as planned to acquire, on everyone unless aimed."""
    assert (ADVERTISING.side, ADVERTISING.paid) == ("acquisition", "as planned")
    assert ADVERTISING.targets[0] == "all"
