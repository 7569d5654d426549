"""Expectation: experience, promises and what others tell each pull it their way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.expectation import (
    Expectation,
    after_experience,
    after_messages,
    after_promise,
    standard,
)
from sim.behaviour.parameter import neutral

share = st.floats(0, 1)
count = st.integers(0, 1000)


def test_in_the_head() -> None:
    """A fifth of the way from .5 to 1 is .6; .3 of the way from .5 to .7 is .56."""
    assert after_experience(0.5, 1.0, 0.2) == pytest.approx(0.6)
    assert after_promise(0.5, 0.7, 0.3) == pytest.approx(0.56)


def test_a_rising_norm_in_the_head() -> None:
    """A quarter of what others deliver (.4) and three quarters of .8 is .7; without it .8."""
    assert standard(0.8, 0.4, 0.25) == pytest.approx(0.7)
    assert standard(0.8, 0.4, 0.0) == 0.8
    assert standard(0.8, 0.4, 1.0) == 0.4


def test_two_messages_in_the_head() -> None:
    """Each of two messages goes half the way from 0 to .8: .4, then .6."""
    assert after_messages(0.0, 1, 0.8, 0.5) == pytest.approx(0.4)
    assert after_messages(0.0, 2, 0.8, 0.5) == pytest.approx(0.6)


@given(share, st.integers(0, 20), share, share)
def test_messages_together_are_messages_one_by_one(
    expectation: float, number: int, verdict: float, weight: float
) -> None:
    """A month's messages of one verdict count as much at once as in a row."""
    one_by_one = expectation
    for _ in range(number):
        one_by_one = after_messages(one_by_one, 1, verdict, weight)
    together = after_messages(expectation, number, verdict, weight)
    assert together == pytest.approx(one_by_one, abs=1e-12)


@given(share, share, share, count)
def test_range(expectation: float, heard: float, weight: float, number: int) -> None:
    """No news takes an expectation out of 0 to 1."""
    assert 0.0 <= after_experience(expectation, heard, weight) <= 1.0
    assert 0.0 <= after_promise(expectation, heard, weight) <= 1.0
    assert 0.0 <= after_messages(expectation, number, heard, weight) <= 1.0


@given(share, share, count)
def test_absent(expectation: float, heard: float, number: int) -> None:
    """A neutral expectation is moved by nothing."""
    silent = neutral(Expectation)
    assert after_experience(expectation, heard, silent.learning) == expectation
    assert after_promise(expectation, heard, silent.advertising_weight) == expectation
    assert after_messages(expectation, number, heard, silent.message_weight) == expectation


@given(share, share, share)
def test_no_message_no_change(expectation: float, verdict: float, weight: float) -> None:
    """Silence says nothing."""
    assert after_messages(expectation, 0, verdict, weight) == expectation
