"""Advertising: money per person targeted becomes the chance to be reached."""

import math

import pytest

from sim.policy.advertising import ADVERTISING, Advertising, goodwill, reach


def test_reach_in_the_head() -> None:
    """Nobody for nothing; .3 · (1 − 1/e) = .190 for 1/1.2 per head; .3 for a fortune."""
    assert reach(0.0, Advertising()) == 0.0
    assert reach(1 / 1.2, Advertising()) == pytest.approx(0.3 * (1 - 1 / math.e))
    assert reach(1e6, Advertising()) == 0.3


def test_it_wins_customers() -> None:
    """It is spent as planned to acquire, on everyone unless aimed."""
    assert (ADVERTISING.side, ADVERTISING.paid) == ("acquisition", "as planned")
    assert ADVERTISING.targets[0] == "all"


def test_goodwill_in_the_head() -> None:
    """Half of it kept: steady 1 a head works as 1; one month of 1 works as .5, .25, .125."""
    assert goodwill(1.0, 1.0, 0.5) == 1.0
    built, works = 0.0, []
    for spent in (1.0, 0.0, 0.0):
        built = goodwill(built, spent, 0.5)
        works.append(built)
    assert works == [0.5, 0.25, 0.125]


def test_without_carry_over_only_this_month_works() -> None:
    """What was spent before is forgotten."""
    assert goodwill(7.0, 2.0, 0.0) == 2.0
    assert Advertising().carry_over == 0.0
