"""Response: nothing for nothing, ever less for more, never beyond the ceiling."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.policy.response import saturating

money = st.floats(0, 1e6)
ceiling = st.floats(0, 10)
rate = st.floats(0, 1000)


def test_in_the_head() -> None:
    """0 at no spending, ceiling · (1 − 1/e) = .632 of it where rate · spending is 1."""
    assert saturating(0.0, 0.6, 0.7) == 0.0
    assert saturating(2.0, 0.6, 0.5) == pytest.approx(0.6 * (1 - 1 / math.e))
    assert saturating(math.log(2), 0.6, 1.0) == pytest.approx(0.3)
    assert saturating(1e6, 0.6, 1.0) == 0.6


@given(money, money, ceiling, rate)
def test_more_money_does_more(one: float, other: float, ceiling: float, rate: float) -> None:
    """The response rises, from 0 up to the ceiling."""
    low, high = sorted((one, other))
    assert 0.0 <= saturating(low, ceiling, rate) <= saturating(high, ceiling, rate) <= ceiling


@given(money, money, ceiling, rate)
def test_ever_less_for_more(one: float, other: float, ceiling: float, rate: float) -> None:
    """Concave: spending the mean of two sums does at least the mean of what they do."""
    middle = saturating((one + other) / 2, ceiling, rate)
    ends = (saturating(one, ceiling, rate) + saturating(other, ceiling, rate)) / 2
    assert middle >= ends - 1e-14


@given(st.floats(0, 100), ceiling)
def test_the_first_unit_does_most(rate: float, ceiling: float) -> None:
    """The slope at no spending is rate · ceiling."""
    tiny = 1e-9
    slope = saturating(tiny, ceiling, rate) / tiny
    assert slope == pytest.approx(rate * ceiling, rel=1e-6, abs=1e-6)
