"""Waiting for service: row D19 of the docking table."""

from math import exp

import pytest

from sim.theory import queues

SIX = 0.51e-6  # six printed decimals


def test_one_server_in_the_head() -> None:
    """With one server one waits as often as she is busy: half the time, on average 1 hour."""
    assert queues.waits_at_all(0.5, 1) == pytest.approx(0.5)
    assert queues.mean_wait(0.5, 1) == pytest.approx(1)
    assert queues.waits_at_all(0, 1) == 0


def test_one_server_time_in_the_system() -> None:
    """Nine come and ten could be served an hour: more than an hour passes with e^-1."""
    assert queues.stays_longer(2, 9, 10) == pytest.approx(exp(-2))
    assert queues.stays_longer(1, 9, 10) == pytest.approx(0.367879, abs=SIX)


def test_five_servers() -> None:
    """Twenty arrivals an hour at five each: Erlang C, mean wait and tails are printed."""
    found = (
        queues.waits_at_all(20, 5, 5),
        queues.mean_wait(20, 5, 5),
        queues.waits_longer(0.25, 20, 5, 5),
        queues.waits_longer(1, 20, 5, 5),
    )
    assert found == pytest.approx((0.554113, 0.110823, 0.158756, 0.003734), abs=SIX)


def test_deflecting_thirty_per_cent() -> None:
    """With fourteen arrivals waiting falls to a sixth."""
    found = (
        queues.waits_at_all(14, 5, 5),
        queues.mean_wait(14, 5, 5),
        queues.waits_longer(0.25, 14, 5, 5),
    )
    assert found == pytest.approx((0.189516, 0.017229, 0.012115), abs=SIX)


def test_erlang_c_as_a_sum() -> None:
    """The recursion equals the textbook's sum for two servers: a = 1 gives 1/3."""
    assert queues.waits_at_all(1, 1, 2) == pytest.approx(1 / 3)
    assert queues.waits_longer(2, 1, 1, 2) == pytest.approx(exp(-2) / 3)


def test_many_servers_do_not_overflow() -> None:
    """A thousand servers at 95 per cent load wait rarely but surely."""
    assert 0 < queues.waits_at_all(950, 1, 1000) < 0.2


def test_an_overloaded_line_is_refused() -> None:
    """The error names arrivals and capacity and says what to do."""
    words = "arrivals is 30, but it must be below the capacity 25: add servers or deflect"
    with pytest.raises(ValueError, match=words):
        queues.mean_wait(30, 5, 5)
    with pytest.raises(ValueError, match="arrivals is 25, but it must be below the capacity 25"):
        queues.mean_wait(25, 5, 5)
    with pytest.raises(ValueError, match="servers is 0, but it must be a whole number, 1 or more"):
        queues.mean_wait(1, 5, 0)
    with pytest.raises(ValueError, match="time is -1, but it must be 0 or more"):
        queues.stays_longer(-1, 9, 10)
