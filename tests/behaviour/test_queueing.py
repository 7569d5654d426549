"""Queueing: who waits and how long, in numbers that a pencil can follow."""

import math

import pytest

from sim.behaviour.queueing import answered, found_out, mean_wait, waits_at_all, waits_longer


def test_one_server_is_busy_as_often_as_there_is_work() -> None:
    """Three contacts an hour for one who can do four: .75 wait, and .75 hours on average."""
    assert waits_at_all(3.0, 4.0, 1) == pytest.approx(0.75)
    assert mean_wait(3.0, 4.0, 1) == pytest.approx(0.75)


def test_time_to_spare_shortens_the_wait() -> None:
    """Two contacts an hour for the same one: half wait, and with two to spare a quarter hour."""
    assert mean_wait(2.0, 4.0, 1) == pytest.approx(0.25)


def test_two_servers() -> None:
    """As much work as one of two can do: a third wait (B = 1/5, C = .2/.6)."""
    assert waits_at_all(1.0, 1.0, 2) == pytest.approx(1 / 3)
    assert mean_wait(1.0, 1.0, 2) == pytest.approx(1 / 3)


def test_longer_than_some_time() -> None:
    """Nobody waits less than no time; with one contact an hour to spare, e to the minus hours."""
    assert waits_longer(0.0, 3.0, 4.0, 1) == waits_at_all(3.0, 4.0, 1)
    assert waits_longer(1.0, 3.0, 4.0, 1) == pytest.approx(0.75 / math.e)


def test_more_than_can_be_served() -> None:
    """All wait, longer than any time, and there is no mean."""
    for arrivals in (4.0, 9.0):
        assert waits_at_all(arrivals, 2.0, 2) == waits_longer(99.0, arrivals, 2.0, 2) == 1.0
        assert mean_wait(arrivals, 2.0, 2) == math.inf


def test_where_nobody_answers() -> None:
    """Without people all wait for ever, even if nobody comes."""
    for arrivals in (0.0, 1.0):
        assert waits_at_all(arrivals, 4.0, 0) == waits_longer(9.0, arrivals, 4.0, 0) == 1.0
        assert mean_wait(arrivals, 4.0, 0) == math.inf


def test_nobody_comes_nobody_waits() -> None:
    """Without contacts there is no line."""
    assert waits_at_all(0.0, 5.0, 3) == mean_wait(0.0, 5.0, 3) == 0.0


def test_answered_well() -> None:
    """Of half by machine a fifth fail; of half by people a tenth are late: .4 and .45 are well."""
    assert answered(late=0.1, deflected=0.5, fails=0.2) == pytest.approx(0.85)
    assert answered(late=0.0, deflected=0.0, fails=1.0) == 1.0
    assert answered(late=1.0, deflected=1.0, fails=0.0) == 1.0


def test_who_asks_hears_more() -> None:
    """Half complain; a firm that asks half of the others hears of three in four."""
    assert found_out(0.5, 0.5) == 0.75
    assert found_out(0.5, 0.0) == 0.5
    assert found_out(0.0, 1.0) == 1.0
