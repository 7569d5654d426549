"""Word of mouth: an uneven U over satisfaction, praise above its lowest point, blame below."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.parameter import neutral, per_step
from sim.behaviour.word_of_mouth import WordOfMouth, is_praise, tellings

share = st.floats(0, 1)
talkativeness = st.floats(0, 20)
USUAL = WordOfMouth()


def test_in_the_head() -> None:
    """.25 at the reference, .27 a tenth above, .70 a tenth below; twice for the talkative."""
    assert tellings(0.65, 0.65, 1.0, USUAL) == 0.25
    assert tellings(0.75, 0.65, 1.0, USUAL) == pytest.approx(0.27)
    assert tellings(0.55, 0.65, 1.0, USUAL) == pytest.approx(0.70)
    assert tellings(0.55, 0.65, 2.0, USUAL) == pytest.approx(1.40)


@given(st.floats(0.05, 0.35), st.floats(0, 0.04))
def test_an_uneven_u(distance: float, nearer: float) -> None:
    """Talk grows with the distance on either side, and faster on the dark one."""
    above, below = (tellings(0.65 + side * distance, 0.65, 1.0, USUAL) for side in (1, -1))
    for side, far in ((1, above), (-1, below)):
        assert 0.25 <= tellings(0.65 + side * nearer, 0.65, 1.0, USUAL) < far
    assert below > above


@given(share, share, talkativeness)
def test_range(satisfaction: float, reference: float, talk: float) -> None:
    """Nobody tells less than nothing, and the base is the least."""
    assert tellings(satisfaction, reference, talk, USUAL) >= talk * USUAL.base


@given(share, share, talkativeness)
def test_absent(satisfaction: float, reference: float, talk: float) -> None:
    """Neutral word of mouth is silence."""
    assert tellings(satisfaction, reference, talk, neutral(WordOfMouth)) == 0.0


@given(share, talkativeness)
def test_half_a_month_tells_half(satisfaction: float, talk: float) -> None:
    """Tellings are a rate: in half the time there are half as many."""
    half = tellings(satisfaction, 0.65, talk, per_step(USUAL, 0.5))
    assert half == pytest.approx(tellings(satisfaction, 0.65, talk, USUAL) / 2)


def test_praise_from_the_reference_on() -> None:
    """Satisfied as much as the reference is praise, less is blame."""
    assert is_praise(0.65, 0.65)
    assert is_praise(0.9, 0.65)
    assert not is_praise(0.64, 0.65)
