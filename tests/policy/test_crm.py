"""CRM: money per customer writes down more of what customers show."""

import math

import pytest

from sim.policy.crm import CRM, Crm, collected


def test_what_is_written_down_in_the_head() -> None:
    """None for nothing; .9 · (1 − 1/e) = .569 for a quarter a customer; .9 for a fortune."""
    assert collected(0.0, Crm()) == 0.0
    assert collected(0.25, Crm()) == pytest.approx(0.9 * (1 - 1 / math.e))
    assert collected(1e6, Crm()) == 0.9


def test_it_keeps_customers_and_needs_a_place_for_what_is_known() -> None:
    """It is of the side of retention, and only for a firm that says what it does with it."""
    assert (CRM.side, CRM.paid, CRM.needs) == ("retention", "as planned", "crm")
