"""Service: money per customer fills headroom of quality and avoids failures."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.policy.service import SERVICE, Service, failures_left, lift


def test_lift_in_the_head() -> None:
    """None for nothing; .6 · (1 − 1/e) = .379 for 1/.7 per customer; .6 for a fortune."""
    assert lift(0.0, Service()) == 0.0
    assert lift(1 / 0.7, Service()) == pytest.approx(0.6 * (1 - 1 / math.e))
    assert lift(1e6, Service()) == 0.6


def test_failures_in_the_head() -> None:
    """All without service, three quarters half way to the ceiling, half at the ceiling."""
    assert failures_left(0.0, Service()) == 1.0
    assert failures_left(0.3, Service()) == pytest.approx(0.75)
    assert failures_left(0.6, Service()) == pytest.approx(0.5)


def test_service_without_effect_avoids_no_failure() -> None:
    """A ceiling of 0 leaves all failures, whatever is spent."""
    powerless = Service(ceiling=0.0)
    assert lift(5.0, powerless) == 0.0
    assert failures_left(lift(5.0, powerless), powerless) == 1.0


@given(
    st.floats(0, 1e4),
    st.floats(0, 1, allow_subnormal=False),  # which have too few digits to divide by
    st.floats(0, 1000),
    st.floats(0, 1),
)
def test_range(spend: float, ceiling: float, rate: float, relief: float) -> None:
    """A factor from 1 down to what the ceiling leaves."""
    service = Service(ceiling, rate, relief)
    left = failures_left(lift(spend, service), service)
    assert 1.0 - relief - 1e-12 <= left <= 1.0


def test_it_keeps_customers() -> None:
    """It is spent as planned, on those who are customers."""
    assert (SERVICE.side, SERVICE.paid) == ("retention", "as planned")
    assert SERVICE.targets[0] == "customers"
