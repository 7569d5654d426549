"""Capital: dearer for who is unsteady, cheaper for who earns and has good customers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.capital import Capital, affordable, cost, learnt, standing
from sim.behaviour.parameter import neutral

RULE = Capital(base=0.01, risk=0.05, level=0.005, stock=0.004, most=0.03)


def test_cost_in_the_head() -> None:
    """1 % and .1 of 5 % for risk, less .4 of .5 % for profit, less half of .4 % for customers."""
    assert cost(0.1, 0.4, 0.5, RULE) == pytest.approx(0.01 + 0.005 - 0.002 - 0.002)


def test_its_ends() -> None:
    """No more than the most, no less than nothing; beyond revenue all is alike."""
    assert cost(5.0, -1.0, 0.0, RULE) == 0.03
    assert cost(0.0, 1.0, 1.0, RULE._replace(level=0.5)) == 0
    assert cost(0.0, -9.0, 0.0, RULE) == cost(0.0, -1.0, 0.0, RULE)
    assert cost(0.0, 9.0, 0.0, RULE) == cost(0.0, 1.0, 0.0, RULE) == 0.005


def test_what_customers_are_worth_is_learnt_with_a_lag() -> None:
    """A tenth of the way from 0 to 100, and a tenth of what is left."""
    once = learnt(0.0, 100.0, 0.1)
    assert (once, learnt(once, 100.0, 0.1)) == pytest.approx((10, 19))


def test_standing_in_the_head() -> None:
    """Customers worth a year's revenue are half of the way; worth three times as much, .75."""
    assert [standing(w, 100.0) for w in (0.0, 100.0, 300.0)] == [0, 0.5, 0.75]


def test_what_a_firm_can_pay() -> None:
    """Debt of 70 and a line of 100 leave 30, and 20 come in; beyond the line there is nothing."""
    assert affordable(-70.0, 100.0, 20.0) == 50
    assert affordable(-170.0, 100.0, 20.0) == 0


@given(st.floats(0, 10), st.floats(-2, 2), st.floats(0, 1))
def test_absent(volatility: float, margin: float, stands: float) -> None:
    """Where it is off, capital costs what it costs anybody."""
    silent = neutral(Capital)
    assert cost(volatility, margin, stands, silent) == silent.base
