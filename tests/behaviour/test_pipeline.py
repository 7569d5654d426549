"""The pipeline of business accounts: how long, and whether."""

import math

import pytest

from sim.behaviour.pipeline import DAYS_A_MONTH, Pipeline, becomes_opportunity, time_in_stage


def test_published_times_are_the_defaults() -> None:
    """84 days as a lead, 18 to a decision; how many pass is no parameter."""
    rules = Pipeline()
    assert (rules.lead_days, rules.opportunity_days) == (84, 18)
    assert not {"conversion", "rate", "chance"} & set(rules._fields)


def test_time_is_exponential() -> None:
    """A share 1/e takes longer than the mean; half take more than ln 2 of it; no days, no time."""
    assert time_in_stage(1 / math.e, DAYS_A_MONTH) == pytest.approx(1.0)
    assert time_in_stage(0.5, 60.875) == pytest.approx(2 * math.log(2))
    assert time_in_stage(0.1, 0.0) == 0.0


def test_a_lead_becomes_an_opportunity_by_its_advantage() -> None:
    """At the bar one of two; ln 3 below it one of four; without a bar every one."""
    assert becomes_opportunity(0.49, 1.0, 1.0)
    assert not becomes_opportunity(0.5, 1.0, 1.0)
    assert not becomes_opportunity(0.51, 1.0, 1.0)
    assert becomes_opportunity(0.249, 0.0, math.log(3))
    assert not becomes_opportunity(0.251, 0.0, math.log(3))
    assert becomes_opportunity(1 - 1e-12, -1e9, -math.inf)
    assert not becomes_opportunity(1e-12, -1e9, 0.0)
