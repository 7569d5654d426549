"""Integration: a stock that money builds and time takes away."""

import math

import pytest

from sim.policy.integration import INTEGRATION, Integration, built, cost_left, next_level


def test_what_is_built() -> None:
    """200 a department at a rate of 1/200: .1 (1 − 1/e) of what is missing."""
    assert built(200.0, Integration(ceiling=0.1, rate=0.005)) == pytest.approx(
        0.1 * (1 - 1 / math.e)
    )


def test_a_stock_that_decays() -> None:
    """Of .5 a fifth goes: .4; of the missing .6 a half is built: .7; without money it dies away."""
    assert next_level(0.5, 0.2, 0.5) == pytest.approx(0.7)
    assert next_level(0.5, 0.2, 0.0) == pytest.approx(0.4)
    assert next_level(0.0, 0.2, 0.0) == 0.0


def test_what_it_saves() -> None:
    """Half integrated, of a cost of which the whole saves a fifth: a tenth less."""
    assert cost_left(0.5, 0.2) == pytest.approx(0.9)
    assert cost_left(0.0, 0.2) == 1.0


def test_it_is_a_foundation() -> None:
    """It is of neither side, and only for a firm that tells of its departments."""
    assert (INTEGRATION.side, INTEGRATION.needs) == ("foundations", "path")
