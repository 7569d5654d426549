"""Cross-selling: money per bill or purchase becomes a chance of being offered a line."""

import math

import pytest

from sim.policy.cross_sell import CROSS_SELL, CrossSell, offered


def test_offers_in_the_head() -> None:
    """None for nothing; .5 · (1 − 1/e) = .316 for 2 a bill; every second line for a fortune."""
    assert offered(0.0, CrossSell()) == 0.0
    assert offered(2.0, CrossSell()) == pytest.approx(0.5 * (1 - 1 / math.e))
    assert offered(1e6, CrossSell()) == 0.5


def test_it_is_for_firms_with_lines() -> None:
    """It is paid per event, to those who are customers, by a firm that has lines to offer."""
    assert (CROSS_SELL.side, CROSS_SELL.paid) == ("retention", "per event")
    assert CROSS_SELL.needs == "lines"
