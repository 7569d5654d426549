"""Win-back: money per former customer makes some of them an offer."""

import math

import pytest

from sim.policy.win_back import WIN_BACK, WinBack, approached


def test_offers_in_the_head() -> None:
    """None for nothing; .3 · (1 − 1/e) = .19 for 1/.7 a head; .3 for a fortune."""
    assert approached(0.0, WinBack()) == 0.0
    assert approached(1 / 0.7, WinBack()) == pytest.approx(0.3 * (1 - 1 / math.e))
    assert approached(1e6, WinBack()) == pytest.approx(0.3)


def test_it_is_for_former_customers() -> None:
    """It is a retention instrument, spent as planned on the lapsed."""
    assert (WIN_BACK.side, WIN_BACK.paid, WIN_BACK.targets[0]) == (
        "retention",
        "as planned",
        "lapsed",
    )
