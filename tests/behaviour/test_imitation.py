"""Imitation: the chance to adopt is p + q times the share that has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.imitation import Imitation, salience
from sim.behaviour.parameter import neutral

share = st.floats(0, 1)


def test_in_the_head() -> None:
    """p alone at the start; .03 + .38 · .5 = .22 half way; p + q at the end."""
    assert salience(0.0, 0.03, 0.38) == 0.03
    assert salience(0.5, 0.03, 0.38) == pytest.approx(0.22)
    assert salience(1.0, 0.03, 0.38) == pytest.approx(0.41)


def test_two_steps_of_the_discrete_map() -> None:
    """From nobody, p = q = .5: half adopt, then (.5 + .25) of the other half: .875."""
    adopted = 0.0
    for expected in (0.5, 0.875):
        adopted += salience(adopted, 0.5, 0.5) * (1.0 - adopted)
        assert adopted == expected


@given(share, share, share)
def test_more_adopters_strike_more(held: float, innovation: float, imitation: float) -> None:
    """The chance is never below that of nobody, never above that of everybody."""
    nobody = salience(0.0, innovation, imitation)
    assert 0.0 <= nobody <= salience(held, innovation, imitation)
    assert salience(held, innovation, imitation) <= salience(1.0, innovation, imitation)


@given(share)
def test_absent(held: float) -> None:
    """Both coefficients 0: nobody adopts; and that is the default."""
    assert salience(held, *neutral(Imitation)) == 0.0
    assert neutral(Imitation) == Imitation()
