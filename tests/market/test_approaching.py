"""What firms say in person: contacts weary, invitations convert and are paid, the lapsed return."""

from typing import Any

import numpy as np
import pytest

from sim.market.approaching import be_contacted, be_invited, invite, note_decision
from sim.market.choosing import worth
from sim.market.compile import as_records
from sim.market.hearing import forget
from sim.market.model import Market
from sim.market.state import (
    COURTED,
    FATIGUE_UNIT,
    INVITED,
    OPEN,
    REFERRAL,
)
from tests.market.worlds import ALONE, Data, lived, made, stepped

HELD: Data = {"start": {"customers": {"acme": 1}}}


def spending(amount: float, **split: float) -> Data:
    """Acme spends this sum a month by this split."""
    return {"firms": {"acme": {"policy": {"budget": {"amount": amount}, "split": split}}}}


def one_person(*changes: Data) -> tuple[Any, Any, Any]:
    """Month, tables and the relation to the firm of a market of one person and one firm."""
    market = made(ALONE, *changes)
    w = as_records(market.world)
    return market.now(), w, w.relations[0, 0]


# ── contacts ──────────────────────────────────────────────────────────────────────────────────


def test_a_contact_by_hand() -> None:
    """The rested gain .03 of full commitment and .1 of salience, and are a fifth weary; next .8."""
    m, w, relation = one_person()
    relation.salience = 0.5
    be_contacted(m, w, 0, 0, 1.0)
    assert relation.commitment == pytest.approx(0.03)
    assert relation.salience == pytest.approx(0.55)
    assert relation.fatigue / FATIGUE_UNIT == pytest.approx(0.2, abs=1e-4)
    be_contacted(m, w, 0, 0, 1.0)
    assert relation.commitment == pytest.approx(0.03 + 0.03 * 0.8 * 0.97, abs=1e-5)
    assert w.ledger[0].contacts == 2


def test_weariness_goes() -> None:
    """A quarter of it a month: of .2 there is .15 left."""
    m, w, relation = one_person()
    be_contacted(m, w, 0, 0, 1.0)
    forget(m, w, 0, 0)
    assert relation.fatigue / FATIGUE_UNIT == pytest.approx(0.15, abs=1e-4)


def test_who_opted_out_is_left_alone_and_costs_nothing() -> None:
    """Where every contact is the last, each customer is contacted once, and money is kept then."""
    sure = {
        "mechanisms": {"contacts": {"opt_out": 1}},
        "instruments": {"contact": {"ceiling": 1, "rate": 1000}},
        "population": {"size": 50},
    }
    market = lived(ALONE, HELD, spending(100, contact=1), sure, {"horizon": 4})
    ledger = market.history.ledger()[:, 0]
    assert ledger["contacts"].tolist() == ledger["opt_outs"].tolist() == [50, 0, 0, 0]
    assert ledger["contact"].tolist() == [100, 0, 0, 0]
    assert (market.world.people["opted_out"] == 1).all()
    assert market.firms[0].carried["contact"] == pytest.approx(300)


def test_as_many_are_contacted_as_the_chance_says() -> None:
    """1 a customer contacts .6 (1 - 1/e) of 4,000 customers, within four standard errors."""
    change = {"population": {"size": 4000}, "mechanisms": {"contacts": {"opt_out": 0}}}
    market = stepped(made(ALONE, HELD, spending(4000, contact=1), change), 1)
    share = 0.6 * (1 - np.exp(-1))
    error = np.sqrt(share * (1 - share) / 4000)
    assert abs(market.history.last["contacts"][0] / 4000 - share) < 4 * error


# ── invitations ───────────────────────────────────────────────────────────────────────────────

TIED: Data = {
    "population": {"size": 2},
    "start": {"customers": "none"},
    "instruments": {"referral_reward": {"ceiling": 1, "rate": 1000}},
    "mechanisms": {"referral": {"bonus": 1.5}},
}


