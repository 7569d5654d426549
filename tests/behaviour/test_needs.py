"""Needs: Poisson occasions at the person's rate, the season's factor, the time there is."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import draws
from sim.behaviour.needs import Needs, occasions
from sim.behaviour.parameter import per_step

MANY = 100_000


def test_in_the_head() -> None:
    """One a step: none up to 1/e = .368, one up to 2/e = .736, then two."""
    assert [occasions(u, 1.0, 1.0, 1.0) for u in (0.36, 0.37, 0.73, 0.74)] == [0, 1, 1, 2]


def test_half_the_time_is_half_the_need() -> None:
    """A rate of 4, a season of one half and half a step: mean 1, so none up to 1/e."""
    assert [occasions(u, 4.0, 0.5, 0.5) for u in (0.36, 0.37, 0.73, 0.74)] == [0, 1, 1, 2]


@given(st.floats(2.0**-33, 1 - 2.0**-33), st.floats(0, 20), st.floats(0, 3), st.floats(0, 1))
def test_rate_season_and_time_multiply(u: float, rate: float, season: float, time: float) -> None:
    """Only their product counts, and without time or rate there is no need."""
    assert occasions(u, rate, season, time) == occasions(u, rate * season * time, 1.0, 1.0)
    assert occasions(u, rate, season, 0.0) == occasions(u, 0.0, season, time) == 0


@pytest.mark.parametrize(("rate", "season", "time"), [(1.0, 1.0, 1.0), (2.0, 1.5, 0.5)])
def test_occasions_are_poisson(rate: float, season: float, time: float) -> None:
    """Mean and variance are both rate · season · time, in 4 standard errors."""
    luck, *_ = draws.columns(draws.key(13), np.arange(MANY), draws.NOBODY, 0, draws.STEP)
    counts = np.array([occasions(u, rate, season, time) for u in luck.tolist()])
    mean = rate * season * time
    error = 4.0 / math.sqrt(MANY)
    assert abs(counts.mean() - mean) < error * math.sqrt(mean)
    assert abs(((counts - mean) ** 2).mean() - mean) < error * math.sqrt(mean + 2 * mean**2)


def test_looking_round_compounds() -> None:
    """Who looks in one of two half months looks in the month: 1 − (1 − half)² = .2."""
    half = per_step(Needs(), 0.5).look_rate
    assert 1 - (1 - half) ** 2 == pytest.approx(Needs().look_rate)
    assert per_step(Needs(), 0.5).buy_once is False
