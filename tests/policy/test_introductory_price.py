"""Introductory price: money per first purchase is felt as a discount."""

import math

import pytest

from sim.policy.introductory_price import INTRODUCTORY_PRICE, IntroductoryPrice, discount


def test_discount_in_the_head() -> None:
    """None for nothing; .5 · (1 − 1/e) = .316 for 10 a purchase; half a price for a fortune."""
    assert discount(0.0, IntroductoryPrice()) == 0.0
    assert discount(10.0, IntroductoryPrice()) == pytest.approx(0.5 * (1 - 1 / math.e))
    assert discount(1e6, IntroductoryPrice()) == 0.5


@pytest.mark.parametrize("money", [0.1, 1, 5, 10, 20, 50])
def test_nobody_feels_more_than_is_paid(money: float) -> None:
    """At a price of 20 the felt discount in money is less than what the firm pays."""
    assert discount(money, IntroductoryPrice()) * 20 < money


def test_it_wins_customers() -> None:
    """It is paid per event, for strangers."""
    assert (INTRODUCTORY_PRICE.side, INTRODUCTORY_PRICE.paid) == ("acquisition", "per event")
    assert INTRODUCTORY_PRICE.targets[0] == "prospects"
