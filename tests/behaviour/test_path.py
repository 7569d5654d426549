"""The path to a purchase: every passage between departments loses some."""

import pytest

from sim.behaviour.path import lost


def test_three_passages_of_a_half() -> None:
    """Through four departments, half lost at each passage: an eighth arrives; one loses nobody."""
    assert lost(0.5, 4, 0.0, 1.0) == pytest.approx(7 / 8)
    assert lost(0.5, 1, 0.0, 1.0) == 0.0


def test_integration_takes_friction_away() -> None:
    """Half integrated, a quarter is lost at each of two passages: 9/16 arrive; wholly, all do."""
    assert lost(0.5, 3, 0.5, 1.0) == pytest.approx(7 / 16)
    assert lost(0.5, 3, 1.0, 1.0) == 0.0


def test_off_nobody_is_lost() -> None:
    """Exactly nobody, whatever the friction."""
    assert lost(1.0, 100, 0.0, 0.0) == 0.0
