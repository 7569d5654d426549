"""A purchase: its money, and what it teaches, against the equations written out once more."""

from typing import Any

import numpy as np
import pytest

from sim.market.compile import as_records
from sim.market.complaining import note_failure
from sim.market.context import Month
from sim.market.purchase import buy, maybe_quit
from sim.market.state import ADVERTISING, LEAVING, PRESENT, WORD_OF_MOUTH, World
from tests.market.worlds import ALONE, Data, lived, made, stepped


def one_person(*changes: Data) -> tuple[Month, World, Any]:
    """Month, tables and the relation to the firm of a market of one person and one firm."""
    market = made(ALONE, *changes)
    w = as_records(market.world)
    return market.now(), w, w.relations[0, 0]


# ── money ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("setting", "units", "serving"), [("subscription", 6, 0), ("repertoire", 2, 2)]
)
def test_money_of_a_purchase(setting: str, units: float, serving: float) -> None:
    """Two units a month for three months at 20 - 10, or two units and 2 of cost to serve."""
    change: Data = {"setting": setting, "billing_months": 3, "customers": {"basket": 2}}
    m, w, relation = one_person(change)
    buy(m, w, 0, 0, 0, 0.0)
    entry, account = w.ledger[0], w.accounts[0, 0]
    assert (entry.purchases, entry.units) == (1, units)
    assert (entry.revenue, entry.goods, entry.serving) == (20 * units, 10 * units, serving)
    assert (account.revenue, account.profit) == (20 * units, 10 * units - serving)
    assert relation.year_revenue == 20 * units
    assert (relation.purchases, relation.this_year, relation.last, relation.salience) == (
        1,
        1,
        0,
        1,
    )
    assert w.people[0].provider == 0


def test_a_discount_is_spending() -> None:
    """A discount of 5 a unit leaves revenue at the list price and is booked as save."""
    m, w, _ = one_person({"customers": {"basket": 2}})
    buy(m, w, 0, 0, 0, 5.0)
    assert (w.ledger[0].revenue, w.ledger[0].save) == (40, 10)
    assert w.accounts[0, 0].profit == 2 * (20 - 5 - 10)


def test_a_reward_is_paid_from_the_second_purchase_on() -> None:
    """The first purchase brings no reward; the second costs it and counts as rewarded."""
    m, w, _ = one_person()
    w.firms[0].reward_cost = 1.5
    buy(m, w, 0, 0, 0, 0.0)
    assert (w.ledger[0].loyalty, w.ledger[0].rewarded) == (0, 0)
    buy(m, w, 0, 0, 1, 0.0)
    assert (w.ledger[0].loyalty, w.ledger[0].rewarded) == (1.5, 1)
    assert w.accounts[0, 0].profit == 10 + 8.5


def test_rewards_of_a_market_begin_with_repeat_purchases() -> None:
    """60 people buy monthly: nothing is rewarded first, then planned money waits one month more."""
    policy = {"policy": {"budget": {"amount": 30}, "split": {"loyalty": 1.0}}}
    market = lived(ALONE, {"population": {"size": 60}, "firms": {"acme": policy}})
    ledger = market.history.ledger()[:, 0]
    assert ledger["rewarded"].tolist() == [0] + [60] * 11
    assert ledger["loyalty"][:4] == pytest.approx([0, 0, 90, 30])


def test_the_log_of_purchases() -> None:
    """A line for each purchase of the step: who, when, where, the first or not, units, money."""
    market = stepped(made(ALONE, {"record": {"transactions": True}}), 2)
    lines = np.concatenate(market.history.purchases)
    assert lines.tolist() == [(0, 0, 0, True, 1.0, 20.0), (0, 1, 0, False, 1.0, 20.0)]


# ── acquisition ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("cue", [0, ADVERTISING, WORD_OF_MOUTH])
def test_a_first_purchase_is_an_acquisition(cue: int) -> None:
    """The first purchase ever counts once, by what first brought the firm to mind."""
    m, w, relation = one_person()
    relation.first_cue = cue
    buy(m, w, 0, 0, 0, 0.0)
    buy(m, w, 0, 0, 1, 0.0)
    entry = w.ledger[0]
    assert (entry.acquired, entry.reactivated) == (1, 0)
    assert entry.acquired_advertising == (cue == ADVERTISING)
    assert entry.acquired_word_of_mouth == (cue == WORD_OF_MOUTH)
    assert relation.first == m.step


@pytest.mark.parametrize(("gap", "reactivated"), [(12, 0), (13, 1)])
def test_coming_back_is_no_acquisition(gap: int, reactivated: int) -> None:
    """Who bought within the twelve months never left; after that the customer is reactivated."""
    m, w, relation = one_person({"setting": "repertoire"})
    relation.purchases, relation.last, relation.first = 3, 1, 0
    buy(m._replace(step=1 + gap), w, 0, 0, 0, 0.0)
    assert (w.ledger[0].acquired, w.ledger[0].reactivated) == (0, reactivated)
    assert relation.first == 0


