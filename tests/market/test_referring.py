"""Who is thought of, who referred whom, and what that is worth to both."""

import math
from typing import Any

import pytest

from sim.market.approaching import invite
from sim.market.choosing import felt_gap, worth
from sim.market.compile import as_records
from sim.market.dealings import wants_dealings
from sim.market.measures import customer_table
from sim.market.model import Market
from sim.market.state import INVITED, LEAVING, OPEN, REFERRED
from sim.market.stock import take_stock
from tests.market.worlds import ALONE, LIKE, Data, lived, made

FITS = (0.1, 0.5, 0.12, -0.3, 0.3, -0.05)
"""Of six people; the third is most like the first."""


def circle(customers: int = 1, **referral: Any) -> tuple[Market, Any]:
    """Six people, all tied to all, the first of them customers of Acme and happy with it."""
    market = made(ALONE, {"population": {"size": 6}, "mechanisms": {"referral": referral}})
    w = as_records(market.world)
    for i, fit in enumerate(FITS):
        w.relations[i, 0].fit = fit
    for i in range(customers):
        w.people[i].provider = 0
        w.relations[i, 0].purchases, w.relations[i, 0].satisfaction = 1, 0.8
    w.firms[0].invite = 1.0
    return market, w


def invited(w: Any) -> list[int]:
    """Places of those who were invited."""
    return [i for i in range(6) if w.relations[i, 0].approach & INVITED]


def test_like_invites_like() -> None:
    """Who thinks of everybody invites the one whose fit of .12 is nearest to the own .1."""
    for step in range(5):
        market, w = circle(thought_of=50)
        invite(market.now()._replace(step=step), w, market.ties, 0, 0)
        assert invited(w) == [2]


def test_who_thinks_of_one_invites_anybody() -> None:
    """By default each of five is as likely, like or unlike; in 40 months all are invited."""
    found = set()
    for step in range(40):
        market, w = circle()
        invite(market.now()._replace(step=step), w, market.ties, 0, 0)
        found |= {*invited(w)}
    assert found == {1, 2, 3, 4, 5}


def test_who_left_is_not_thought_of() -> None:
    """The most alike is gone at the end of the month: it is the next, .15 away."""
    market, w = circle(thought_of=50)
    w.people[2].present = LEAVING
    invite(market.now(), w, market.ties, 0, 0)
    assert invited(w) == [5]


def test_the_inviter_of_the_latest_month_counts() -> None:
    """Of two in one month it is who has been there longer; a later month takes its place."""
    market, w = circle(customers=2, thought_of=50, bond=1.0)
    w.relations[2, 0].fit, w.relations[1, 0].fit = 0.11, 0.13
    for inviter in (1, 0):
        invite(market.now(), w, market.ties, inviter, 0)
    dealing = w.dealings[2, 0]
    assert (dealing.referrer, dealing.referrer_place) == (0, 1)
    w.relations[2, 0].approach = OPEN
    invite(market.now(), w, market.ties, 1, 0)
    assert (dealing.referrer, dealing.referrer_place) == (1, 2)


def referred() -> tuple[Market, Any]:
    """The second of two customers was referred by the first."""
    market, w = circle(customers=2, bond=1.5)
    w.dealings[1, 0].referrer, w.dealings[1, 0].referrer_place = 0, 1
    w.relations[1, 0].approach = REFERRED
    return market, w


def test_a_bond_by_hand() -> None:
    """With the friend a customer at the end of the month the firm is worth 1.5 more in the next."""
    market, w = referred()
    before = worth(market.now(), w, 1, 0, False)
    take_stock(market.now(), w, 1, 0)
    assert (w.dealings[1, 0].accompanied, w.ledger[0].accompanied) == (1, 1)
    assert worth(market.now(), w, 1, 0, False) == pytest.approx(before + 1.5)


