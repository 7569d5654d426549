"""Availability: a product is there or not, and is sold with service better or worse than it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.availability import Availability, added, is_there, supported
from sim.behaviour.parameter import neutral

share = st.floats(0, 1)


def test_support_in_the_head() -> None:
    """Half of the missing .4 is made up for: .8."""
    assert supported(0.6, 0.5) == pytest.approx(0.8)


def test_service_lifts_or_lowers() -> None:
    """A fifth of what is met is service: of .9 it adds .04 to .7, of .5 it takes as much away."""
    assert added(0.7, 0.9, 0.2) == pytest.approx(0.04)
    assert added(0.7, 0.5, 0.2) == pytest.approx(-0.04)


def test_what_is_always_there_and_what_never() -> None:
    """All of the time, a third of it, none of it."""
    draws = [(n + 0.5) / 300 for n in range(300)]
    assert [sum(is_there(u, a) for u in draws) for a in (1.0, 1 / 3, 0.0)] == [300, 100, 0]
    assert not is_there(0.5, 0.5)


@given(share, share, share)
def test_range(own: float, service: float, weight: float) -> None:
    """What is met lies between the firm's own quality and the service."""
    met = own + added(own, service, weight)
    assert min(own, service) - 1e-12 <= met <= max(own, service) + 1e-12


@given(share, share)
def test_absent(own: float, service: float) -> None:
    """Where it is off, nothing hangs on effort, and service adds nothing."""
    assert added(own, service, neutral(Availability).weight) == 0
    assert neutral(Availability).at_stake == 0