# ── what is learnt ────────────────────────────────────────────────────────────────────────────


def equations(quality: float, times: int) -> tuple[float, float, float, float]:
    """Expectation, satisfaction, trust and commitment after some purchases of the same quality.

    Written from the model's equations with the default parameters: expectation .65 at first,
    promise .75, trust .3, relational orientation .5.
    """
    expectation = satisfaction = 0.65
    trust, commitment = 0.3, 0.0
    for _ in range(times):
        surprise = quality - expectation
        extra = 0.5 * surprise if surprise >= 0 else 1.0 * surprise
        kept = quality >= 0.75 * max(0.75, expectation)
        trust = trust + 0.05 * (1 - trust) if kept else trust * (1 - 0.2)
        satisfaction += 0.3 * (min(1, max(0, quality + extra)) - satisfaction)
        expectation += 0.2 * surprise
        warmth = min(1, max(0, (satisfaction - 0.5) / 0.4))
        target = (0.5 + 0.5 * 0.5) * trust * warmth
        commitment += 0.1 * (target - commitment)
    return expectation, satisfaction, trust, commitment


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
@pytest.mark.parametrize("quality", [0.72, 0.4, 0.97])
@pytest.mark.parametrize("times", [1, 2, 9])
def test_learning_by_hand(quality: float, times: int, setting: str) -> None:
    """After one, two and nine purchases memory is what the equations say, to the twelfth digit."""
    m, w, relation = one_person({"setting": setting, "firms": {"acme": {"quality": quality}}})
    for occasion in range(times):
        buy(m, w, 0, 0, occasion, 0.0)
    found = relation.expectation, relation.satisfaction, relation.trust, relation.commitment
    assert found == pytest.approx(equations(quality, times), abs=1e-12)


def test_satisfaction_begins_at_what_was_expected() -> None:
    """At the first purchase satisfaction starts from expectation, at later ones from itself."""
    m, w, relation = one_person()
    relation.expectation, relation.satisfaction = 0.9, 0.1
    buy(m, w, 0, 0, 0, 0.0)
    after_first = 0.9 + 0.3 * (0.72 + (0.72 - 0.9) - 0.9)
    assert relation.satisfaction == pytest.approx(after_first)
    relation.expectation = 0.72
    buy(m, w, 0, 0, 1, 0.0)
    assert relation.satisfaction == pytest.approx(after_first + 0.3 * (0.72 - after_first))


def test_the_first_two_purchases_in_numbers() -> None:
    """Satisfaction .65 becomes .6815 and .70145; expectation .664 and .6752; trust .335."""
    first, second = equations(0.72, 1), equations(0.72, 2)
    assert (first[0], second[0]) == pytest.approx((0.664, 0.6752))
    assert (first[1], second[1]) == pytest.approx((0.6815, 0.70145))
    assert first[2] == pytest.approx(0.335)
    assert first[3] == pytest.approx(0.1 * 0.75 * 0.335 * 0.1815 / 0.4)


def test_a_whole_market_learns_the_same() -> None:
    """One firm and one person for twelve months: profit 8 a month, and memory by the equations."""
    market = lived(ALONE)
    ledger = market.history.ledger()[:, 0]
    customer = market.customers[0]
    assert ledger["revenue"].tolist() == [20] * 12
    profit = ledger["revenue"] - ledger["goods"] - ledger["serving"]
    assert profit.tolist() == [8] * 12
    expectation, satisfaction, trust, commitment = equations(0.72, 12)
    assert customer.expectation["acme"] == pytest.approx(expectation, abs=1e-12)
    assert customer.satisfaction["acme"] == pytest.approx(satisfaction, abs=1e-12)
    assert customer.trust["acme"] == pytest.approx(trust, abs=1e-12)
    assert customer.commitment["acme"] == pytest.approx(commitment, abs=1e-12)


@pytest.mark.parametrize(("quality", "met"), [(0.72, 0.86), (1.0, 1.0), (0.0, 0.5)])
def test_service_works_on_the_headroom(quality: float, met: float) -> None:
    """A lift of one half halves what is missing to perfection, and perfection stays perfection."""
    m, w, relation = one_person({"firms": {"acme": {"quality": quality}}})
    w.firms[0].lift = 0.5
    buy(m, w, 0, 0, 0, 0.0)
    assert relation.expectation == pytest.approx(0.65 + 0.2 * (met - 0.65))
    assert w.ledger[0].quality == pytest.approx(met)


def test_fit_beyond_perfection_is_cut() -> None:
    """Quality .9 and fit .2 make 1, nothing being cut off; noise above 1 is reported as clipped."""
    m, w, relation = one_person({"firms": {"acme": {"quality": 0.9}}})
    relation.fit = 0.2
    buy(m, w, 0, 0, 0, 0.0)
    assert (w.ledger[0].quality, w.ledger[0].clipped) == (1, 0)
    relation.fit = -1.0
    buy(m, w, 0, 0, 1, 0.0)
    assert (w.ledger[0].quality, w.ledger[0].clipped) == pytest.approx((1, 0.1))


