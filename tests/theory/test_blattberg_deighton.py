"""Spending on winning and on keeping: row D03 of the docking table."""

from dataclasses import replace
from math import log

import pytest

from sim.theory.blattberg_deighton import Prospects

SIX = 0.51e-6  # six printed decimals
# Five of money win a tenth of the prospects; ten keep four customers in ten.
FIRST = Prospects(
    margin=50,
    acquisition_ceiling=0.4,
    acquisition_response=-log(0.75) / 5,
    retention_ceiling=0.7,
    retention_response=-log(1 - 0.4 / 0.7) / 10,
    discount=0.15,
)
SECOND = Prospects(100, 0.5, 0.05, 0.9, 0.1, 0.1)
BOTH = pytest.mark.parametrize("prospects", [FIRST, SECOND], ids=["first", "second"])


def test_the_responses_pass_through_their_inputs() -> None:
    """Responses .0575364145 and .0847297860 are those that give 10 and 40 per cent."""
    assert FIRST.acquisition_response == pytest.approx(0.0575364145, abs=0.51e-10)
    assert FIRST.retention_response == pytest.approx(0.0847297860, abs=0.51e-10)
    assert FIRST.acquisition(5) == pytest.approx(0.1)
    assert FIRST.retention(10) == pytest.approx(0.4)
    assert (FIRST.acquisition(0), FIRST.retention(0)) == (0, 0)


def test_value_without_keeping_is_one_margin() -> None:
    """Nothing spent, nobody kept: a customer is worth the margin at acquisition."""
    assert FIRST.customer_value(0) == pytest.approx(50)


@pytest.mark.parametrize(
    ("prospects", "expected"),
    [
        (FIRST, (16.075480, 0.520709, 65.827322, 7.219898, 0.135971, 1.730734)),
        (SECOND, (33.923113, 0.869732, 330.384434, 42.227549, 0.439464, 102.964668)),
    ],
)
def test_the_optimum(prospects: Prospects, expected: tuple[float, ...]) -> None:
    """R*, r*, V, A*, a* and customer equity are printed."""
    assert tuple(prospects.optimum()) == pytest.approx(expected, abs=SIX)


def test_the_status_quo() -> None:
    """Spending 5 and 10 gives a customer equity of 1.333333 a prospect."""
    assert FIRST.customer_equity(5, 10) == pytest.approx(1.333333, abs=SIX)


def test_the_two_forms_of_customer_equity_agree() -> None:
    """a V - A equals a m - A + a (m - R/r) r'/(1-r') with r' = r/(1+d)."""
    won, kept = FIRST.acquisition(7), FIRST.retention(12)
    discounted = kept / 1.15
    written = won * 50 - 7 + won * (50 - 12 / kept) * discounted / (1 - discounted)
    assert FIRST.customer_equity(7, 12) == pytest.approx(written)


@BOTH
def test_both_marginal_costs_are_the_value_of_a_customer(prospects: Prospects) -> None:
    """At the optimum one more customer costs what she is worth, won or kept."""
    best = prospects.optimum()
    winning = prospects.marginal_acquisition_cost(best.acquisition_spend)
    keeping = prospects.marginal_retention_cost(best.retention_spend)
    assert (winning, keeping) == pytest.approx((best.customer_value, best.customer_value))


@BOTH
def test_marginal_costs_are_slopes(prospects: Prospects) -> None:
    """They agree with what a little more spending wins or keeps."""
    step = 1e-6
    won = prospects.acquisition(8 + step) - prospects.acquisition(8)
    kept = prospects.retention(8 + step) - prospects.retention(8)
    assert prospects.marginal_acquisition_cost(8) == pytest.approx(step / won, rel=1e-5)
    assert prospects.marginal_retention_cost(8) == pytest.approx(step / kept, rel=1e-5)


def test_average_costs_say_little_about_marginal_ones() -> None:
    """Average costs differ by 1.72 and 2.46 times where marginal costs are equal."""
    best = FIRST.optimum()
    winning = best.acquisition_spend / best.acquisition
    keeping = best.retention_spend / best.retention
    found = (winning, keeping, winning / keeping)
    assert found == pytest.approx((53.098659, 30.872272, 1.719947), abs=SIX)
    other = SECOND.optimum()
    ratio = other.acquisition_spend / other.acquisition
    ratio /= other.retention_spend / other.retention
    assert ratio == pytest.approx(2.463553, abs=SIX)


@BOTH
@pytest.mark.parametrize("factor", [0.9, 1.1])
def test_the_maximum_is_flat(prospects: Prospects, factor: float) -> None:
    """Ten per cent off costs 1.0 to 1.4 per cent of equity in R*, 0.4 to 0.9 in A*."""
    best = prospects.optimum()
    spend = (best.acquisition_spend, best.retention_spend * factor)
    keeping = 1 - prospects.customer_equity(*spend) / best.customer_equity
    spend = (best.acquisition_spend * factor, best.retention_spend)
    winning = 1 - prospects.customer_equity(*spend) / best.customer_equity
    assert 0.0095 < keeping < 0.0145
    assert 0.0035 < winning < 0.0095


@BOTH
@pytest.mark.parametrize("factor", [0.5, 1.5])
def test_half_off_is_dear(prospects: Prospects, factor: float) -> None:
    """Half too much or too little for keeping costs 18 to 34 per cent of equity."""
    best = prospects.optimum()
    spend = (best.acquisition_spend, best.retention_spend * factor)
    loss = 1 - prospects.customer_equity(*spend) / best.customer_equity
    assert 0.175 < loss < 0.345


def test_nothing_is_spent_where_nothing_pays() -> None:
    """With a tiny margin neither winning nor keeping pays, and equity is 0."""
    best = replace(FIRST, margin=0.1).optimum()
    assert (best.acquisition_spend, best.retention_spend, best.customer_equity) == (0, 0, 0)


def test_nonsense_is_refused() -> None:
    """A ceiling of 1 and a negative spend are named."""
    with pytest.raises(ValueError, match="retention_ceiling is 1, but it must lie between 0 and 1"):
        replace(FIRST, retention_ceiling=1)
    with pytest.raises(ValueError, match="spend is -1, but it must be 0 or more"):
        FIRST.acquisition(-1)
