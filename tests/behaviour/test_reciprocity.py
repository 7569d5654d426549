"""Reciprocity: patience, commitment and penalties keep a partner to its word (row D23)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.parameter import neutral
from sim.behaviour.reciprocity import Reciprocity, future_weight, keeps_word, patience_needed

payoff = st.floats(0, 1000)


@pytest.mark.parametrize(
    ("penalty", "needed"), [(0, 1 / 2), (1, 1 / 3), (1.5, 1 / 5), (2, 0), (3, 0)]
)
def test_patience_in_the_head(penalty: float, needed: float) -> None:
    """2 to be won once, 2 to be lost each time: a half, and none once the penalty eats it up."""
    assert patience_needed(2.0, 2.0, penalty) == pytest.approx(needed)


def test_the_word_is_kept_from_the_threshold_on() -> None:
    """A half is enough, less is not."""
    assert keeps_word(0.5, 2.0, 2.0, 0.0)
    assert not keeps_word(0.49, 2.0, 2.0, 0.0)


def test_where_cooperation_is_worth_nothing_nobody_who_is_tempted_keeps_it() -> None:
    """All of the future would be needed, unless there is no temptation."""
    assert patience_needed(1.0, 0.0, 0.0) == 1
    assert patience_needed(0.0, 0.0, 0.0) == 0


def test_the_future_weighs_by_patience_and_commitment() -> None:
    """Patience of .8 in a tie of commitment .5 is .4; without commitment there is no future."""
    assert future_weight(0.8, 0.5, 1.0) == pytest.approx(0.4)
    assert future_weight(0.8, 0.0, 1.0) == 0


@given(payoff, payoff, payoff)
def test_range(temptation: float, worth: float, penalty: float) -> None:
    """Patience needed is a share, and falls with the penalty."""
    needed = patience_needed(temptation, worth, penalty)
    assert 0 <= needed <= 1
    assert patience_needed(temptation, worth, penalty + 1.0) <= needed


def test_absent() -> None:
    """Where it is off, the future has no weight."""
    assert future_weight(1.0, 1.0, neutral(Reciprocity).foresight) == 0
