"""Rejection: what is left after a firm has ended it."""

from sim.behaviour.parameter import neutral
from sim.behaviour.rejection import Rejection, left_of


def test_what_is_left() -> None:
    """Of .8 a half is .4; nothing lost is .8, all lost is nothing."""
    assert [left_of(0.8, lost) for lost in (0.0, 0.5, 1.0)] == [0.8, 0.4, 0.0]


def test_off_nobody_minds_or_tells() -> None:
    """Off is: no trust lost, no satisfaction lost, nothing told."""
    assert neutral(Rejection) == Rejection(0.0, 0.0, 0.0)
