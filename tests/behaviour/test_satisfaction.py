"""Satisfaction: experience moves it, and a loss more than a gain of the same size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.parameter import neutral
from sim.behaviour.satisfaction import Satisfaction, after_experience, surprise

share = st.floats(0, 1)
factor = st.floats(0, 5)
USUAL = Satisfaction()


def test_surprise_in_the_head() -> None:
    """.2 above expectation adds .1, .2 below takes .2, as expected is nothing."""
    assert surprise(0.2, 0.5, 1.0) == pytest.approx(0.1)
    assert surprise(-0.2, 0.5, 1.0) == pytest.approx(-0.2)
    assert surprise(0.0, 0.5, 1.0) == 0.0


def test_experience_in_the_head() -> None:
    """.3 of the way from .6 to .8 + .1 is .69; of that to .4 − .2 it is .48."""
    assert after_experience(0.6, 0.8, 0.2, USUAL) == pytest.approx(0.69)
    assert after_experience(0.6, 0.4, -0.2, USUAL) == pytest.approx(0.48)


@given(st.floats(0.001, 1))
def test_a_loss_weighs_more_than_a_gain(size: float) -> None:
    """By default twice as much."""
    gain = surprise(size, USUAL.delight, USUAL.disappointment)
    loss = surprise(-size, USUAL.delight, USUAL.disappointment)
    assert -loss == pytest.approx(2 * gain)
    assert gain > 0


def test_a_good_and_a_bad_surprise_do_not_cancel() -> None:
    """.8 and .4 in either order please less, on average, than .6 twice where .6 is expected."""
    good_first = after_experience(after_experience(0.6, 0.8, 0.2, USUAL), 0.4, -0.2, USUAL)
    bad_first = after_experience(after_experience(0.6, 0.4, -0.2, USUAL), 0.8, 0.2, USUAL)
    as_expected = after_experience(after_experience(0.6, 0.6, 0.0, USUAL), 0.6, 0.0, USUAL)
    assert as_expected == pytest.approx(0.6)
    assert (good_first + bad_first) / 2 == pytest.approx(0.5745)


@given(share, st.floats(0, 2), st.floats(-1, 1), share, factor, factor)
def test_range(
    satisfaction: float, quality: float, gap: float, learning: float, delight: float, sting: float
) -> None:
    """Not even the largest surprise, or a recovery above perfection, leads out of 0 to 1."""
    rule = Satisfaction(learning=learning, delight=delight, disappointment=sting)
    assert 0.0 <= after_experience(satisfaction, quality, gap, rule) <= 1.0


@given(share, share, st.floats(-1, 1))
def test_absent(satisfaction: float, quality: float, gap: float) -> None:
    """Neutral satisfaction does not move, does not weigh, and surprise adds exactly nothing."""
    silent = neutral(Satisfaction)
    assert after_experience(satisfaction, quality, gap, silent) == satisfaction
    assert surprise(gap, silent.delight, silent.disappointment) == 0.0
    assert silent.weight == silent.relaxation == 0
