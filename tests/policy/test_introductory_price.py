"""Introductory price: money per first purchase is felt as a discount."""

import math

import pytest

from sim.policy.introductory_price import INTRODUCTORY_PRICE, IntroductoryPrice, discount


def test_discount_in_the_head() -> None:
    """None for nothing; .5 · (1 − 1/e) = .316 for 10 a purchase; half a price for a fortune."""
    once = IntroductoryPrice(spread=1)
    assert discount(0.0, once) == 0.0
    assert discount(10.0, once) == pytest.approx(0.5 * (1 - 1 / math.e))
    assert discount(1e6, once) == 0.5


def test_a_contract_is_weighed_by_all_its_bills() -> None:
    """Spread over twelve bills, 120 on the first feels like 10 on a single one."""
    assert discount(120.0, IntroductoryPrice()) == discount(10.0, IntroductoryPrice(spread=1))
    assert IntroductoryPrice().spread == 12


@pytest.mark.parametrize("money", [0.1, 1, 5, 10, 20, 50])
def test_nobody_feels_more_than_is_paid(money: float) -> None:
    """At a price of 20 the felt discount in money is less than what the firm pays."""
    assert discount(money, IntroductoryPrice(spread=1)) * 20 < money


def test_it_wins_customers() -> None:
    """It is paid per event, for strangers."""
    assert (INTRODUCTORY_PRICE.side, INTRODUCTORY_PRICE.paid) == ("acquisition", "per event")
    assert INTRODUCTORY_PRICE.targets[0] == "prospects"
