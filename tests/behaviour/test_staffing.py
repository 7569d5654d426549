"""Staffing: overload disheartens, the disheartened leave, and those who come know less."""

import pytest

from sim.behaviour.staffing import (
    Staffing,
    morale_in_the_end,
    next_morale,
    next_skill,
    skill_of_newcomers,
    together,
    turnover,
    work,
)

RULES = Staffing(content=0.6, encouragement=0.5, strain=1.0, practice=0.1, training=0.4)


def test_where_morale_tends() -> None:
    """.6 untrained; the best training gives half of what is missing, .8; twice the norm halves."""
    assert morale_in_the_end(1.0, 0.0, RULES) == pytest.approx(0.6)
    assert morale_in_the_end(1.0, 1.0, RULES) == pytest.approx(0.8)
    assert morale_in_the_end(2.0, 1.0, RULES) == pytest.approx(0.4)


def test_time_to_spare_cheers_nobody() -> None:
    """Below the norm of customers there is no strain, and no more of its absence."""
    assert morale_in_the_end(0.0, 0.0, RULES) == morale_in_the_end(1.0, 0.0, RULES)


def test_morale_goes_part_of_the_way() -> None:
    """A fifth of the way from .5 to 1 is .6."""
    assert next_morale(0.5, 1.0, 0.2) == pytest.approx(0.6)


def test_turnover_in_the_head() -> None:
    """.01 leave at full morale, .03 at half, .05 without any; never more than everybody."""
    assert [turnover(m, 0.01, 0.04) for m in (1.0, 0.5, 0.0)] == pytest.approx([0.01, 0.03, 0.05])
    assert turnover(0.0, 0.8, 0.9) == 1.0


def test_good_people_come_to_a_trusted_firm() -> None:
    """Newcomers bring .5, and .8 of what they lack if all customers trust: .9; half of it, .7."""
    assert skill_of_newcomers(0.0, 0.5, 0.8) == 0.5
    assert skill_of_newcomers(0.5, 0.5, 0.8) == pytest.approx(0.7)
    assert skill_of_newcomers(1.0, 0.5, 0.8) == pytest.approx(0.9)


def test_skill_is_learnt_and_leaves() -> None:
    """Of .6, a tenth of the rest is learnt: .64; the best training makes it .8; half leave: .65."""
    assert next_skill(0.6, 0.0, 0.0, 0.5, RULES) == pytest.approx(0.64)
    assert next_skill(0.6, 1.0, 0.0, 0.5, RULES) == pytest.approx(0.8)
    assert next_skill(0.6, 1.0, 0.5, 0.5, RULES) == pytest.approx(0.65)
    eager = RULES._replace(practice=0.9)
    assert next_skill(0.6, 1.0, 0.0, 0.5, eager) == pytest.approx(1.0)


def test_skill_rests_where_learning_makes_up_for_leaving() -> None:
    """With .02 learnt and .02 leaving a month, skill is halfway between newcomers' .5 and 1."""
    rules, skill = Staffing(practice=0.02), 0.5
    for _ in range(2000):
        skill = next_skill(skill, 0.0, 0.02, 0.5, rules)
    assert skill == pytest.approx(0.75, abs=0.003)  # .7475: who leaves had learnt in that month


def test_work_takes_both() -> None:
    """The able half do half, and so do the willing half."""
    assert work(0.5, 1.0) == work(1.0, 0.5) == 0.5
    assert work(0.0, 1.0) == 0.0


def test_departments_together() -> None:
    """A front line that does .8 and a back office that does .4: .6 on average, .4 by the weaker."""
    assert together(0.8, 0.4, weakest=False) == pytest.approx(0.6)
    assert together(0.8, 0.4, weakest=True) == together(0.4, 0.8, weakest=True) == 0.4
