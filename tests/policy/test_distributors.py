"""Distributors: money per person whom they serve makes up for missing effort."""

import math

import pytest

from sim.policy.distributors import DISTRIBUTORS, Distributors, support


def test_support_in_the_head() -> None:
    """None for nothing; .8 · (1 − 1/e) = .506 for half a unit a person; .8 for a fortune."""
    assert support(0.0, Distributors()) == 0.0
    assert support(0.5, Distributors()) == pytest.approx(0.8 * (1 - 1 / math.e))
    assert support(1e6, Distributors()) == 0.8


def test_it_is_a_foundation() -> None:
    """It is of neither side, is spent as planned, and only by a firm that has distributors."""
    assert (DISTRIBUTORS.side, DISTRIBUTORS.paid) == ("foundations", "as planned")
    assert DISTRIBUTORS.needs == "distributors"