def two_people(satisfaction: float = 0.8) -> tuple[Market, Any, Any]:
    """A market of a customer and a stranger, who can only talk to each other."""
    market = made(ALONE, TIED, spending(10, referral_reward=1))
    w = as_records(market.world)
    w.people[0].provider = 0
    w.relations[0, 0].purchases, w.relations[0, 0].satisfaction = 1, satisfaction
    w.firms[0].invite = 1.0
    return market, w, w.relations[1, 0]


def test_an_invitation_by_hand() -> None:
    """It brings the firm to mind, a tenth of the missing trust, a first cue, and a bonus."""
    market, w, stranger = two_people()
    m = market.now()
    stranger.salience = 0.0
    before = worth(m, w, 1, 0, False)
    invite(m, w, market.ties, 0, 0)
    assert (w.ledger[0].willing, w.ledger[0].invitations) == (1, 1)
    assert stranger.approach == INVITED
    be_invited(m, w, 1, 0)
    assert stranger.approach == OPEN
    assert (stranger.salience, stranger.first_cue) == (1, REFERRAL)
    assert stranger.trust == pytest.approx(0.37)
    assert worth(m, w, 1, 0, False) == pytest.approx(before + 1.5 + 1 * 0.07)
    note_decision(m, w, 1)
    assert stranger.approach == 0


def test_only_the_satisfied_invite_and_only_strangers() -> None:
    """Below the reference nobody invites; who has bought before is not invited."""
    market, w, stranger = two_people(satisfaction=0.64)
    invite(market.now(), w, market.ties, 0, 0)
    assert (w.ledger[0].willing, w.ledger[0].invitations) == (0, 0)
    market, w, stranger = two_people()
    stranger.purchases = 1
    invite(market.now(), w, market.ties, 0, 0)
    assert (w.ledger[0].willing, w.ledger[0].invitations, stranger.approach) == (1, 0, 0)


def test_a_success_is_paid_by_the_one_who_came() -> None:
    """The invited stranger buys in the next month, at the reward fixed for it, and is charged."""
    market, w, stranger = two_people()
    stranger.approach = INVITED
    w.people[1].provider = -1
    market.history.last["willing"][0] = 1
    market.step()
    ledger = market.history.last[0]
    reward = float(market.firms[0].terms["referral_cost"])
    assert reward == pytest.approx(10 / (1 * 1 * 1 / 8))
    assert (ledger["referred"], ledger["acquired_referral"]) == (1, 1)
    assert ledger["referral_reward"] == pytest.approx(reward)
    assert market.world.accounts["acquisition_cost"][1, 0] == pytest.approx(reward)
    assert (market.firms[0].successes, market.firms[0].invitations) == (1, ledger["invitations"])


def test_one_invitation_in_eight_leads_to_a_purchase() -> None:
    """Subscription defaults: between one in twelve and one in six; the bonus was fitted to it."""
    split = {"advertising": 0.5, "service": 0.3, "referral_reward": 0.2}
    policy = {"firms": {"acme": {"policy": {"split": split}}}}
    people = {"population": {"size": 3000}, "warm_up": 24, "horizon": 36}
    ledger = lived({"firms": {"bolt": {}, "cora": {}, "dune": {}}}, people, policy).history.ledger()
    own = ledger[:, ledger["invitations"].any(axis=0)]
    assert own.shape[1] == 1
    invitations, successes = own["invitations"].sum(), own["referred"].sum()
    assert invitations > 300
    assert 1 / 12 < successes / invitations < 1 / 6


# ── offers to come back ───────────────────────────────────────────────────────────────────────


def lapsed_market(discount: float = 0.5) -> Market:
    """One former customer of acme, without provider, whom acme is sure to approach."""
    change: Data = {
        "instruments": {"win_back": {"ceiling": 1, "rate": 1000, "discount": discount}},
        "start": {"customers": "none"},
    }
    market = made(ALONE, spending(7, win_back=1), change)
    relation = market.world.relations[0, 0]
    relation["purchases"], relation["first"], relation["last"] = 1, -1, -1
    market.history.last["buyers"][0] = 1
    return market


