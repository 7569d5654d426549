"""Referral: somebody known speaks for the firm."""

import pytest

from sim.behaviour.referral import Referral, is_more_alike, vouched_for


def test_trust_of_the_invited() -> None:
    """A tenth of what is missing: from .3 to .37; full trust stays."""
    assert vouched_for(0.3, Referral().trust) == pytest.approx(0.37)
    assert vouched_for(1.0, 0.5) == 1.0
    assert vouched_for(0.3, 0.0) == 0.3


def test_who_is_more_alike() -> None:
    """To one with a fit of .1, .12 is nearer than .3, .3 is not nearer than -.05."""
    assert is_more_alike(0.1, 0.12, 0.3)
    assert not is_more_alike(0.1, 0.3, -0.05)
    assert not is_more_alike(0.1, 0.2, 0.2)
