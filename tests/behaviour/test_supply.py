"""Supply: a product is as good, as dear and as safe as its parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.parameter import neutral
from sim.behaviour.partnership import delivered
from sim.behaviour.supply import Supply, drifted, failures, of_parts

share = st.floats(0, 1)


def test_quality_drifts_and_wanders() -> None:
    """.01 a month down over four months, and chance grows with the root of time."""
    assert drifted(0.7, -0.01, 0.0, 0.0, 4.0) == pytest.approx(0.66)
    assert drifted(0.7, 0.0, 0.02, 1.0, 4.0) == pytest.approx(0.74)
    assert drifted(0.99, 0.0, 0.02, 1.0, 1.0) == 1
    assert drifted(0.7, 0.0, 0.0, 3.0, 1.0) == 0.7


def test_a_product_of_parts() -> None:
    """Half own work of 10, a quarter at 6 and a quarter at 18 make 11; without parts, the own."""
    assert of_parts(10.0, [(0.25, 6.0), (0.25, 18.0)]) == pytest.approx(11)
    assert of_parts(0.1 + 0.2, []) == 0.1 + 0.2


def test_the_order_of_parts_does_not_matter() -> None:
    """The sum is rounded once."""
    parts = [(0.1, 0.3), (0.2, 0.9), (0.3, 0.7)]
    assert of_parts(0.6, parts) == of_parts(0.6, parts[::-1])


def test_what_is_missing_makes_purchases_fail() -> None:
    """Half of the product missing: a quarter of those that would not fail anyway."""
    assert failures(0.2, [0.5], 0.5) == pytest.approx(0.4)
    assert failures(0.0, [0.5, 0.5], 1.0) == pytest.approx(0.75)
    assert failures(0.05, [], 0.5) == 0.05


@given(share, share, share, share, share)
def test_range(own: float, part: float, value: float, effort: float, at_stake: float) -> None:
    """Quality and chances stay in 0 to 1."""
    inputs = delivered(value, effort, at_stake, 0.3)
    assert 0 <= inputs <= 1
    assert -1e-15 <= of_parts(own, [(part, inputs)]) <= 1 + 1e-15
    assert 0 <= failures(own, [part], 1.0) <= 1


@given(share, share)
def test_absent(quality: float, effort: float) -> None:
    """Where it is off, neither effort nor failures of supply reach the product."""
    silent = neutral(Supply)
    assert delivered(quality, effort, silent.at_stake, 0.0) == quality
    assert failures(0.05, [1.0], silent.harm) == 0.05
    assert silent.shock == 0
