"""Automation: money beyond a fixed cost lets a machine answer."""

import math

import pytest

from sim.policy.automation import AUTOMATION, Automation, cost_left, deflected


def test_deflection_in_the_head() -> None:
    """200 only keep it going; 25 more for each of 100 people at a rate of 1/25: .5 (1 − 1/e)."""
    response = Automation(fixed=200, ceiling=0.5, rate=0.04)
    assert deflected(0.0, 100, response) == deflected(200.0, 100, response) == 0.0
    assert deflected(2700.0, 100, response) == pytest.approx(0.5 * (1 - 1 / math.e))
    assert deflected(1e9, 100, response) == 0.5
    assert deflected(1e9, 0, response) == 0.0


def test_what_it_saves() -> None:
    """Half of the contacts at .3 of the cost to serve: .15 less."""
    assert cost_left(0.5, Automation(saves=0.3)) == pytest.approx(0.85)
    assert cost_left(0.0, Automation()) == 1.0


def test_it_is_a_foundation() -> None:
    """It is of neither side, is spent as planned, and only by a firm with a help desk."""
    assert (AUTOMATION.side, AUTOMATION.paid, AUTOMATION.needs) == (
        "foundations",
        "as planned",
        "helpdesk",
    )