def test_a_former_customer_comes_back_at_a_discount() -> None:
    """An offer at half of 20: 10 of discount beside 7 of approach, both borne by the returned."""
    market = lapsed_market()
    market.step()
    ledger = market.history.last[0]
    assert (ledger["courted"], ledger["won_back"], ledger["reactivated"]) == (1, 1, 1)
    assert ledger["win_back"] == pytest.approx(17)
    assert ledger["revenue"] == pytest.approx(20)
    assert market.world.accounts["profit"][0, 0] == pytest.approx(20 - 10 - 2 - 17)
    assert market.world.relations["approach"][0, 0] == 0
    assert market.firms[0].carried["win_back"] == pytest.approx(-10)


def test_an_offer_feels_as_cheap_as_it_is() -> None:
    """Half the price is worth ln 2 times the price sensitivity, for the courted only."""
    market = lapsed_market()
    w = as_records(market.world)
    plain = worth(market.now(), w, 0, 0, False)
    w.relations[0, 0].approach = COURTED
    assert worth(market.now(), w, 0, 0, False) == pytest.approx(plain + np.log(2))


def test_an_offer_is_open_until_the_next_occasion() -> None:
    """Who is under contract elsewhere keeps the offer; a decision closes it."""
    change: Data = {
        "firms": {"bolt": {"policy": {"budget": {"amount": 0}, "split": {}}}},
        "billing_months": 3,
        "switching_costs": {"bolt": {"acme": "never"}},
    }
    market = made(ALONE, change)
    acme = list(market.spec.firms).index("acme")
    bolt = 1 - acme
    person, relation = market.world.people[0], market.world.relations[0, acme]
    person["provider"], person["due"] = bolt, 2.0
    relation["purchases"], relation["last"], relation["approach"] = 1, -1, COURTED
    market.world.relations["purchases"][0, bolt] = 1
    found = []
    for _ in range(3):
        market.step()
        found.append(int(market.world.relations["approach"][0, acme]))
    assert found == [COURTED, COURTED, 0]


# ── introductory prices ───────────────────────────────────────────────────────────────────────


def test_the_first_purchase_is_cheaper_and_no_other() -> None:
    """5 a first purchase: paid once by the firm, and felt as .5 (1 - e^-.5) of the price, once."""
    once = {"instruments": {"introductory_price": {"spread": 1}}}
    market = made(ALONE, spending(5, introductory_price=1), once, {"horizon": 3})
    market.history.last["introduced"][0] = 1
    w = as_records(market.world)
    firm = market.firms[0]
    firm.plan()
    firm.set_terms()
    discount = 0.5 * (1 - np.exp(-0.5))
    stranger = worth(market.now(), w, 0, 0, False)
    assert stranger == pytest.approx(-np.log(1 - discount))
    firm.carried["introductory_price"] = 0.0
    market.run_model()
    ledger = market.history.ledger()[:, 0]
    assert ledger["introduced"].tolist() == [1, 0, 0]
    assert ledger["introductory_price"].tolist() == [5, 0, 0]
    assert market.world.accounts["acquisition_cost"][0, 0] == pytest.approx(5)
    assert worth(market.now(), w, 0, 0, False) < stranger + 10


def test_a_trial_on_arrival_is_at_the_full_price() -> None:
    """Who arrives with a first purchase did not choose, and gets no introductory price."""
    entry = {"closure": "poisson", "per_month": 5.0, "on_arrival": {"customer_of": "acme"}}
    change: Data = {"population": {"size": 1, "entry": entry}}
    ledger = lived(ALONE, change, spending(50, introductory_price=1)).history.ledger()[:, 0]
    assert ledger["acquired"].sum() > 20
    assert ledger["introduced"].sum() <= 1
