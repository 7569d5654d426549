"""Opportunism: trust and contracts each stand against it, and together more than that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.opportunism import Opportunism, chance, strength
from sim.behaviour.parameter import neutral

share = st.floats(0, 1)
USUAL = Opportunism()
APART = Opportunism(complementarity=0.0)


def test_strength_of_contracts() -> None:
    """A fifth said, a half written, and both leave four fifths of a half open."""
    assert strength(True, False, USUAL) == pytest.approx(0.2)
    assert strength(False, True, USUAL) == pytest.approx(0.5)
    assert strength(True, True, USUAL) == pytest.approx(0.6)
    assert strength(False, False, USUAL) == 0


def test_chance_in_the_head() -> None:
    """A tenth; half of it with half of the trust; a quarter with half a contract beside."""
    assert chance(0.0, 0.0, APART) == pytest.approx(0.1)
    assert chance(0.5, 0.0, APART) == pytest.approx(0.05)
    assert chance(0.5, 0.5, APART) == pytest.approx(0.025)
    assert chance(0.5, 0.5, USUAL) == pytest.approx(0.025 * 0.875)


@pytest.mark.parametrize("trust", [0.2, 0.5, 0.8])
def test_complements(trust: float) -> None:
    """A contract takes half of the chance away whatever the trust, or the more, the more of it."""
    assert chance(trust, 0.5, APART) / chance(trust, 0.0, APART) == pytest.approx(0.5)
    left = chance(trust, 0.5, USUAL) / chance(trust, 0.0, USUAL)
    assert left == pytest.approx(0.5 * (1 - 0.25 * trust))


@given(share, share, share)
def test_range(trust: float, contract: float, complementarity: float) -> None:
    """It is a chance, at most that of strangers without a contract; full trust leaves none."""
    rule = Opportunism(complementarity=complementarity)
    assert 0 <= chance(trust, contract, rule) <= rule.chance
    assert chance(1.0, contract, rule) == 0
    assert chance(trust, 1.0, rule) == 0


@given(share, share)
def test_absent(trust: float, contract: float) -> None:
    """Where it is off, nobody breaks a word."""
    assert chance(trust, contract, neutral(Opportunism)) == 0
