"""Experience: lifts work on headroom, failures cost, recoveries give back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.experience import Experience, clipped, delivered, harm, joined
from sim.behaviour.parameter import neutral

share = st.floats(0, 1)
fit = st.floats(-1, 1)


def test_headroom_in_the_head() -> None:
    """Half of what lacks from .6 to perfection lifts quality to .8; fit counts as quality."""
    assert delivered(0.6, 0.0, 0.5) == pytest.approx(0.8)
    assert delivered(0.7, -0.1, 0.5) == pytest.approx(0.8)
    assert delivered(0.6, 0.2, 0.0) == pytest.approx(0.8)


def test_joined_in_the_head() -> None:
    """Half of what lacks, and then half of what is left: .75, in whatever order; 0 adds nothing."""
    assert joined(0.5, 0.5) == 0.75
    assert joined(0.8, 0.5) == pytest.approx(0.9)
    assert joined(0.5, 0.8) == pytest.approx(0.9)
    assert (joined(0.3, 0.0), joined(0.0, 0.3), joined(1.0, 0.3)) == (0.3, 0.3, 1.0)


@given(share, fit, share)
def test_no_lift_leads_beyond_perfection(quality: float, fit: float, lift: float) -> None:
    """A lift never lowers quality, never passes 1, and reaches it where it is whole."""
    assert delivered(quality, fit, 0.0) <= delivered(quality, fit, lift) <= 1.0
    assert delivered(quality, fit, 1.0) == 1.0


@given(st.floats(0, 1), share)
def test_what_is_perfect_stays_perfect(beyond: float, lift: float) -> None:
    """Quality and fit that pass 1 together are 1."""
    assert delivered(1.0, beyond, lift) == 1.0


def test_harm_in_the_head() -> None:
    """Of .3: all if silent, nothing if put right, a third if two thirds are, twice if not."""
    assert harm(False, False, 0.3, 1.0, 2.0) == 0.3
    assert harm(True, True, 0.3, 1.0, 2.0) == 0.0
    assert harm(True, True, 0.3, 2 / 3, 2.0) == pytest.approx(0.1)
    assert harm(True, False, 0.3, 1.0, 2.0) == 0.6


@given(share, share, st.floats(1, 5))
def test_a_recovery_helps_and_its_failure_hurts(
    damage: float, undone: float, double: float
) -> None:
    """Put right is at most as bad as silence, and silence as a complaint that is not."""
    silent = harm(False, False, damage, undone, double)
    assert 0.0 <= harm(True, True, damage, undone, double) <= silent
    assert silent <= harm(True, False, damage, undone, double)


@given(st.floats(-10, 10))
def test_clipping(value: float) -> None:
    """What lies in 0 to 1 stays, the rest goes to the nearer end."""
    inside = clipped(value)
    assert inside == value if 0 <= value <= 1 else inside == float(value > 1)


def test_absent() -> None:
    """A neutral experience neither varies nor fails; what a failure would do is kept."""
    assert neutral(Experience) == Experience(noise=0, failure=0)
