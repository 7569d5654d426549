"""Pricing: what others ask, cut to a range; promotions that come and go."""

from sim.policy.pricing import between, is_on, yardstick


def test_what_others_ask() -> None:
    """Of 18, 20 and 25 the lowest is 18 and the mean 21."""
    assert yardstick([20.0, 18.0, 25.0], cheapest=True) == 18.0
    assert yardstick([20.0, 18.0, 25.0], cheapest=False) == 21.0


def test_a_price_keeps_its_bounds() -> None:
    """Between 10 and 20."""
    assert [between(price, 10.0, 20.0) for price in (5.0, 15.0, 25.0)] == [10.0, 15.0, 20.0]


def test_promotions_come_and_go() -> None:
    """Two months in six, from month 0 on and, in the warm-up, up to it."""
    on = [month for month in range(-6, 12) if is_on(month, every=6, length=2)]
    assert on == [-6, -5, 0, 1, 6, 7]
