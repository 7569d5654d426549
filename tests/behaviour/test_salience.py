"""Salience: cues fill headroom, blame takes a share, commitment may shut rivals out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.parameter import neutral
from sim.behaviour.salience import (
    Salience,
    after_advertising,
    after_cues,
    comes_to_mind,
    openness,
)

share = st.floats(0, 1)
uniform = st.floats(2.0**-33, 1 - 2.0**-33)
count = st.integers(0, 1000)


def test_in_the_head() -> None:
    """Half of the headroom over .2 is .4: salience .6; half of .6 lost is .3."""
    assert after_advertising(0.2, 0.5) == pytest.approx(0.6)
    assert after_cues(0.2, 1, 0, 0.5, 0.5) == pytest.approx(0.6)
    assert after_cues(0.6, 0, 1, 0.5, 0.5) == pytest.approx(0.3)


def test_praise_is_heard_first() -> None:
    """From .2, praise and then blame make .6 and .3; the other way round it would be .55."""
    assert after_cues(0.2, 1, 1, 0.5, 0.5) == pytest.approx(0.3)


@given(share, st.integers(0, 20), st.integers(0, 20), share, share)
def test_messages_together_are_messages_one_by_one(
    salience: float, praise: int, blame: int, gain: float, loss: float
) -> None:
    """A month's messages at once are all the praise in a row, then all the blame."""
    one_by_one = salience
    for _ in range(praise):
        one_by_one = after_cues(one_by_one, 1, 0, gain, loss)
    for _ in range(blame):
        one_by_one = after_cues(one_by_one, 0, 1, gain, loss)
    together = after_cues(salience, praise, blame, gain, loss)
    assert together == pytest.approx(one_by_one, abs=1e-12)


@given(share, share, share)
def test_what_is_new_to_few_moves_many(little: float, much: float, gain: float) -> None:
    """Headroom: the less known a firm, the more an advertisement adds."""
    low, high = sorted((little, much))
    assert after_advertising(low, gain) - low >= after_advertising(high, gain) - high - 1e-15


@given(share, count, count, share, share)
def test_range(salience: float, praise: int, blame: int, gain: float, loss: float) -> None:
    """Neither a flood of praise nor one of blame takes salience out of 0 to 1."""
    assert 0.0 <= after_cues(salience, praise, blame, gain, loss) <= 1.0
    assert salience <= after_advertising(salience, gain) <= 1.0


def test_yes_or_no_awareness() -> None:
    """With gains of 1, a loss of 0 and no forgetting, one cue makes a firm known for good."""
    assert after_advertising(0.0, 1.0) == after_cues(0.0, 1, 0, 1.0, 0.0) == 1.0
    assert after_cues(1.0, 0, 99, 1.0, 0.0) == after_advertising(1.0, 1.0) == 1.0
    assert after_cues(0.0, 0, 99, 1.0, 0.0) == 0.0


def test_coming_to_mind() -> None:
    """A salience of .3 strikes below .3; a floor of .4 lifts that to .4."""
    assert [comes_to_mind(u, 0.3, 0.0) for u in (0.29, 0.31)] == [True, False]
    assert [comes_to_mind(u, 0.3, 0.4) for u in (0.31, 0.4, 0.41)] == [True, False, False]


def test_immunity_in_the_head() -> None:
    """Half an immunity and a commitment of .8 leave .6 of openness; both full, none."""
    assert openness(0.5, 0.8) == pytest.approx(0.6)
    assert openness(1.0, 1.0) == 0.0


@given(uniform, share, share, count)
def test_absent(u: float, salience: float, commitment: float, cues: int) -> None:
    """Neutral: no cue counts, everybody knows all firms, and nobody is shut out."""
    silent = neutral(Salience)
    gain, loss = silent.positive_gain, silent.negative_loss
    assert after_advertising(salience, silent.advertising_gain) == salience
    assert after_cues(salience, cues, cues, gain, loss) == salience
    assert comes_to_mind(u, salience, silent.floor)
    assert openness(silent.immunity, commitment) == 1.0
