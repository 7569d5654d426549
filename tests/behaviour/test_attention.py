"""What an account manager has time for."""

import math

import pytest

from sim.behaviour.attention import HOURS_A_MONTH, late, visited


def test_visits_are_shared_once_there_are_too_many_accounts() -> None:
    """Up to capacity everybody is visited; of twice as many, each half as often."""
    assert [visited(n, 20.0) for n in (0.0, 10.0, 20.0, 40.0)] == [1.0, 1.0, 1.0, 0.5]


def test_a_manager_is_a_queue_of_one() -> None:
    """Half busy, one request an hour: half wait at all, and e^(-1 hour) of these for over an hour.

    M/M/1: P(wait > t) = ρ e^(-(μ - λ) t), with ρ = 1/2, λ = 1 and μ = 2 an hour.
    """
    accounts, requests = 1.0, HOURS_A_MONTH
    assert late(accounts, 2.0, requests, 0.0) == pytest.approx(0.5)
    assert late(accounts, 2.0, requests, 1.0) == pytest.approx(0.5 * math.exp(-1.0))


def test_twice_the_accounts_that_ask_half_as_often_are_as_much_work() -> None:
    """Two who ask every other hour, of four there is time for: one request an hour, two answers."""
    assert late(2.0, 4.0, HOURS_A_MONTH / 2, 1.0) == pytest.approx(0.5 * math.exp(-1.0))


def test_beyond_capacity_all_is_late_and_without_accounts_nothing() -> None:
    """Where more is asked than can be answered, the line grows without end."""
    assert late(21.0, 20.0, 4.0, 16.0) == 1.0
    assert late(0.0, 20.0, 4.0, 16.0) == 0.0
