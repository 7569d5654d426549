"""How far accounts beat the price down."""

import math

import pytest

from sim.behaviour.negotiation import Negotiation, discount, power, relief

RULES = Negotiation(most=0.2, size=0.5, rivals=0.5, trust=0.5)


def test_power_is_size_and_rival_offers() -> None:
    """A mean account alone has .25; a rival offer adds .25 of the missing .75; a giant has .5."""
    assert power(1.0, 0.0, RULES) == pytest.approx(0.25)
    assert power(1.0, 1.0, RULES) == pytest.approx(0.25 + 0.25 * 0.75)
    assert power(0.0, 0.0, RULES) == 0.0
    assert power(1e12, 0.0, RULES) == pytest.approx(0.5)


def test_trust_spares_a_part() -> None:
    """A fifth at full power; half of it where there is full trust."""
    assert discount(1.0, 0.0, RULES) == pytest.approx(0.2)
    assert discount(1.0, 1.0, RULES) == pytest.approx(0.1)
    assert discount(0.5, 0.5, RULES) == pytest.approx(0.075)


@pytest.mark.parametrize("linear", [True, False])
def test_relief_is_what_the_lower_price_feels_less(linear: bool) -> None:
    """A fifth off 20 with 20 normal: .2 less, or ln .8; nothing off is nothing."""
    expected = 0.2 if linear else -math.log(0.8)
    assert relief(0.2, 20.0, 20.0, linear) == pytest.approx(expected)
    assert relief(0.0, 20.0, 20.0, linear) == 0.0
