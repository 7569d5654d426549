"""Outcomes: the numbers of a run's own tables, added up, averaged, or read at a month."""

import numpy as np
import pandas as pd
import pytest

from sim.experiments.outcomes import (
    ALWAYS,
    mean_of_known,
    outcomes,
    outcomes_of,
    reached,
    share,
)
from sim.market.model import Market
from sim.market.run import Run
from sim.policy.instruments import INSTRUMENTS
from sim.scenario.loading import Case, scenario_from
from tests.market.worlds import LIKE


def case(**changes: object) -> Case:
    """A small market of three like firms."""
    return scenario_from({**LIKE, "warm_up": 3, **changes})


@pytest.mark.parametrize(
    ("horizon", "months"),
    [(11, []), (12, [12]), (59, [12, 36]), (120, [12, 36, 60, 120]), (500, [12, 36, 60, 120])],
)
def test_present_values_on_the_way(horizon: int, months: list[int]) -> None:
    """Those of 12, 36, 60 and 120 months that the horizon reaches, in the order of time."""
    spec = case(horizon=horizon).spec
    assert outcomes_of(spec) == (*(f"npv_{m}" for m in months), *ALWAYS)
    assert reached(spec) == {m: m for m in months}


def test_months_are_months_in_steps_of_weeks() -> None:
    """12 months are 52 weeks: 51 weeks do not reach them, and 156 are 36 months."""
    assert reached(case(step="week", horizon=51).spec) == {}
    assert reached(case(step="week", horizon=200).spec) == {12: 52, 36: 156}


@pytest.mark.parametrize("step", ["month", "week"])
def test_a_year_on_the_way_is_a_run_of_a_year(step: str) -> None:
    """npv_12 is the present value of the same market whose horizon is a year."""
    year = {"month": 12, "week": 52}[step]
    longer, _ = outcomes(Market(case(step=step, horizon=year + 8)).run_model(), "bolt")
    shorter, _ = outcomes(Market(case(step=step, horizon=year)).run_model(), "bolt")
    assert longer["npv_12"] == shorter["npv_12"] == shorter["npv"]
    assert longer["npv"] != shorter["npv"]


@pytest.fixture(scope="module")
def lived() -> tuple[dict[str, float], pd.DataFrame]:
    """Outcomes of one firm, and its months."""
    market = Market(case(horizon=40)).run_model()
    found, cash = outcomes(market, "bolt")
    own = Run(market, 0.0).firms.query("firm == 'bolt'").reset_index(drop=True)
    before = own["customers"].shift(fill_value=int(market.history.ledger()["customers"][2, 1]))
    own["kept"] = own["retention"] * before
    assert cash.tolist() == own["cash"].tolist()
    return found, own


def test_outcomes_are_those_of_the_run(lived: tuple[dict[str, float], pd.DataFrame]) -> None:
    """Values at the end, means over months, sums over months."""
    found, own = lived
    assert tuple(found) == ("npv_12", "npv_36", *ALWAYS)
    assert found["npv_36"] == own["npv"].iloc[35]
    assert found["npv_12"] == own["npv"].iloc[11]
    for name, column in {
        "npv": "npv",
        "profit": "cash",
        "customer_equity": "customer_equity",
    }.items():
        assert found[name] == own[column].iloc[-1]
    for name in ("retention", "market_share", "satisfaction", "trust", "commitment"):
        assert found[name] == pytest.approx(own[name].mean())
    for name in ("acquired", "kept", "spending"):
        assert found[name] == pytest.approx(own[name].sum())


def test_costs_are_of_the_whole_time(lived: tuple[dict[str, float], pd.DataFrame]) -> None:
    """What each side spent over whom it won or kept: not a mean of monthly ratios."""
    found, own = lived
    spent = {"acquisition": 0.0, "retention": 0.0, "foundations": 0.0}
    for name, instrument in INSTRUMENTS.items():
        if name in own:
            spent[instrument.side] += own[name].sum()
    assert found["cost_per_customer_won"] == pytest.approx(spent["acquisition"] / found["acquired"])
    assert found["cost_per_customer_kept"] == pytest.approx(spent["retention"] / found["kept"])
    by_talk = own["acquired_by_word_of_mouth"].sum()
    assert found["word_of_mouth"] == pytest.approx(by_talk / own["acquired"].sum())
    assert 0 < found["word_of_mouth"] < 1


def test_customers_are_kept_for_months_whatever_the_step() -> None:
    """Weeks are counted in months: about as many customer-months as by months."""
    monthly, _ = outcomes(Market(case(horizon=12)).run_model(), "acme")
    weekly, _ = outcomes(Market(case(step="week", horizon=52)).run_model(), "acme")
    assert weekly["kept"] == pytest.approx(monthly["kept"], rel=0.2)


def test_what_is_undefined_is_not_a_number() -> None:
    """Nobody won, nobody kept, no year lived: no share, no cost, no equity."""
    nobody = {"acme": {"appeal": -50, "policy": {"budget": {"amount": 0}}}, "bolt": {}}
    found, _ = outcomes(Market(case(firms=nobody)).run_model(), "acme")
    unknown = {name for name, value in found.items() if np.isnan(value)}
    assert {"word_of_mouth", "cost_per_customer_won", "cost_per_customer_kept"} <= unknown
    assert {"customer_equity", "retention"} <= unknown
    assert found["npv"] == found["spending"] == 0


def test_mean_of_known() -> None:
    """Missing numbers are left out; of none there is no mean."""
    assert mean_of_known(np.array([1.0, np.nan, 3.0])) == 2
    assert np.isnan(mean_of_known(np.array([np.nan])))


def test_a_share_of_nothing() -> None:
    """A quarter; and of nothing no share."""
    assert share(1, 4) == 0.25
    assert np.isnan(share(1, 0))
