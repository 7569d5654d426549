"""Innovation: voices make a launch less of a gamble."""

import pytest

from sim.behaviour.innovation import hazard, quality, uncertainty


def test_bayes_in_the_head() -> None:
    """A spread of a half is a precision of 4; 6 voices of 2 each make it 16, a quarter."""
    assert uncertainty(0.5, 0.0, 2.0) == 0.5
    assert uncertainty(0.5, 6.0, 2.0) == pytest.approx(0.25)
    assert uncertainty(0.5, 100.0, 0.0) == 0.5
    assert uncertainty(0.0, 6.0, 2.0) == 0.0


@pytest.mark.parametrize("voices", [0, 1, 10, 1000])
def test_more_voices_never_hurt(voices: float) -> None:
    """The next voice makes the miss smaller, and each tells less than the one before."""
    less, more, most = (uncertainty(0.3, voices + n, 0.1) for n in range(3))
    assert less > more > most > 0
    assert less - more > more - most


def test_a_miss_is_a_miss_on_either_side() -> None:
    """Too much and too little of something are as bad; no quality is below 0."""
    assert quality(0.8, 0.3) == quality(0.8, -0.3) == pytest.approx(0.5)
    assert quality(0.8, 0.0) == 0.8
    assert quality(0.2, 0.3) == 0.0


def test_adoption_feeds_on_itself() -> None:
    """.02 with nobody, .17 when half have it; never more than certain."""
    assert hazard(0.0, 0.02, 0.3) == 0.02
    assert hazard(0.5, 0.02, 0.3) == pytest.approx(0.17)
    assert hazard(1.0, 0.9, 0.9) == 1.0
