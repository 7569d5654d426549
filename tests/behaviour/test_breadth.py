"""Breadth: lines come up, are taken or not, and are given up by the unhappy."""

import math

import pytest

from sim.behaviour.breadth import bond, chance_of_giving_up, chance_of_taking, comes_up


def test_what_is_offered_comes_up_on_top() -> None:
    """A tenth by itself, and of the rest half of the offers, where every second one is heard."""
    assert comes_up(0.1, 0.0, 0.5) == 0.1
    assert comes_up(0.1, 1.0, 0.5) == pytest.approx(0.1 + 0.9 * 0.5)
    assert comes_up(0.1, 1.0, 0.0) == 0.1
    assert comes_up(0.0, 0.4, 1.0) == 0.4


def test_taking_is_a_logit_of_two() -> None:
    """Even chances where here and elsewhere are alike; three to one for ln 3; no end overflows."""
    assert chance_of_taking(0.0) == 0.5
    assert chance_of_taking(math.log(3)) == pytest.approx(0.75)
    assert chance_of_taking(-math.log(3)) == pytest.approx(0.25)
    assert (chance_of_taking(1e9), chance_of_taking(-1e9)) == (1.0, 0.0)


def test_the_unhappy_give_up() -> None:
    """The lapse for all at or above the reference; .3 below it, a tenth for each unit: .03 more."""
    assert chance_of_giving_up(0.9, 0.6, 0.01, 0.1) == 0.01
    assert chance_of_giving_up(0.6, 0.6, 0.01, 0.1) == 0.01
    assert chance_of_giving_up(0.3, 0.6, 0.01, 0.1) == pytest.approx(0.04)
    assert chance_of_giving_up(0.0, 1.0, 0.5, 10.0) == 1.0


def test_each_line_binds() -> None:
    """Two lines of half a unit each are one; without weight, or without lines, nothing."""
    assert bond(2, 0.5) == 1.0
    assert bond(2, 0.0) == bond(0, 0.5) == 0.0
