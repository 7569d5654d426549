"""One closure: in the limit the lived change agrees with its closed form."""

import numpy as np
import pytest

from sim.analysis.closure import (
    as_data,
    closed_form,
    entry_of,
    first_year,
    relative,
    spans,
)
from sim.analysis.five_percent import FivePercent, five_percent
from sim.market.model import Market
from sim.scenario.loading import load_scenario, scenario_from
from sim.scenario.paths import merge
from tests.market.worlds import LIKE, Data

GIFT: Data = {"as_it_is": {}, "gift": {"interventions": [{"hold": {"points_of_retention": 5}}]}}
MONTHLY = 0.97
"""Retention of a month: .694 of a year."""


@pytest.fixture(scope="module")
def limit() -> FivePercent:
    """The table of a market in which nobody enters and who is lost is lost for good."""
    case = load_scenario("sim:theory/d01_retention_value_immediate").override(
        {
            "firms.acme.appeal": float(np.log(MONTHLY / (1 - MONTHLY))),
            "horizon": 60,
            "discount_rate": 0.01,
            "population.size": 10_000,
            "policies": GIFT,
        }
    )
    return five_percent(case, closures=["cohort"], runs=8, pairs=4, jobs=1)


def test_where_the_market_is_the_limit_the_closed_form_is_met(limit: FivePercent) -> None:
    """One firm, fixed renewal, a cohort: measured and closed form agree within 4 errors."""
    table = limit.table
    assert table["years"].tolist() == [1, 3, 5]
    assert (table["form"] == "lost for good").all()
    sigma = (table["high"] - table["low"]) / 2 / 2.365  # Student, seven degrees of freedom
    error = np.hypot(sigma, 0.001 / 0.05 * table["closed_form"])  # and that of the solution
    assert (error < 0.1 * table["closed_form"]).all()
    assert (np.abs(table["gain"] - table["closed_form"]) < 4 * error).all()
    assert table["closed_form"].is_monotonic_increasing


def test_what_the_closed_form_is_given(limit: FivePercent) -> None:
    """10,000 customers, a margin of 1, .97 to the twelfth; the gift is five points."""
    (closure,) = limit.closures
    today = closure.today
    assert (today.customers, today.people, today.margin) == (10_000, 10_000, 1.0)
    assert today.retention == pytest.approx(MONTHLY**12, abs=4 * np.sqrt(0.21 / 40_000))
    gained = closure.retention["gift"] - closure.retention["as_it_is"]
    assert gained == pytest.approx(0.05, abs=0.001)
    assert closure.retention["as_it_is"] == today.retention


def test_as_plain_data(limit: FivePercent) -> None:
    """The chance that was found, how many worlds were lived, what the closed form was given."""
    (closure,) = limit.closures
    data = as_data(closure)
    (chance,) = data["chances"]["gift"]
    leaving = 1 - (MONTHLY**12 + 0.05) ** (1 / 12)
    assert chance == pytest.approx(1 - leaving / (1 - MONTHLY), abs=0.01)
    assert (data["closure"], data["runs"], data["failures"]) == ("cohort", 8, [])
    assert data["today"]["margin"] == 1.0


SMALL: Data = merge(
    LIKE,
    {
        "horizon": 12,
        "population": {"size": 400},
        "policies": {
            "as_today": {},
            "dearer": {"firms.acme.policy.budget": {"per_head": 0.6}},
            "to_all": {"interventions": [{"hold": {"points_of_retention": 5, "chance": 0.2}}]},
        },
    },
)


def test_every_closure_and_arm_has_its_limit() -> None:
    """Switching, fixed inflow, lost for good; a gift to all leaves shares as they are."""
    rows = five_percent(SMALL, runs=2, pairs=1, jobs=1).table.to_dict("records")
    assert [(row["closure"], row["arm"], row["form"]) for row in rows] == [
        ("replace", "dearer", "switching"),
        ("replace", "to_all", "fixed share"),
        ("poisson", "dearer", "fixed inflow"),
        ("poisson", "to_all", "fixed share"),
        ("cohort", "dearer", "lost for good"),
        ("cohort", "to_all", "fixed share"),
    ]
    assert [row["closed_form"] for row in rows[1:4:2]] == pytest.approx([0, 0], abs=0.01)


def test_what_is_spent_is_deducted() -> None:
    """At the same retention .1 more a head of 400 costs 40 a month and brings nothing."""
    (closure,) = five_percent(SMALL, closures=["replace"], runs=2, pairs=1, jobs=1).closures
    same = closure._replace(retention=dict.fromkeys(closure.arms, closure.today.retention))
    twelve_months = (1 - 1.01**-12) / (1 - 1 / 1.01)
    assert closed_form(same, "dearer", 12) == pytest.approx(-40 * twelve_months, rel=0.02)
    assert closed_form(closure, "dearer", 12) != closed_form(same, "dearer", 12)


def test_as_many_arrive_as_are_replaced() -> None:
    """With .1 leaving a month of 80 about 8 arrive in a month, in whatever step."""
    leaving = merge(LIKE, {"customers": {"exit": 0.1}})
    for step in ("month", "week"):
        entry = entry_of(scenario_from(merge(leaving, {"step": step})), "poisson")
        assert entry["per_month"] == pytest.approx(7.6, abs=4 * np.sqrt(7.6 / 12))
    assert entry_of(scenario_from(LIKE), "cohort") == {"closure": "cohort"}


def test_ratio_of_means() -> None:
    """Twice as much in every world is exactly 100 per cent more."""
    base = np.array([1.0, 2.0, 6.0])
    nothing = relative(base, -base)
    assert np.isnan(list(nothing.values())).all()
    assert relative(2 * base, base) == pytest.approx({"gain": 1, "low": 1, "high": 1})
    found = relative(np.array([2.0, 3.0, 7.0]), base)
    assert found["gain"] == pytest.approx(1 / 3)
    assert found["low"] < 1 / 3 < found["high"]


def test_the_horizon_is_the_last_span() -> None:
    """Of 1, 3, 5 and 10 years those that are shorter, in steps; a week is a step as well."""
    assert spans(scenario_from({**LIKE, "horizon": 6}).spec) == {0.5: 6}
    assert spans(scenario_from({**LIKE, "horizon": 60}).spec) == {1: 12, 3: 36, 5: 60}
    assert spans(scenario_from({**LIKE, "horizon": 96}).spec) == {1: 12, 3: 36, 5: 60, 8: 96}
    assert spans(scenario_from({**LIKE, "horizon": 78, "step": "week"}).spec) == {1: 52, 1.5: 78}


def test_the_first_year_of_a_market() -> None:
    """Customers at the end of month 0, and contribution a customer and month, from the books."""
    market = Market(merge(LIKE, {"horizon": 24}))
    while market.month < 0:
        market.step()
    today = first_year(market.branch(), "bolt")
    books = market.branch().run_model().history.ledger()[2:14, 1]
    assert today.customers == books["customers"][0]
    earned = (books["revenue"] - books["goods"] - books["serving"]).sum()
    assert today.margin == pytest.approx(earned / books["customers"].sum())
    assert today.people == 80
