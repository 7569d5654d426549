"""The loyalty programme: what points, status and habit are worth to a member."""

import pytest

from sim.behaviour.parameter import neutral
from sim.behaviour.programme import (
    Programme,
    attraction,
    ends_period,
    formed,
    loss,
    status,
)

RULES = Programme(weight=1.0, gradient=1.0)


def test_a_reward_draws_more_the_nearer_it_is() -> None:
    """Points worth a twentieth draw by .05 at the beginning, by .075 halfway, by .1 at the end."""
    drawn = [attraction(0.05, points, 100.0, RULES) for points in (0.0, 50.0, 100.0, 350.0)]
    assert drawn == pytest.approx([0.05, 0.075, 0.1, 0.1])


def test_without_gradient_distance_is_nothing() -> None:
    """It draws like so much money off the price; half of that at half the weight."""
    flat = RULES._replace(gradient=0.0)
    assert attraction(0.05, 0.0, 100.0, flat) == attraction(0.05, 99.0, 100.0, flat) == 0.05
    assert attraction(0.05, 99.0, 100.0, flat._replace(weight=0.5)) == 0.025


def test_losing_status_is_felt_more_than_winning_it() -> None:
    """Gold worth .3 lifts by .3 when won; lost, it is felt as .6 below where it was: .3 below 0."""
    assert status(0.3, 0.0, 2.0) == pytest.approx(0.3)
    assert status(0.0, loss(0.0, 0.3, 0.0), 2.0) == pytest.approx(-0.3)
    assert status(0.0, loss(0.0, 0.3, 0.0), 1.0) == 0.0


def test_what_is_won_back_is_lost_no_more() -> None:
    """From .5 to .2 a loss of .3 is felt; back at .4 one of .1; at .6, and higher, none."""
    assert loss(0.0, 0.5, 0.2) == pytest.approx(0.3)
    assert loss(0.3, 0.2, 0.4) == pytest.approx(0.1)
    assert loss(0.3, 0.2, 0.6) == 0.0


def test_habit_grows_with_what_is_missing() -> None:
    """A tenth of what is missing each time: .1, .19, .271."""
    habit = 0.0
    for expected in (0.1, 0.19, 0.271):
        habit = formed(habit, 0.1)
        assert habit == pytest.approx(expected)


@pytest.mark.parametrize("months", [1.0, 12 / 52])
def test_periods_end_with_years(months: float) -> None:
    """In ten years of months or weeks, before month 0 and after it, ten periods of a year end."""
    steps = range(round(-60 / months), round(60 / months))
    ends = [k + 1 for k in steps if ends_period(k * months, months, 12)]
    assert ends == [round(12 * year / months) for year in range(-4, 6)]


def test_off_nobody_joins() -> None:
    """Neutral: no joining, no weight, no habit, no loss beyond what is lost."""
    off = neutral(Programme)
    assert (off.joining, off.weight, off.gradient, off.habit, off.dozing) == (0, 0, 0, 0, 0)
    assert off.aversion == 1
