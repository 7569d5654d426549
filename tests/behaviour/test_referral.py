"""Referral: somebody known speaks for the firm."""

import pytest

from sim.behaviour.referral import Referral, vouched_for


def test_trust_of_the_invited() -> None:
    """A tenth of what is missing: from .3 to .37; full trust stays."""
    assert vouched_for(0.3, Referral().trust) == pytest.approx(0.37)
    assert vouched_for(1.0, 0.5) == 1.0
    assert vouched_for(0.3, 0.0) == 0.3