# ── failure and recovery ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("complain", "recover", "quality", "bonus"),
    [(0, 0, 0.42, 0), (1, 0, 0.12, 0), (1, 1, 0.72, 0.05)],
    ids=["silent", "not put right", "put right"],
)
def test_failure_by_hand(complain: int, recover: int, quality: float, bonus: float) -> None:
    """A failure costs .3, twice that if a complaint is in vain, nothing but a bonus if put right.

    The bonus is seen by satisfaction alone.
    """
    rule = {"failure": 1, "complain": complain, "recover": recover}
    m, w, relation = one_person({"mechanisms": {"experience": rule}})
    w.firms[0].failure, w.firms[0].recover = 1.0, float(recover)
    w.firms[0].recovery_cost = 3.0
    buy(m, w, 0, 0, 0, 0.0)
    entry = w.ledger[0]
    assert (entry.failures, entry.complaints, entry.recovered) == (1, complain, recover)
    assert entry.recovery == 3 * complain
    assert w.accounts[0, 0].profit == 10 - 3 * complain
    surprise = quality - 0.65
    seen = quality + bonus + surprise * (0.5 if surprise > 0 else 1.0)
    assert relation.expectation == pytest.approx(0.65 + 0.2 * surprise)
    assert relation.satisfaction == pytest.approx(0.65 + 0.3 * (max(0, seen) - 0.65))


def test_only_complaints_cost() -> None:
    """A failure that nobody complains about costs the firm nothing."""
    _, w, _ = one_person()
    w.firms[0].recovery_cost = 3.0
    note_failure(w, 0, 0, False, False)
    assert (w.ledger[0].failures, w.ledger[0].recovery) == (1, 0)


def test_money_puts_complaints_right() -> None:
    """Of 500 complaints .4 are put right unpaid, and .4 + .6 · .8 · (1 - e^-1) for 10 each."""
    shares = []
    for spend in (0, 5000):
        policy = {"policy": {"budget": {"amount": spend}, "split": {"recovery": 1.0}}}
        rule = {"experience": {"failure": 1, "complain": 1}}
        change: Data = {"population": {"size": 500}, "firms": {"acme": policy}, "mechanisms": rule}
        ledger = stepped(made(ALONE, change), 3).history.ledger()[:, 0]
        assert ledger["complaints"].tolist() == [500] * 3
        shares.append(ledger["recovered"][2] / 500)
    expected = [0.4, 0.4 + 0.6 * 0.8 * (1 - np.exp(-1))]
    for share, mean in zip(shares, expected, strict=True):
        assert share == pytest.approx(mean, abs=4 * np.sqrt(mean * (1 - mean) / 500))
    assert ledger["recovery"] == pytest.approx([0, 10_000, 5000])


# ── leaving after a purchase ──────────────────────────────────────────────────────────────────


def test_nobody_leaves_after_the_first_purchase() -> None:
    """A sure leaver stays after the trial and is gone after the first repeat, wherever bought."""
    leaves = {"distribution": "beta", "a": 1e6, "b": 1e-6, "after": "purchase"}
    change: Data = {"setting": "repertoire", "customers": {"exit": leaves}, "firms": {"bolt": {}}}
    m, w, relation = one_person(change)
    relation.purchases, relation.last = 1, m.step
    maybe_quit(m, w, 0, 0, 0)
    assert w.people[0].present == PRESENT
    w.relations[0, 1].purchases, w.relations[0, 1].last = 1, m.step
    maybe_quit(m, w, 0, 1, 0)
    assert w.people[0].present == LEAVING


# ── baskets that vary ─────────────────────────────────────────────────────────────────────────


def test_gamma_gamma_baskets() -> None:
    """Units vary from purchase to purchase; their mean over everything is p · scale / (q - 1)."""
    basket = {"distribution": "gamma_gamma", "p": 6.25, "q": 3.74, "scale": 15.44}
    change: Data = {"population": {"size": 3000}, "horizon": 2, "customers": {"basket": basket}}
    market = lived(ALONE, change, {"record": {"transactions": True}})
    units = np.concatenate(market.history.purchases)["units"].reshape(2, 3000)
    assert (units[0] != units[1]).all()
    mean, people = 6.25 * 15.44 / 2.74, units.mean(axis=0)
    assert people.mean() == pytest.approx(mean, abs=4 * people.std() / np.sqrt(3000))
    ratio = np.log(units[0] / units[1])
    variance = 2 * 0.1734  # twice the trigamma function at 6.25
    assert ratio.mean() == pytest.approx(0, abs=4 * np.sqrt(variance / 3000))
    assert ratio.var() == pytest.approx(variance, rel=4 * np.sqrt(2.5 / 3000))
