"""Commitment: it follows trust, and does not survive dissatisfaction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.commitment import Commitment, bound, target, updated
from sim.behaviour.parameter import neutral

share = st.floats(0, 1)


def test_target_in_the_head() -> None:
    """Trust .8, half way from tepid to warm, .5 + .5 · .5 of it open: .75 · .8 · .5 = .3."""
    assert target(trust=0.8, satisfaction=0.7, orientation=0.5, base=0.5) == pytest.approx(0.3)


@pytest.mark.parametrize("satisfaction", [0.0, 0.3, 0.5])
def test_none_for_the_tepid(satisfaction: float) -> None:
    """Up to satisfaction .5 nobody is committed, whatever the trust."""
    assert target(1.0, satisfaction, 1.0, 1.0) == 0.0


@pytest.mark.parametrize("satisfaction", [0.9, 0.95, 1.0])
def test_all_of_it_for_the_warm(satisfaction: float) -> None:
    """From satisfaction .9 on the target is all that trust and orientation leave open."""
    assert target(0.8, satisfaction, 1.0, 0.5) == pytest.approx(0.8)
    assert target(0.8, satisfaction, 0.0, 0.5) == pytest.approx(0.4)


@given(share, share, share, share, share, share)
def test_range(
    held: float, trust: float, satisfaction: float, orientation: float, base: float, learning: float
) -> None:
    """Target and commitment stay in 0 to 1, and the target never exceeds trust."""
    towards = target(trust, satisfaction, orientation, base)
    assert 0.0 <= towards <= trust
    assert 0.0 <= updated(held, towards, learning) <= 1.0


@given(share, share, share, share)
def test_more_trust_and_orientation_commit_more(
    low: float, more: float, satisfaction: float, base: float
) -> None:
    """The target rises with trust, and with the liking for lasting relationships."""
    high = low + more * (1.0 - low)
    assert target(low, satisfaction, 0.5, base) <= target(high, satisfaction, 0.5, base)
    assert target(0.5, satisfaction, low, base) <= target(0.5, satisfaction, high, base) + 1e-15


def test_a_tenth_of_the_way() -> None:
    """From .2 towards .7, a tenth of the way is .25."""
    assert updated(0.2, 0.7, 0.1) == pytest.approx(0.25)


@given(share, share)
def test_absent(commitment: float, towards: float) -> None:
    """Neutral commitment neither moves nor weighs."""
    silent = neutral(Commitment)
    assert updated(commitment, towards, silent.learning) == commitment
    assert silent.weight == 0


def test_a_benefit_binds_those_who_like_to_be_bound() -> None:
    """A bond of .5 takes half of the missing commitment at full orientation, none at none."""
    assert bound(0.6, 0.5, 1.0) == pytest.approx(0.8)
    assert bound(0.6, 0.5, 0.5) == pytest.approx(0.7)
    assert bound(0.6, 0.5, 0.0) == pytest.approx(0.6)
    assert bound(0.6, 0.0, 1.0) == pytest.approx(0.6)
