"""Loyalty reward: one reference price in rewards weighs as much as declared, or nothing."""

from sim.behaviour.loyalty import Loyalty
from sim.behaviour.parameter import neutral


def test_weight() -> None:
    """A reward of one reference price is worth 1 in utility, and exactly nothing when absent."""
    assert Loyalty() == Loyalty(weight=1.0)
    assert neutral(Loyalty) == Loyalty(weight=0)
