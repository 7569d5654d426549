"""The closed forms of five points, for a market as it is."""

import numpy as np
import pytest

from sim.analysis.limits import (
    FORMS,
    Form,
    Today,
    customers,
    discounts,
    gain,
    level_and_memory,
    monthly,
)
from sim.theory import clv, markov, stock

NOW = Today(retention=0.65, customers=2000, people=10_000, margin=8.0)
MONTHS = np.arange(121.0)


def test_a_year_of_months() -> None:
    """Twelve months of the monthly share are the year's."""
    assert monthly(0.65) ** 12 == pytest.approx(0.65)


@pytest.mark.parametrize("form", FORMS)
def test_as_it_is_nothing_moves_but_those_who_are_lost_for_good(form: Form) -> None:
    """At today's retention the stock stays at 2,000, or melts to .65 of it in a year."""
    found = customers(form, NOW, 0.65, MONTHS)
    if form == "lost for good":
        assert found[[0, 12, 24]] == pytest.approx([2000, 1300, 845])
    else:
        assert found == pytest.approx(np.full(121, 2000.0))
    assert gain(form, NOW, 0.65, discounts(120, 1.0, 0.01), 1.0) == pytest.approx(0, abs=1e-6)


def test_lost_for_good_is_the_value_of_a_customer() -> None:
    """The gain is 2,000 times 8 times what a geometric series gains over 120 payments."""
    before, after = (clv.finite_value(monthly(r), 120, 0.01) for r in (0.65, 0.70))
    found = gain("lost for good", NOW, 0.70, discounts(120, 1.0, 0.01), 1.0)
    assert found == pytest.approx(2000 * 8 * (after - before))


def test_a_fixed_inflow_follows_its_difference_equation() -> None:
    """As many come as leave today; after ten months the stock is that of the recursion."""
    inflow = 2000 * (1 - monthly(0.65))
    found = customers("fixed inflow", NOW, 0.70, MONTHS)
    held = 2000.0
    for _ in range(10):
        held = held * monthly(0.70) + inflow
    assert found[10] == pytest.approx(held)
    assert found[10] == pytest.approx(stock.customers_after(10, inflow, monthly(0.70), 2000))


def test_switching_follows_its_chain() -> None:
    """The others go on coming over as they do today; the chain of two states says who is where."""
    kept, coming = monthly(0.70), 2000 * (1 - monthly(0.65)) / 8000
    chain = np.array([[kept, 1 - kept], [coming, 1 - coming]])
    state = np.array([2000.0, 8000.0]) @ np.linalg.matrix_power(chain, 10)
    assert customers("switching", NOW, 0.70, MONTHS)[10] == pytest.approx(state[0])
    level, _ = level_and_memory("switching", NOW, 0.70)
    assert level == pytest.approx(10_000 * markov.stationary(chain)[0])


def test_what_the_closure_decides() -> None:
    """In the long run a fixed inflow brings most, switching less, a fixed share nothing."""
    worth = discounts(600, 1.0, 0.0)
    inflow, switching, fixed = (
        gain(form, NOW, 0.70, worth, 1.0) for form in ("fixed inflow", "switching", "fixed share")
    )
    assert inflow > switching > fixed == 0


def test_no_form_where_nobody_leaves() -> None:
    """With all kept, or none, nothing can be said."""
    worth = discounts(12, 1.0, 0.01)
    for retention in (0.0, 1.0, float("nan")):
        assert np.isnan(gain("switching", NOW, retention, worth, 1.0))
        assert np.isnan(gain("switching", NOW._replace(retention=retention), 0.7, worth, 1.0))


def test_discounts() -> None:
    """The first step is not discounted; a step of half a month by half a month's rate."""
    assert discounts(3, 1.0, 0.1).tolist() == pytest.approx([1, 1 / 1.1, 1 / 1.21])
    assert discounts(3, 0.5, 0.1)[2] == pytest.approx(1 / 1.1)


def test_weeks_earn_what_months_do() -> None:
    """A margin per month is the same money in any step, up to what happens within a month."""
    weeks = 12 / 52
    by_month, by_week = (
        gain("fixed inflow", NOW, 0.70, discounts(n, m, 0.01), m)
        for n, m in ((120, 1.0), (520, weeks))
    )
    assert by_week == pytest.approx(by_month, rel=0.02)
