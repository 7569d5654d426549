"""Who counts as whose customer, when a contract is due, what leaving does."""

import numpy as np
import pytest

from sim.market.compile import as_records
from sim.market.context import (
    Month,
    has_business,
    is_customer,
    is_customer_now,
    is_due,
    leave_the_market,
)
from sim.market.state import LEAVING, World
from tests.market.worlds import ALONE, made


def one_person(setting: str) -> tuple[Month, World]:
    """The month and the tables of a market of one person and two firms, before its first step."""
    market = made(ALONE, {"setting": setting, "active_months": 3, "firms": {"bolt": {}}})
    return market.now(), as_records(market.world)


def test_customers_of_a_subscription_hold_a_contract() -> None:
    """With a provider one is its customer and nobody else's, whatever was bought when."""
    m, w = one_person("subscription")
    w.people[0].provider = 1
    w.relations[0, 0].purchases, w.relations[0, 0].last = 5, m.step
    for rule in (is_customer, is_customer_now, has_business):
        assert [bool(rule(m, w, 0, f)) for f in range(2)] == [False, True]


@pytest.mark.parametrize(
    ("step", "was", "still"),
    [(4, True, True), (5, True, True), (6, True, True), (7, True, False), (8, False, False)],
)
def test_customers_of_a_repertoire_bought_within_the_window(
    step: int, was: bool, still: bool
) -> None:
    """A purchase in step 4 counts for steps 4, 5 and 6; in step 7 it lapses, in 8 it is gone."""
    m, w = one_person("repertoire")
    w.relations[0, 0].purchases, w.relations[0, 0].last = 1, 4
    m = m._replace(step=step)
    assert m.window == 3
    assert bool(is_customer(m, w, 0, 0)) == was
    assert bool(is_customer_now(m, w, 0, 0)) == still
    assert bool(has_business(m, w, 0, 0)) == (step == 4)
    assert not is_customer(m, w, 0, 1)


def test_the_window_in_weeks() -> None:
    """Twelve months are 52 weeks."""
    market = made(ALONE, {"setting": "repertoire", "step": "week"})
    assert market.now().window == 52
    assert market.now().months == pytest.approx(12 / 52)


@pytest.mark.parametrize(
    ("months_left", "due"), [(1.0, False), (0.5, False), (0.4, True), (0, True)]
)
def test_a_contract_is_due_in_the_nearest_step(months_left: float, due: bool) -> None:
    """A contract ends in the step whose beginning is nearest to its end."""
    m, _ = one_person("subscription")
    assert bool(is_due(m, months_left)) == due
    assert bool(is_due(m._replace(months=0.5), months_left / 2)) == due


def test_leaving_costs_each_firm_its_customer() -> None:
    """One exit is counted once in the market and at every firm whose customer the person is."""
    m, w = one_person("repertoire")
    w.relations["purchases"][0] = 1
    w.relations["last"][0] = [m.step, m.step - 9]
    leave_the_market(m, w, 0)
    assert w.people[0].present == LEAVING
    assert w.tally[0].exits == 1
    assert np.array_equal(w.ledger["exited"], [1, 0])
