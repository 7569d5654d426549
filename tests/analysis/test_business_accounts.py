"""Figures of markets of business accounts, on numbers that can be done in one's head."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.industries import accounts, figures, known
from sim.analysis.industries.known import Known
from sim.market.model import Market
from tests.market.worlds import ALONE, Data, made

TWO_FIRMS: dict[str, list[Any]] = {
    "firm": ["acme", "bolt"],
    "month": [0, 0],
    "customers": [30, 10],
    "leads_closed": [60, 40],
    "opportunities": [10, 10],
    "opportunities_closed": [8, 8],
    "deals": [3, 1],
    "leads_by_advertising": [30, 20],
    "leads_by_word_of_mouth": [20, 10],
    "leads_by_referral": [10, 10],
    "deals_by_advertising": [1, 0],
    "deals_by_word_of_mouth": [1, 1],
    "deals_by_referral": [1, 0],
}
MANAGED: Data = {
    "setting": "b2b",
    "horizon": 24,
    "population": {"size": 4},
    "customers": {"basket": 5},
    "start": {"customers": {"acme": 1.0}},
    "mechanisms": {"bond": {"quits": 0, "hired": 0.5}, "negotiation": "off"},
    "firms": {
        "acme": {"managers": {"people": {"pair": {"count": 2}, "ben": {"capacity": 1}}}},
        "bolt": {"policy": {"budget": {"amount": 0}, "split": {}}},
        "cora": {"policy": {"budget": {"amount": 0}, "split": {}}},
    },
}
"""Four accounts, all of them acme's at the start, that buy for 100 a month."""


def lived(**columns: list[float]) -> Any:
    """A run of one month of two firms, with some columns of its table changed."""
    return SimpleNamespace(firms=pd.DataFrame(TWO_FIRMS | columns))


def test_what_became_of_leads() -> None:
    """20 opportunities of 100 leads, 4 deals of 16 decided; sums over sums of all firms."""
    assert accounts.lead_to_opportunity(lived()) == pytest.approx(0.20)
    assert accounts.opportunity_to_deal(lived()) == pytest.approx(0.25)


def test_talk_is_praise_and_invitations() -> None:
    """3 deals of 50 leads by talk, 1 of 50 by advertising: .06 less .02."""
    assert accounts.talk_above_advertising(lived()) == pytest.approx(0.04)


def test_a_firm_too_small_for_a_measure_is_left_out() -> None:
    """By customers (30 * .8 + 10 * .4) / 40 = .7; of a firm without the measure nothing counts."""
    assert figures.by_customers(lived(measure=[0.8, 0.4]), "measure") == pytest.approx(0.7)
    assert figures.by_customers(lived(measure=[0.8, np.nan]), "measure") == pytest.approx(0.8)


def settled() -> Market:
    """The market of four accounts after its first month."""
    market = made(ALONE, MANAGED)
    market.run_until(1)
    return market


def test_the_manager_with_most_customers() -> None:
    """Of three managers one looks after two of the four accounts; each is known by name."""
    market = settled()
    assert list(accounts.posts(market)) == ["pair_1", "pair_2", "ben"]
    market.world.dealings["manager"][:, 0] = [1, 2, 2, 3]
    name, theirs = accounts.largest_post(market)
    assert name == "pair_2"
    assert theirs.tolist() == market.world.people["number"][[1, 2]].tolist()
    market.world.people["provider"][[1, 2]] = 1  # two go to bolt: pair_2 has no customer left
    assert accounts.largest_post(market)[0] == "pair_1"


def test_a_year_of_revenue_from_some_accounts() -> None:
    """Three accounts at 100 a month for 12 months are 3,600, the fourth is not asked for."""
    market = made(ALONE, MANAGED, {"mechanisms": {"choice": {"staying": 20}}})
    theirs = market.world.people["number"][:3].astype(np.int64)
    assert accounts.revenue_from(market, theirs, {}) == pytest.approx(3600)
    assert market.clock == 0  # it is a branch that went on


def test_only_the_manager_who_leaves_is_changed() -> None:
    """The same three posts go on by their names, and one of them leaves at month 0 for bolt."""
    market = settled()
    changes = accounts.left_by(market, "pair_1", leaves=1, joins="bolt")
    arm = market.branch(changes)
    assert list(accounts.posts(arm)) == list(accounts.posts(market))
    arm.run_until(2)
    managers = arm.firm("acme").managers
    assert managers is not None
    assert (managers.left, managers.generation) == (1, [1, 0, 0])


def test_what_a_manager_takes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """100 with, 90 where nobody hires, 60 and 80 by rival: half of each is 80, a fifth less."""
    market = settled()
    revenue = {"stays": 100.0, None: 90.0, "bolt": 60.0, "cora": 80.0}

    def revenue_from(_: Market, theirs: Any, changes: Mapping[str, Any]) -> float:
        assert len(theirs) > 0
        (people,) = changes.values()
        (how,) = [post for post in people.values() if post["leaves"] == 0] or [{"joins": "stays"}]
        return revenue[how["joins"]]

    monkeypatch.setattr(accounts, "settled", lambda industry, replication: market)
    monkeypatch.setattr(accounts, "revenue_from", revenue_from)
    assert accounts.lost_with_manager("anything", 0) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("industry", "figure", "worlds"),
    [("consultancy", "kept", 20), ("grocery", "kept", 1), ("grocery", "price_elasticity", 2)],
)
def test_figures_of_few_accounts_take_more_worlds(
    monkeypatch: pytest.MonkeyPatch, industry: str, figure: str, worlds: int
) -> None:
    """The mean of the numbers of the worlds 0 to n - 1 is (n - 1) / 2."""
    monkeypatch.setitem(known.FIGURES, figure, lambda industry, replication: replication)
    row = Known(industry, figure, 0.0, 20.0, "", "Crumb 1999", "")
    assert row.worlds == worlds
    assert row.found() == pytest.approx((worlds - 1) / 2)
