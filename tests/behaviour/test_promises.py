"""Promises: transparency takes a promise part of the way to what stands behind it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.parameter import neutral
from sim.behaviour.promises import Promises, believed

quality = st.floats(0, 1)


@pytest.mark.parametrize(("transparency", "taken_for"), [(0, 0.9), (0.5, 0.8), (1, 0.7)])
def test_seen_through_in_the_head(transparency: float, taken_for: float) -> None:
    """A .9 is promised and a .7 delivered: half seen through it is a .8."""
    assert believed(0.9, 0.7, transparency) == pytest.approx(taken_for)


@given(quality, quality, st.floats(0, 1))
def test_between_word_and_deed(promise: float, delivered: float, transparency: float) -> None:
    """What is believed lies between the promise and the quality, wherever they are."""
    low, high = sorted((promise, delivered))
    assert low - 1e-15 <= believed(promise, delivered, transparency) <= high + 1e-15


@given(quality, quality)
def test_absent(promise: float, delivered: float) -> None:
    """Neutral: a promise is taken at its word."""
    assert believed(promise, delivered, neutral(Promises).transparency) == promise
