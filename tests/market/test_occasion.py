"""Purchase occasions: contracts that end, looks around, trials, needs, save offers."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from tests.market.worlds import ALONE, LIKE, Data, lived, made, stepped

TWO: Data = {"firms": {"acme": {}, "bolt": {"policy": {"budget": {"amount": 0}, "split": {}}}}}


def bills(*changes: Mapping[str, Any]) -> npt.NDArray[np.int64]:
    """(steps,) purchases of one person, who has a contract from before the first step."""
    held = {"start": {"customers": {"acme": 1}}}
    return lived(ALONE, held, *changes).history.ledger()["purchases"][:, 0]


# ── contracts ─────────────────────────────────────────────────────────────────────────────────


def test_a_bill_every_month() -> None:
    """With monthly billing there is a bill in each month."""
    assert bills().tolist() == [1] * 12


def test_a_bill_every_third_month() -> None:
    """With three months to a contract every third month brings a bill, for three months."""
    market = lived(ALONE, {"billing_months": 3, "start": {"customers": {"acme": 1}}})
    ledger = market.history.ledger()
    first = int(np.argmax(ledger["purchases"][:, 0]))
    expected = [month % 3 == first % 3 for month in range(12)]
    assert ledger["purchases"][:, 0].tolist() == expected
    assert ledger["revenue"].sum() == pytest.approx(4 * 3 * 20)
    assert (ledger["customers"] == 1).all()


@pytest.mark.parametrize(("billing", "years", "expected"), [(1, 3, 36), (3, 3, 12), (12, 4, 4)])
def test_bills_in_weeks(billing: int, years: int, expected: int) -> None:
    """Weekly steps bring the bills of a monthly contract: twelve a year, within one."""
    change = {"step": "week", "billing_months": billing, "horizon": 52 * years}
    found = bills(change)
    assert abs(found.sum() - expected) <= 1
    gaps = np.diff(np.flatnonzero(found))
    assert np.abs(gaps - billing * 52 / 12).max() < 1


@pytest.mark.parametrize(
    ("renewal", "first"), [("deferred", [1, 0, 0]), ("immediate", [1, 0, 0]), ("spread", None)]
)
def test_when_the_first_contract_ends(renewal: str, first: list[int] | None) -> None:
    """Deferred and immediate contracts all bill in step 0, spread ones evenly over a period."""
    start = {"customers": {"acme": 1}, "first_renewal": renewal}
    change = {"billing_months": 3, "population": {"size": 900}, "horizon": 3}
    ledger = lived(ALONE, change, {"start": start}).history.ledger()
    found = ledger["purchases"][:, 0]
    if first is None:
        assert np.abs(found - 300).max() < 4 * np.sqrt(900 / 3 * 2 / 3)
        assert found.sum() == 900
    else:
        assert found.tolist() == [900 * n for n in first]
    assert ledger["acquired"].sum() == (900 if renewal == "immediate" else 0)


@pytest.mark.parametrize(("renewal", "paying"), [("immediate", 1000), ("deferred", 750)])
def test_who_pays_before_the_first_choice(renewal: str, paying: int) -> None:
    """Immediate: all pay and then may leave; deferred: who leaves first has not paid."""
    change: Data = {
        "population": {"size": 1000},
        "start": {"customers": {"acme": 1}, "first_renewal": renewal},
        "customers": {"exit": {"distribution": "beta", "a": 1.0, "b": 3.0, "after": "period"}},
    }
    ledger = lived(ALONE, change).history.ledger()
    error = 0 if renewal == "immediate" else 4 * np.sqrt(1000 * 0.75 * 0.25)
    assert ledger["purchases"][0, 0] == pytest.approx(paying, abs=error)
    first = ledger["customers"][int(renewal == "immediate"), 0]
    assert first == pytest.approx(750, abs=4 * np.sqrt(1000 * 0.75 * 0.25))


@pytest.mark.parametrize(("rate", "back"), [(0.0, 0), (1.0, 1)])
def test_lost_for_good_or_looking(rate: float, back: int) -> None:
    """With a look rate of 0 who has left never comes back; with 1 everybody looks each month."""
    change: Data = {
        "population": {"size": 200},
        "mechanisms": {"needs": {"look_rate": rate}, "choice": {"outside": 4.0, "staying": 0}},
        "start": {"customers": {"acme": 1}},
    }
    market = lived(ALONE, change)
    ledger, tally = market.history.ledger(), market.history.tally()
    assert ledger["left"].sum() > 100
    assert (ledger["reactivated"].sum() > 0) == bool(back)
    if not back:
        held = np.concatenate([[200], ledger["customers"][:-1, 0]])
        assert np.array_equal(tally["occasions"], held)
    else:
        assert (tally["occasions"] == 200).all()


def test_the_look_rate_is_a_chance() -> None:
    """Of 4,000 people without a provider a fifth looks around in a month."""
    change: Data = {"population": {"size": 4000}, "mechanisms": {"needs": {"look_rate": 0.2}}}
    looked = stepped(made(ALONE, change), 1).history.tally()["occasions"][0]
    assert looked == pytest.approx(800, abs=4 * np.sqrt(4000 * 0.2 * 0.8))


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_buy_once(setting: str) -> None:
    """With `buy_once` each person buys once, in either setting."""
    change: Data = {
        "setting": setting,
        "population": {"size": 50},
        "customers": {"needs": 3},
        "mechanisms": {"needs": {"buy_once": True}},
    }
    market = lived(ALONE, change)
    assert (market.world.relations["purchases"] == 1).all()
    assert market.history.ledger()["acquired"].sum() == 50


# ── trials ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_a_trial_is_booked_and_is_no_repeat(setting: str) -> None:
    """Newcomers who come as customers pay the price once on arrival, and are acquired by it."""
    change: Data = {
        "setting": setting,
        "population": {
            "size": 200,
            "entry": {"closure": "replace", "on_arrival": {"customer_of": "bolt"}},
        },
        "customers": {"exit": 0.3, "needs": 0},
        "mechanisms": {"needs": {"look_rate": 0}, "choice": {"staying": 20}},
        "record": {"transactions": True},
    }
    market = lived(ALONE, TWO, change, {"firms": {"bolt": {"price": 30}}})
    ledger, tally = market.history.ledger(), market.history.tally()
    assert np.array_equal(ledger["acquired"][1:, 1], tally["exits"][:-1])
    assert ledger["acquired"][:, 1].sum() > 300
    assert ledger["acquired"][:, 0].sum() == 0
    log = np.concatenate(market.history.purchases)
    trials = log[log["first"]]
    assert (trials["revenue"] == 30).all()
    assert len(trials) == len(set(trials["person"].tolist())) == ledger["acquired"].sum()
    if setting == "repertoire":
        assert len(log) == len(trials)


def test_a_trial_is_no_repeat_after_which_one_may_leave() -> None:
    """People who leave after any repeat purchase for sure buy twice: the trial and one more."""
    change: Data = {
        "setting": "repertoire",
        "population": {"size": 50, "entry": {"closure": "cohort"}},
        "start": {"customers": {"acme": 1}, "first_renewal": "immediate"},
        "customers": {"exit": {"distribution": "beta", "a": 1e6, "b": 1e-6, "after": "purchase"}},
    }
    market = lived(ALONE, change, {"horizon": 40})
    assert (market.world.relations["purchases"] == 2).all()
    assert market.history.tally()["exits"].sum() == 50


# ── needs ─────────────────────────────────────────────────────────────────────────────────────


def test_occasions_are_poisson() -> None:
    """With 1.5 needs a month and a season of 2 the mean and the variance of occasions are 3."""
    change: Data = {
        "setting": "repertoire",
        "horizon": 1,
        "population": {"size": 2000},
        "customers": {"needs": 1.5, "season": [2.0] * 12},
    }
    market = lived(ALONE, change)
    counts = market.world.relations["purchases"][:, 0].astype(float)
    assert counts.mean() == pytest.approx(3, abs=4 * np.sqrt(3 / 2000))
    assert counts.var() == pytest.approx(3, abs=4 * np.sqrt((3 + 2 * 9) / 2000))
    assert market.history.tally()["occasions"][0] == counts.sum()


@pytest.mark.parametrize(("step", "steps"), [("week", 52), ("month", 12)])
def test_needs_of_a_year(step: str, steps: int) -> None:
    """A thousand people with one need a month have 12,000 in a year, in weeks as in months."""
    change: Data = {"setting": "repertoire", "population": {"size": 1000}, "horizon": steps}
    found = lived(ALONE, change, {"step": step}).history.tally()["occasions"].sum()
    assert found == pytest.approx(12_000, abs=4 * np.sqrt(12_000))


def test_an_occasion_at_which_nothing_comes_to_mind_is_lost() -> None:
    """Where all firms are unknown and there is nothing else to do, occasions are lost, counted."""
    change: Data = {
        "population": {"size": 30},
        "horizon": 2,
        "start": {"salience": 0},
        "mechanisms": {"salience": {"floor": 0}},
    }
    tally = lived(ALONE, change).history.tally()
    assert tally["lost"].tolist() == tally["occasions"].tolist() == [30, 30]
    otherwise = {"mechanisms": {"choice": {"outside": 0.0}}}
    assert lived(ALONE, change, otherwise).history.tally()["lost"].sum() == 0


# ── save ──────────────────────────────────────────────────────────────────────────────────────

LEAVERS: Data = {
    "population": {"size": 500},
    "mechanisms": {"choice": {"staying": 0, "outside": 1.0}, "needs": {"look_rate": 0}},
    "start": {"customers": {"acme": 1}},
    "customers": {"price_sensitivity": 3},
    "firms": {"acme": {"policy": {"budget": {"amount": 100}, "split": {"save": 1.0}}}},
}
"""Everybody would leave with chance 1 / (1 + e^-1) at first, and is worth a discount."""


def save_offers(ceiling: float) -> npt.NDArray[Any]:
    """(steps,) the books of a firm that sees almost that share of its would-be leavers."""
    response = {"save": {"ceiling": ceiling, "rate": 1000}}
    return lived(ALONE, LEAVERS, {"instruments": response}).history.ledger()[:, 0]


def test_only_those_seen_are_saved() -> None:
    """Who is not seen leaves: with a ceiling of 0 every would-be leaver, whatever is paid."""
    unseen = save_offers(0.0)
    assert unseen["saved"].sum() == 0
    assert np.array_equal(unseen["left"], unseen["would_leave"])
    half, all_seen = save_offers(0.5), save_offers(1.0)
    assert half["would_leave"][1] == all_seen["would_leave"][1] == unseen["would_leave"][1]
    assert 0 < half["saved"][1] < all_seen["saved"][1] < all_seen["would_leave"][1]


def test_a_save_offer_costs_its_terms_and_the_discount() -> None:
    """Spending is the terms for each would-be leaver and .2 · 20 = 4 for each who is kept.

    Terms are fixed from last month's events, so nothing is spent in the first month. A discount is
    spending, not less revenue.
    """
    books = save_offers(1.0)
    assert books["save"][0] == books["saved"][0] == 0
    planned = 200.0  # two months' budgets
    terms = planned / books["would_leave"][0]
    expected = terms * books["would_leave"][1] + 4 * books["saved"][1]
    assert books["save"][1] == pytest.approx(expected)
    assert books["revenue"][1] == pytest.approx(20 * books["purchases"][1])
    assert books["customers"][1] == books["customers"][0] - books["left"][1]


def test_a_saved_customer_would_stay_at_that_price() -> None:
    """An offer without a discount keeps nobody: the same draws give the same wish to leave."""
    response = {"save": {"ceiling": 1, "rate": 1000, "discount": 0}}
    ledger = lived(ALONE, LEAVERS, {"instruments": response}).history.ledger()
    assert ledger["would_leave"].sum() > 300
    assert ledger["saved"].sum() == 0


def test_customers_stay_with_the_firm_they_chose() -> None:
    """Switched and left are told apart by where the customer went."""
    market = lived(LIKE, {"warm_up": 0, "horizon": 12})
    ledger = market.history.ledger()
    assert ledger["switched"].sum() > 0
    assert ledger["left"].sum() > 0
    assert (ledger["would_leave"] == ledger["switched"] + ledger["left"]).all()
