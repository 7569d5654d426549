"""Customers that cost more than they bring: row D25 of the docking table."""

import pytest

from sim.theory import profitability

SIX = 0.51e-6  # six printed decimals


@pytest.mark.parametrize(
    ("shape", "cost", "expected"),
    [
        (0.243, 0.25, 0.551156),
        (0.243, 0.5, 0.644811),
        (0.5, 0.25, 0.382925),
        (0.5, 0.5, 0.520500),
        (1, 0.25, 0.221199),
        (1, 0.5, 0.393469),
        (1, 0.7, 0.503415),
        (2, 0.25, 0.090204),
        (2, 0.5, 0.264241),
    ],
)
def test_unprofitable_share(shape: float, cost: float, expected: float) -> None:
    """The more unequal the margins, the more customers fall below the same cost to serve."""
    assert profitability.unprofitable_share(shape, cost) == pytest.approx(expected, abs=SIX)


@pytest.mark.parametrize(
    ("shape", "expected"), [(0.243, 0.164716), (0.5, 0.454936), (1, 0.693147), (2, 0.839173)]
)
def test_median_margin(shape: float, expected: float) -> None:
    """The middle customer brings the printed part of the mean, and half are below her."""
    found = profitability.median_margin(shape)
    assert found == pytest.approx(expected, abs=SIX)
    assert profitability.unprofitable_share(shape, found) == pytest.approx(0.5)


def test_service_for_nothing_loses_on_nobody() -> None:
    """At no cost every customer is profitable."""
    assert profitability.unprofitable_share(0.5, 0) == 0


def test_nonsense_is_refused() -> None:
    """Shape and cost out of range are named."""
    with pytest.raises(ValueError, match="shape is 0, but it must be above 0"):
        profitability.unprofitable_share(0, 0.5)
    with pytest.raises(ValueError, match=r"cost is -0.5, but it must be 0 or more"):
        profitability.unprofitable_share(1, -0.5)
