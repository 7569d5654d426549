"""Forgetting: a share of the distance is gone, and never is never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.forgetting import Forgetting, faded
from sim.behaviour.parameter import neutral, per_step

share = st.floats(0, 1)


def test_in_the_head() -> None:
    """A tenth of .5 gone leaves .45; a tenth of the way from .5 to 1 is .55."""
    assert faded(0.5, 0.0, 0.1) == pytest.approx(0.45)
    assert faded(0.5, 1.0, 0.1) == pytest.approx(0.55)


def test_a_year_of_forgetting() -> None:
    """At 6 % a month .94¹² = .476 of salience is left after a year."""
    salience = 1.0
    for _ in range(12):
        salience = faded(salience, 0.0, Forgetting().salience)
    assert salience == pytest.approx(0.94**12)


def test_a_year_of_weeks_is_a_year_of_months() -> None:
    """Fifty-two weeks forget what twelve months forget."""
    week = per_step(Forgetting(), 12 / 52)
    salience = 1.0
    for _ in range(52):
        salience = faded(salience, 0.0, week.salience)
    assert salience == pytest.approx(0.94**12)


@given(share, share, share)
def test_range(value: float, towards: float, lost: float) -> None:
    """What fades stays in 0 to 1 and comes no farther from where it goes."""
    after = faded(value, towards, lost)
    assert 0.0 <= after <= 1.0
    assert abs(after - towards) <= abs(value - towards) + 1e-15


@given(share, share)
def test_absent(value: float, towards: float) -> None:
    """Neutral forgetting forgets exactly nothing."""
    for lost in neutral(Forgetting):
        assert faded(value, towards, lost) == value
