"""Hospitality: money that builds bonds."""

import math

import pytest

from sim.policy.hospitality import HOSPITALITY, Hospitality, gifts


def test_gifts_saturate() -> None:
    """Half of the ceiling at ln 2 over the rate; nothing for nothing; never beyond the ceiling."""
    response = Hospitality(ceiling=0.4, rate=0.1)
    assert gifts(10 * math.log(2), response) == pytest.approx(0.2)
    assert gifts(0.0, response) == 0.0
    assert gifts(1e6, response) == pytest.approx(0.4)


def test_it_is_for_business_accounts_with_managers() -> None:
    """A bond needs somebody to be bound to."""
    assert HOSPITALITY.settings == ("b2b",)
    assert HOSPITALITY.needs == "managers"
