"""Contact: money per customer buys a chance of being contacted."""

import math

import pytest

from sim.policy.contact import CONTACT, Contact, contacted


def test_chance_in_the_head() -> None:
    """None for nothing; .6 · (1 − 1/e) = .379 for 1 a customer; .6 for a fortune."""
    assert contacted(0.0, Contact()) == 0.0
    assert contacted(1.0, Contact()) == pytest.approx(0.6 * (1 - 1 / math.e))
    assert contacted(1e6, Contact()) == 0.6


def test_it_keeps_customers() -> None:
    """It is spent as planned, on customers."""
    assert (CONTACT.side, CONTACT.paid, CONTACT.targets[0]) == (
        "retention",
        "as planned",
        "customers",
    )
