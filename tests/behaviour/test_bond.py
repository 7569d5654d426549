"""The bond between an account and its manager."""

import pytest

from sim.behaviour.bond import faded, grown, quits


def test_visits_and_gifts_fill_what_is_missing() -> None:
    """From .2, visits fill half of .8; gifts half of what is then missing; a full one stays."""
    assert grown(0.2, 0.5, 0.0) == pytest.approx(0.6)
    assert grown(0.2, 0.5, 0.5) == pytest.approx(0.8)
    assert grown(1.0, 0.5, 0.5) == 1.0
    assert grown(0.3, 0.0, 0.0) == 0.3


def test_who_is_not_visited_forgets() -> None:
    """A tenth a month."""
    assert faded(0.5, 0.1) == pytest.approx(0.45)


def test_better_wages_hold_managers() -> None:
    """Twice the usual wage: half the chance at elasticity 1, a quarter at 2, the same at 0."""
    assert quits(0.04, 8000.0, 4000.0, 1.0) == pytest.approx(0.02)
    assert quits(0.04, 8000.0, 4000.0, 2.0) == pytest.approx(0.01)
    assert quits(0.04, 8000.0, 4000.0, 0.0) == 0.04
    assert quits(0.04, 1.0, 4000.0, 2.0) == 1.0
    assert quits(0.04, 0.0, 4000.0, 1.0) == 1.0
    assert quits(0.04, 1e-300, 4000.0, 10.0) == 1.0
    assert quits(0.0, 1e-300, 4000.0, 10.0) == 0.0
