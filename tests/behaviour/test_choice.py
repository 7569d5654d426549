"""Choice: price is felt against a reference, and the largest noisy utility is a logit."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import draws
from sim.behaviour.choice import Choice, price_gap, utility
from sim.behaviour.parameter import neutral

price = st.floats(0.01, 1e6)
MANY = 100_000


@pytest.mark.parametrize("linear", [True, False])
@pytest.mark.parametrize("reference", [1.0, 20.0])
def test_the_reference_price_is_not_felt(reference: float, linear: bool) -> None:
    """At the reference the gap is exactly 0."""
    assert price_gap(reference, reference, linear) == 0.0


def test_price_in_the_head() -> None:
    """Twice the reference is 1 in the linear form and ln 2 in the other; half is −1/2 and −ln 2."""
    assert price_gap(40.0, 20.0, True) == 1.0
    assert price_gap(10.0, 20.0, True) == -0.5
    assert price_gap(40.0, 20.0, False) == pytest.approx(math.log(2))
    assert price_gap(10.0, 20.0, False) == pytest.approx(-math.log(2))


def test_no_price_is_too_small_to_be_felt() -> None:
    """The smallest number there is, against the dearest reference, still has a logarithm."""
    assert price_gap(5e-324, 1e9, False) == pytest.approx(-300 * math.log(10))
    assert price_gap(5e-324, 1e9, True) == -1.0


@given(price, price, price)
def test_dearer_feels_dearer(one: float, other: float, reference: float) -> None:
    """Both forms rise with price, and the logarithm never lies above the line."""
    low, high = sorted((one, other))
    for linear in (True, False):
        assert price_gap(low, reference, linear) <= price_gap(high, reference, linear) + 1e-12
    assert price_gap(low, reference, False) <= price_gap(low, reference, True) + 1e-12


def test_utility_in_the_head() -> None:
    """.5 taste + 1 relationship + 3.5 inertia − 4 · .25 price = 4."""
    assert utility(0.5, 1.0, 3.5, 4.0, 0.25) == 4.0


def test_without_inertia_the_last_firm_has_no_lead() -> None:
    """The neutral stay is worth exactly nothing; there is still an outside option."""
    silent = neutral(Choice)
    assert utility(0.3, 0.2, silent.staying, 4.5, 0.1) == utility(0.3, 0.2, 0.0, 4.5, 0.1)
    assert silent == Choice(staying=0)


def test_the_largest_of_noisy_utilities_is_a_logit() -> None:
    """Utilities 0, ln 2 and 0 plus Gumbel noise are largest in 1/4, 1/2 and 1/4 of all cases."""
    run, persons = draws.key(11), np.arange(MANY)
    noise = [draws.columns(run, persons, f, 0, draws.OCCASION)[1].tolist() for f in range(3)]
    worth = [utility(taste, 0.0, 0.0, 1.0, 0.0) for taste in (0.0, math.log(2), 0.0)]
    values = [[v + draws.gumbel(u) for u in us] for v, us in zip(worth, noise, strict=True)]
    shares = np.bincount(np.argmax(values, axis=0)) / MANY
    for share, expected in zip(shares, (0.25, 0.5, 0.25), strict=True):
        assert abs(share - expected) < 4 * math.sqrt(expected * (1 - expected) / MANY)
