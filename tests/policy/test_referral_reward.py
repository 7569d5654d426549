"""Referral reward: money per satisfied customer makes some of them invite somebody."""

import math

import pytest

from sim.policy.referral_reward import (
    REFERRAL_REWARD,
    ReferralReward,
    expected_conversion,
    inviting,
)


def test_inviting_in_the_head() -> None:
    """None for nothing; .2 · (1 − 1/e) = .126 for 1 a customer; a fifth for a fortune."""
    assert inviting(0.0, ReferralReward()) == 0.0
    assert inviting(1.0, ReferralReward()) == pytest.approx(0.2 * (1 - 1 / math.e))
    assert inviting(1e6, ReferralReward()) == 0.2


def test_what_the_friend_gets_moves_nobody_to_invite() -> None:
    """With half of 2 for the friend, as many invite as for 1."""
    shared = ReferralReward(friend=0.5)
    assert inviting(2.0, shared) == inviting(1.0, ReferralReward())


def test_a_forecast_learns() -> None:
    """One in eight before anything happened; after 792 invitations and 199 successes a quarter."""
    assert expected_conversion(0, 0) == 1 / 8
    assert expected_conversion(792, 199) == 200 / 800


def test_it_wins_customers() -> None:
    """It is paid per success."""
    assert (REFERRAL_REWARD.side, REFERRAL_REWARD.paid) == ("acquisition", "per event")
