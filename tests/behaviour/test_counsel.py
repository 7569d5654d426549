"""Counsel: campaigns by people who know the firm, or do not yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.counsel import Counsel, campaigns, efficiency, known
from sim.behaviour.parameter import neutral

share = st.floats(0, 1)


def test_a_firm_is_learnt() -> None:
    """Half of what is missing each month: nothing, half, three quarters; all in the end."""
    assert [known(age, 0.5) for age in (0, 1, 2)] == pytest.approx([0, 0.5, 0.75])
    assert known(1200, 0.5) == 1


def test_campaigns_in_the_head() -> None:
    """Strangers do half of .8; who knows half of the firm does three quarters of it."""
    assert [campaigns(0.8, k, 0.5) for k in (0, 0.5, 1)] == pytest.approx([0.4, 0.6, 0.8])


def test_efficiency_in_the_head() -> None:
    """A tenth better than the firm's own: a fifth more for the money; so bad that it is lost: 0."""
    assert efficiency(0.7, 0.6, 2.0) == pytest.approx(1.2)
    assert efficiency(0.6, 0.6, 2.0) == 1
    assert efficiency(0.0, 0.6, 2.0) == 0


@given(share, share)
def test_absent(quality: float, house: float) -> None:
    """Where it is off, money does what it does, effort is not at stake, strangers do their best."""
    silent = neutral(Counsel)
    assert efficiency(quality, house, silent.power) == 1
    assert campaigns(quality, 0.0, silent.stranger) == quality
    assert silent.at_stake == 0
