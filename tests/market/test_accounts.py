"""Business accounts in the market: how a lead becomes a deal, at what price, at what cost."""

from typing import Any

import numpy as np
import pytest

from sim.behaviour.pipeline import DAYS_A_MONTH
from sim.market.firms import profit
from sim.market.measures import firm_months
from sim.market.model import Market
from sim.market.saving import load_market
from sim.market.state import LEAD, NO_FIRM, OPPORTUNITY
from tests.market.worlds import ALONE, Data, alike, lived, made, same, stepped

FREE: Data = {
    "setting": "b2b",
    "mechanisms": {"negotiation": "off", "pipeline": {"bar": "none"}},
}
"""One account that looks around each month for one firm; every lead is wanted."""
TWO: Data = {
    "firms": {"acme": {}, "bolt": {"policy": {"budget": {"amount": 0}, "split": {}}}},
    "start": {"customers": {"acme": 1.0}, "trust": 0.5},
    "mechanisms": {"choice": {"staying": 0}},
}


def alone(*changes: Data) -> Market:
    """One account and one firm, with these changes, before the first step."""
    return made(ALONE, FREE, *changes)


def pipeline(**values: Any) -> Data:
    """Values of the mechanism `pipeline`."""
    return {"mechanisms": {"pipeline": values}}


def crowd(*changes: Data) -> Market:
    """Four thousand accounts that are all acme's at the start and know bolt, lived for a year."""
    people: Data = {"population": {"size": 4000}, "mechanisms": {"choice": {"staying": 2.0}}}
    return lived(ALONE, FREE, people, TWO, *changes)


# ── stages ────────────────────────────────────────────────────────────────────────────────────


def test_without_waiting_a_lead_is_a_deal_at_once() -> None:
    """No days, no bar: in the first month a lead, an opportunity, a deal, a purchase."""
    market = stepped(alone(pipeline(lead_days=0, opportunity_days=0)), 1)
    entry = market.history.last[0]
    counted = ("leads", "leads_closed", "opportunities", "opportunities_closed", "deals")
    assert [int(entry[name]) for name in counted] == [1] * 5
    assert entry["customers"] == entry["purchases"] == 1
    assert market.world.dealings["stage"].tolist() == [[0]]


def test_a_lead_waits_until_it_is_ripe() -> None:
    """Of very long stages the first step sees the lead only, and the account buys nothing."""
    market = stepped(alone(pipeline(lead_days=3650)), 1)
    (dealing,) = market.world.dealings[0]
    assert (dealing["stage"], dealing["since"]) == (LEAD, 0.0)
    assert dealing["ripe"] > 1.0
    assert market.world.people["provider"][0] == NO_FIRM
    market.world.dealings["stage"] = OPPORTUNITY
    market.world.dealings["ripe"] = 1.5
    stepped(market, 1)
    assert market.history.last[0]["deals"] == 1  # ripe in this step, and decided on in it
    assert market.world.people["provider"][0] == 0


def test_a_stage_takes_as_long_as_published() -> None:
    """Mean days of stages closed: 84 and 18 but for those still open; ±4 standard errors.

    Accounts have no provider, so nothing waits for the end of a contract. Within 60 months all but
    e^-20 of the leads are closed.
    """
    data: Data = {"population": {"size": 1000}, "horizon": 60, "start": {"salience": 1}}
    market = lived(ALONE, FREE, data, {"mechanisms": {"choice": {"outside": -50.0}}})
    total = {name: market.history.ledger()[name].sum() for name in ("leads_closed", "deals")}
    assert total == {"leads_closed": 1000, "deals": 1000}
    for name, mean in (("lead_months", 84), ("opportunity_months", 18)):
        days = DAYS_A_MONTH * market.history.ledger()[name].sum() / 1000
        assert days == pytest.approx(mean, abs=4 * mean / np.sqrt(1000))


def test_nobody_switches_before_the_offer_is_in() -> None:
    """Leads of ten years on average: under 1 % are ripe in a month; deals are the switches."""
    ledger = crowd(pipeline(lead_days=3650, opportunity_days=0)).history.ledger()
    assert ledger["leads"][0, 1] == 4000
    assert 0 < ledger["deals"][0].sum() < 40
    assert ledger["switched"].sum() == ledger["deals"].sum()