@pytest.mark.parametrize(
    "how", ["went elsewhere", "leaves", "somebody else is there", "came alone"]
)
def test_what_ends_a_bond(how: str) -> None:
    """The friend is no customer, or gone, or it was no invitation that brought the person."""
    market, w = referred()
    if how == "went elsewhere":
        w.people[0].provider = -1
    elif how == "leaves":
        w.people[0].present = LEAVING
    elif how == "somebody else is there":
        w.people[0].number = 6
    else:
        w.relations[1, 0].approach = 0
    w.dealings[1, 0].accompanied = 1
    take_stock(market.now(), w, 1, 0)
    assert (w.dealings[1, 0].accompanied, w.ledger[0].accompanied) == (0, 0)


def test_a_market_without_bonds_keeps_no_dealings() -> None:
    """The table is asked for by a bond, today or at a date, and by nothing else here."""
    bond: Data = {"mechanisms": {"referral": {"bond": 1.0}}}
    later: Data = {"interventions": [{"from": 2, "set": {"mechanisms.referral.bond": 1.0}}]}
    asked = [wants_dealings(made(LIKE, change).spec) for change in ({}, bond, later)]
    assert asked == [False, True, True]


REWARDS: Data = {
    "horizon": 12,
    "firms": {"acme": {"policy": {"split": {"advertising": 0.5, "referral_reward": 0.5}}}},
    "instruments": {"referral_reward": {"ceiling": 0.9}},
}


def test_people_come_in_company() -> None:
    """In a market of 80 some were referred by a customer, are counted, and are in the table."""
    market = lived(LIKE, REWARDS, {"mechanisms": {"referral": {"bond": 1.0, "bonus": 6.0}}})
    ledger = market.history.ledger()[:, 0]
    assert 0 < ledger["accompanied"][-1] <= ledger["referred"].sum()
    assert customer_table(market)["referred"].sum() > 0


def gift(friend: float, linear: bool = False) -> tuple[Any, float]:
    """The firm's row when both sides share a reward, and what 80 for a success are felt as."""
    change: Data = {
        "instruments": {"referral_reward": {"friend": friend, "ceiling": 1, "rate": 0.1}},
        "mechanisms": {"choice": {"linear_price": linear}},
        "firms": {"acme": {"policy": {"budget": {"amount": 10}, "split": {"referral_reward": 1}}}},
    }
    market = made(ALONE, {"population": {"size": 6}}, change)
    market.history.last["willing"][0] = 1
    market.step()
    row = market.firms[0].terms
    off = 0.5 * (1.0 - math.exp(-0.1 * friend * float(row["referral_cost"]) / 12))
    return row, off


@pytest.mark.parametrize("friend", [0.0, 0.25, 1.0])
def test_both_sides_are_rewarded(friend: float) -> None:
    """The inviter is moved by the own part of 10 a head; the friend feels a cheaper first bill."""
    row, off = gift(friend)
    assert row["invite"] == pytest.approx(1.0 - math.exp(-0.1 * (1.0 - friend) * 10))
    assert row["invited_relief"] == pytest.approx(math.log(1.0 - off), abs=1e-12)
    if friend < 1.0:
        assert row["referral_cost"] == pytest.approx(10 / (float(row["invite"]) / 8))


def test_a_gift_is_felt_with_an_open_invitation_only() -> None:
    """A relief of −.2 beside a price gap of 0."""
    market, w = circle()
    w.firms[0].invited_relief = -0.2
    assert felt_gap(market.now(), w, 3, 0) == 0.0
    w.relations[3, 0].approach = OPEN
    assert felt_gap(market.now(), w, 3, 0) == pytest.approx(-0.2)


def test_all_for_the_friend_invites_nobody() -> None:
    """Who gets nothing for it does not invite, so that nothing is paid."""
    ledger = lived(
        LIKE, REWARDS, {"instruments": {"referral_reward": {"friend": 1.0}}}
    ).history.ledger()
    assert ledger["invitations"].sum() == ledger["referral_reward"].sum() == 0
