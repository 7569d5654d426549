"""Leaving: an exponential time at a constant hazard, or a chance at a moment."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import draws
from sim.behaviour.leaving import (
    AFTER_PURCHASE,
    HAZARD,
    PER_PERIOD,
    outlives_a_step,
    quits,
    time_until_exit,
)

MANY = 100_000
LUCK = draws.columns(draws.key(12), np.arange(MANY), draws.NOBODY, 0, draws.STEP)[1]


def test_time_in_the_head() -> None:
    """At u = 1/e the time is one mean: 2 steps at hazard 1/2."""
    assert time_until_exit(math.exp(-1), 0.5) == pytest.approx(2.0)


def test_who_plainly_stays() -> None:
    """At hazard 1/4 draws up to 3/4 last a step; beyond, logarithms have to tell."""
    assert outlives_a_step(0.5, 0.25)
    assert outlives_a_step(0.75, 0.25)
    assert not outlives_a_step(0.8, 0.25)
    assert not outlives_a_step(0.875, 0.25)


@given(st.floats(2.0**-33, 1.0 - 2.0**-33), st.floats(1e-9, 2.0))
def test_who_plainly_stays_does_stay(u: float, hazard: float) -> None:
    """No one is let off by the short way who would leave by the long one."""
    if outlives_a_step(u, hazard):
        assert time_until_exit(u, hazard) >= 1.0


def test_nobody_leaves_without_a_hazard() -> None:
    """Hazard 0 is for ever, chance 0 is never, chance 1 is always."""
    assert time_until_exit(1e-9, 0.0) == math.inf
    assert not quits(2.0**-33, 0.0)
    assert quits(1.0 - 2.0**-33, 1.0)


def test_quits_below_the_chance() -> None:
    """Chance .3: .29 leaves, .3 and .31 stay."""
    assert quits(0.29, 0.3)
    assert not quits(0.3, 0.3)
    assert not quits(0.31, 0.3)


def test_the_forms_are_told_apart() -> None:
    """Three published forms, three codes."""
    assert len({HAZARD, PER_PERIOD, AFTER_PURCHASE}) == 3


def test_times_are_exponential() -> None:
    """At hazard .25 the mean is 4, the spread 4, and e⁻² live beyond 8, in 4 standard errors."""
    times = np.array([time_until_exit(u, 0.25) for u in LUCK.tolist()])
    error = 4.0 / math.sqrt(MANY)
    assert abs(times.mean() - 4.0) < error * 4.0
    assert abs(((times - 4.0) ** 2).mean() - 16.0) < error * 16.0 * math.sqrt(8)
    survivors = math.exp(-2)
    assert abs((times > 8.0).mean() - survivors) < error * math.sqrt(survivors * (1 - survivors))


def test_quitters_are_the_stated_share() -> None:
    """A chance of .3 makes .3 of all leave, in 4 standard errors."""
    left = np.mean([quits(u, 0.3) for u in LUCK.tolist()])
    assert abs(left - 0.3) < 4 * math.sqrt(0.3 * 0.7 / MANY)