def test_trust_makes_opportunities() -> None:
    """Who trusts the firm that calls wants its offer more often (fit and trust, no set rate)."""
    bar = {"mechanisms": {"pipeline": {"bar": 0.0}, "choice": {"staying": 0}}}
    strangers, friends = (made(ALONE, FREE, {"population": {"size": 4000}}, TWO, bar) for _ in "ab")
    friends.world.relations["trust"][:, 1] = 1.0
    shares = []
    for market in (strangers, friends):
        ledger = stepped(market, 2).history.ledger()
        shares.append(ledger["opportunities"][:, 1].sum() / ledger["leads_closed"][:, 1].sum())
    gain = friends.rules.trust.weight * (1.0 - 0.3)
    assert gain > 0.5
    expected = [1 / (1 + np.exp(-x)) for x in (0.0, gain)]
    assert shares[1] - shares[0] > 0.5 * (expected[1] - expected[0])


def test_deals_are_counted_by_what_had_brought_the_firm_to_mind() -> None:
    """Leads after an advertisement are advertising's, and so are the deals that come of them."""
    adverts: Data = {"firms": {"bolt": {"policy": {"budget": {"amount": 1e6},
                                                   "split": {"advertising": 1.0}}}}}  # fmt: skip
    ledger = crowd(adverts, {"instruments": {"advertising": {"ceiling": 1.0}}}).history.ledger()
    assert 0 < ledger["leads_advertising"][:, 1].sum() <= ledger["leads"][:, 1].sum()
    assert ledger["deals_advertising"][:, 1].sum() == ledger["deals"][:, 1].sum() > 0
    assert not ledger["leads_referral"].any()


def test_an_invitation_waits_in_the_pipeline() -> None:
    """An invited account is a referral's deal months later, and the reward is paid then."""
    market = alone(pipeline(lead_days=200), {"horizon": 120})
    market.world.relations["approach"] = 1
    while market.running and not market.history.ledger()["deals"].any():
        market.step()
    entry = market.history.last[0]
    assert market.clock > 1
    assert entry["deals_referral"] == entry["referred"] == entry["acquired_referral"] == 1


# ── price ─────────────────────────────────────────────────────────────────────────────────────


def test_a_negotiated_discount_is_paid_and_booked() -> None:
    """A mean account alone: power .25, a tenth at most, trust .3 spares a tenth of it: .0225 of 20.

    The first contract is signed at this; trust moves afterwards.
    """
    bargain: Data = {"mechanisms": {"negotiation": {"most": 0.1, "trust": 1 / 3}}}
    now = pipeline(lead_days=0, opportunity_days=0)
    market = stepped(alone(now, bargain), 1)
    entry = market.history.last[0]
    assert entry["revenue"] == 20.0
    assert entry["discounts"] == pytest.approx(20 * 0.1 * 0.25 * 0.9)
    account = market.world.accounts[0, 0]
    assert account["profit"] == pytest.approx(float(profit(market.history.last)[0]))


def test_rival_offers_lower_the_price() -> None:
    """Accounts that look at a rival get more off than those that know only one firm."""
    bargain: Data = {"mechanisms": {"negotiation": {"most": 0.1, "size": 0.0}}}
    with_rival = crowd(bargain).history.ledger()
    without = crowd(bargain, {"start": {"salience": 0}, "mechanisms": {"salience": {"floor": 0}}})
    assert with_rival["discounts"].sum() > 0
    assert without.history.ledger()["discounts"].sum() == 0


# ── pressure ──────────────────────────────────────────────────────────────────────────────────


def test_pressure_wins_now_and_costs_trust() -> None:
    """Bolt presses: it has more deals, and customers who trust less and are less satisfied."""
    pressed = crowd({"firms": {"bolt": {"pressure": 1.0}}})
    free = crowd()
    deals = [market.history.ledger()["deals"][:, 1].sum() for market in (pressed, free)]
    assert deals[0] > deals[1] + 4 * np.sqrt(deals[0])
    means = [firm_months(market).query("firm == 'bolt'").iloc[-1] for market in (pressed, free)]
    assert means[0]["trust"] < means[1]["trust"] - 0.05
    assert means[0]["satisfaction"] < means[1]["satisfaction"]


# ── going on ──────────────────────────────────────────────────────────────────────────────────


def test_saved_and_gone_on_with(tmp_path: Any) -> None:
    """A market in mid-pipeline goes on as if nothing had been."""
    market = stepped(made(ALONE, FREE, {"population": {"size": 50}}, TWO), 4)
    assert (market.world.dealings["stage"] > 0).any()
    market.save(tmp_path)
    again = load_market(tmp_path).run_model()
    whole = market.run_model()
    assert alike(again, whole)
    assert same(again.world.dealings, whole.world.dealings)
