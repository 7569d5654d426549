"""The loyalty programme in the market: who joins, what is collected and redeemed, who pays."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.behaviour.programme import Programme
from sim.market.expected import expected
from sim.market.firms import profit
from sim.market.measures import customer_table, firm_months
from sim.market.model import Market
from sim.market.saving import load_market
from sim.market.state import AWAKE, MASTERY, NO_MEMBER, SLEEPING
from sim.scenario.problems import ScenarioError
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, same, stepped

FREE: Data = {"enrolment_cost": 0.0, "upkeep": 0.0, "expiry": None}
SURE: Data = {"joining": 1.0, "dozing": 0.0}
"""Everybody joins at the first purchase, and nobody forgets it."""


def offering(rules: Data | None = None, **programme: Any) -> Data:
    """Acme, at a price of 20, gives a point for each unit of money and a reward for 50."""
    usual = FREE | {"reward_points": 50.0, "reward_value": 4.0, "reward_cost": 3.0}
    return {
        "firms": {"acme": {"programme": usual | programme}},
        "mechanisms": {"programme": SURE | (rules or {})},
    }


def dealing(market: Market) -> Any:
    """What the first person and the first firm have between them."""
    return market.world.dealings[0, 0]


def column(market: Market, name: str) -> list[float]:
    """A column of the first firm's ledgers."""
    values: list[float] = market.history.ledger()[name][:, 0].tolist()
    return values


# ── points and rewards ────────────────────────────────────────────────────────────────────────


def test_every_third_purchase_brings_a_reward() -> None:
    """20, 40, 60 points: one reward, 10 left; 30, 50: the next one."""
    market = stepped(made(ALONE, offering()), 5)
    assert column(market, "points_earned") == [20.0] * 5
    assert column(market, "points_redeemed") == [0, 0, 50, 0, 50]
    assert column(market, "points_outstanding") == [20, 40, 10, 30, 0]
    assert column(market, "programme") == [0, 0, 3, 0, 3]
    assert column(market, "liability") == pytest.approx([1.2, 2.4, 0.6, 1.8, 0])


def test_a_reward_later_is_asked_for() -> None:
    """Given later, the 60 points of month 2 are redeemed in month 3 if one asks, never if not."""
    asked = stepped(made(ALONE, offering({"asking": 1.0}, given="later")), 4)
    assert column(asked, "points_redeemed") == [0, 0, 0, 50]
    assert column(asked, "points_outstanding") == [20, 40, 60, 30]
    mute = stepped(made(ALONE, offering({"asking": 0.0}, given="later")), 12)
    assert sum(column(mute, "points_redeemed")) == 0
    assert column(mute, "points_outstanding")[-1] == 240


def test_many_points_bring_many_rewards_at_once() -> None:
    """A welcome of 130 and 20 for the purchase are three rewards of 50."""
    market = stepped(made(ALONE, offering(welcome=130.0)), 1)
    assert column(market, "points_earned") == [150]
    assert column(market, "points_redeemed") == [150]
    assert column(market, "programme") == [9]


def test_some_take_the_app() -> None:
    """70 points for joining, 30 more for a fifth of those who join: once, and never again."""
    people: Data = {"population": {"size": 400}}
    joining = offering(welcome=70.0, app=30.0, app_share=0.2, reward_points=1e9)
    market = stepped(made(ALONE, people, joining), 1)
    held = market.world.dealings["points"][:, 0].copy()
    assert set(held.tolist()) == {90.0, 120.0}
    assert np.mean(held == 120.0) == pytest.approx(0.2, abs=4 * np.sqrt(0.16 / 400))
    assert (stepped(market, 1).world.dealings["points"][:, 0] == held + 20.0).all()


def test_what_a_member_costs_the_member_carries() -> None:
    """8 to join, .5 a month, 3 for the reward of month 2: the firm and the person lose as much."""
    change = offering({"weight": 0.0}, enrolment_cost=8.0, upkeep=0.5)
    with_it, without = (stepped(made(ALONE, told), 3) for told in (change, {}))
    assert column(with_it, "programme") == [8.5, 0.5, 3.5]
    assert column(with_it, "enrolled") == [1, 0, 0]
    lost = profit(without.history.ledger()) - profit(with_it.history.ledger())
    assert lost[:, 0].tolist() == pytest.approx([8.5, 0.5, 3.5])
    carried = without.world.accounts["profit"] - with_it.world.accounts["profit"]
    assert carried[0, 0] == pytest.approx(12.5)


def test_upkeep_is_by_the_month() -> None:
    """In a year of weeks a member costs twelve times what one costs a month."""
    weekly = made(ALONE, offering(upkeep=0.5, reward_cost=0.0), {"step": "week", "horizon": 52})
    assert sum(column(weekly.run_model(), "members")) == 52
    assert sum(column(weekly, "programme")) == pytest.approx(6.0)


def test_promoted_products_bring_more_points() -> None:
    """Always promoted at a factor of three: 60 points. Of many purchases a fourth is promoted."""
    always = stepped(made(ALONE, offering(promoted_share=1.0, promoted_points=3.0)), 1)
    assert column(always, "points_earned") == [60]
    some = made(
        ALONE,
        {"population": {"size": 400}},
        offering(promoted_share=0.25, promoted_points=3.0, reward_points=1e9),
    )
    held = stepped(some, 1).world.dealings["points"]
    assert set(held[:, 0].tolist()) == {20.0, 60.0}
    assert np.mean(held == 60.0) == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / 400))


# ── joining and sleeping ──────────────────────────────────────────────────────────────────────


def test_a_fifth_of_the_buyers_join() -> None:
    """Of 1,000 who buy, 200 join in the first month and a fifth of the rest in the next."""
    people: Data = {"population": {"size": 1000}}
    market = stepped(made(ALONE, people, offering({"joining": 0.2})), 2)
    first, second = column(market, "enrolled")
    assert first == pytest.approx(200, abs=4 * np.sqrt(160))
    assert second == pytest.approx(0.2 * (1000 - first), abs=4 * np.sqrt(128))
    assert column(market, "members") == [first, first + second]


SELDOM: Data = {"billing_months": 3}
"""A purchase every third month, of three units."""


def test_who_buys_nothing_may_fall_asleep() -> None:
    """Surely asleep in month 1; without waking nothing is collected in month 3, with it 60 are."""
    for waking, earned, state in ((0.0, 60, SLEEPING), (1.0, 120, AWAKE)):
        rules = {"dozing": 1.0, "waking": waking}
        market = stepped(made(ALONE, SELDOM, offering(rules, reward_points=1e6)), 1)
        assert dealing(market)["member"] == AWAKE  # who has just bought is not asleep
        assert dealing(stepped(market, 1))["member"] == SLEEPING
        assert dealing(stepped(market, 2))["member"] == state
        assert sum(column(market, "points_earned")) == earned
        assert column(market, "members") == [1, 1, 1, 1]


def test_an_active_member_has_collected_lately() -> None:
    """Asleep from month 1 on, a member who collected in month 0 counts as active for 2 months."""
    rules = {"dozing": 1.0, "waking": 0.0}
    market = made(ALONE, SELDOM, {"active_months": 2}, offering(rules))
    assert column(stepped(market, 5), "active_members") == [1, 1, 0, 0, 0]


def test_dozing_is_by_the_month() -> None:
    """.1 a month: of 1,000 members who do not buy again, .9 ** 2 are awake after two months."""
    once: Data = {"population": {"size": 1000}, "mechanisms": {"needs": {"buy_once": True}}}
    awake = 1000 * 0.9**2
    for step, steps in (("month", 3), ("week", round(1 + 26 / 3))):
        market = stepped(made(ALONE, once, {"step": step}, offering({"dozing": 0.1})), steps)
        asleep = np.count_nonzero(market.world.dealings["member"] == SLEEPING)
        assert 1000 - asleep == pytest.approx(awake, abs=4 * np.sqrt(awake * 0.19))


# ── how points end ────────────────────────────────────────────────────────────────────────────


def test_points_expire_without_purchases() -> None:
    """60 points of month 0 and two months to use them: gone at the end of month 2."""
    once: Data = {"mechanisms": {"needs": {"buy_once": True}}}
    market = stepped(made(ALONE, SELDOM, once, offering(expiry=2.0, reward_points=100.0)), 4)
    assert column(market, "points_expired") == [0, 0, 60, 0]
    assert column(market, "points_outstanding") == [60, 60, 0, 0]


def test_who_collects_keeps_all_points() -> None:
    """A purchase every month starts the clock anew, however old the first points are."""
    market = stepped(made(ALONE, offering(expiry=2.0, reward_points=1e6)), 12)
    assert sum(column(market, "points_expired")) == 0
    assert column(market, "points_outstanding")[-1] == 240


def test_points_of_leavers_are_forfeited() -> None:
    """Everybody leaves after a repeat purchase with what was collected until then."""
    leaving: Data = {"setting": "repertoire", "customers": {"needs": 1.0, "exit": {
        "distribution": "beta", "a": 1e6, "b": 1e-6, "after": "purchase"}}}  # fmt: skip
    market = made(ALONE, {"population": {"size": 50}}, leaving, offering(reward_points=1e6))
    market.run_model()
    earned, forfeited = (sum(column(market, f"points_{n}")) for n in ("earned", "forfeited"))
    assert forfeited > 0
    assert earned == pytest.approx(forfeited + column(market, "points_outstanding")[-1])


def test_breakage_is_of_points_that_have_come_to_an_end() -> None:
    """50 of 60 are redeemed, 10 expire: a sixth; before anything ends there is none."""
    once: Data = {"mechanisms": {"needs": {"buy_once": True}}}
    table = firm_months(stepped(made(ALONE, SELDOM, once, offering(expiry=2.0)), 4))
    assert table["breakage"].tolist() == pytest.approx([0, 0, 1 / 6, 1 / 6])
    later = firm_months(stepped(made(ALONE, SELDOM, once, offering(reward_points=1e6)), 2))
    assert later["breakage"].isna().all()


# ── tiers ─────────────────────────────────────────────────────────────────────────────────────

TIERED: Data = {
    "tiers": {
        "gold": {"spend": 60.0, "points": 3.0, "worth": 0.5, "bond": 0.4},
        "silver": {"spend": 40.0, "points": 2.0, "worth": 0.2, "bond": 0.0},
    },
    "period": 3,
    "reward_points": 1e6,
}


def test_spending_makes_tiers_and_tiers_make_points() -> None:
    """20 for 20; at 40 silver and at 60 gold, from the next purchase on: 20, 20, 40, 60."""
    market = made(ALONE, offering(**TIERED))
    tiers = [int(dealing(stepped(market, 1))["tier"]) for _ in range(4)]
    assert tiers == [0, 1, 2, 2]
    assert column(market, "points_earned") == [20, 20, 40, 60]


def test_a_tier_is_kept_for_the_period_and_the_next() -> None:
    """60 spent in months 0 to 2 are gold until month 5; 60 in each period keep it for good."""
    stop = {"interventions": [{"from": 3, "set": {"need_rate": 0.0}}], "setting": "repertoire"}
    market = made(
        ALONE, stop, offering({"consolation": 0.0}, **TIERED), {"customers": {"needs": 9}}
    )
    stepped(market, 3)
    assert dealing(market)["tier"] == 2
    stepped(market, 2)
    assert (dealing(market)["tier"], dealing(market)["lost"]) == (2, 0)
    stepped(market, 1)
    assert (dealing(market)["tier"], dealing(market)["lost"]) == (0, 0.5)


def test_grief_passes() -> None:
    """A tenth of what is still felt is got over each month, from the month after the loss on."""
    stop = {"interventions": [{"from": 3, "set": {"need_rate": 0.0}}], "setting": "repertoire"}
    market = made(
        ALONE, stop, offering({"consolation": 0.1}, **TIERED), {"customers": {"needs": 9}}
    )
    stepped(market, 8)
    assert dealing(market)["lost"] == pytest.approx(0.5 * 0.9**2)


def test_a_tier_raises_commitment() -> None:
    """Orientation .5 and a bond of .4 take a fifth of what is missing of the fitting commitment."""
    rules = {"commitment": {"learning": 1.0}, "trust": "off", "satisfaction": "off"}
    told = {"mechanisms": rules, "firms": {"acme": {"quality": 0.5}}}
    gold = {"tiers": {"gold": {"spend": 1.0, "bond": 0.4}}}
    market = stepped(made(ALONE, told, offering({"weight": 0.0}, **gold)), 1)
    plain = stepped(made(ALONE, told), 1)
    before = plain.world.relations["commitment"][0, 0]
    after = market.world.relations["commitment"][0, 0]
    assert after == pytest.approx(before + 0.2 * (1 - before))


# ── choice ────────────────────────────────────────────────────────────────────────────────────


def pull_of(market: Market) -> float:
    """What the programme of the first firm adds to its worth for the first person."""
    from sim.market.compile import as_records
    from sim.market.programme import pull

    return float(pull(market.now(), as_records(market.world), 0, 0))


def test_what_draws_a_member() -> None:
    """Points of 20 are worth 1.6, .08 of the price; 20 of 50 done: .08 · 1.4; sensitivity 1.

    Then gold by its first purchase: thrice the points, and .5 for having it.
    """
    market = stepped(made(ALONE, offering({"gradient": 1.0})), 1)
    assert pull_of(market) == pytest.approx(0.08 * 1.4)
    tiers = {"gold": {"spend": 10.0, "points": 3.0, "worth": 0.5}}
    gold = stepped(made(ALONE, offering({"gradient": 1.0}, tiers=tiers)), 1)
    assert pull_of(gold) == pytest.approx(3 * 0.08 * 1.4 + 0.5)


def test_habit_outlives_the_programme() -> None:
    """A tenth after a purchase, at a weight of 2; it stays, less a half a month, without points."""
    rules = {"weight": 0.0, "habit": 2.0, "forming": 0.1, "fading": 0.5}
    market = stepped(made(ALONE, offering(rules)), 1)
    assert dealing(market)["habit"] / MASTERY == pytest.approx(0.05, abs=1e-4)
    assert pull_of(market) == pytest.approx(0.1, abs=1e-4)
    without = market.branch({"firms.acme.programme": None})
    assert pull_of(without) == pytest.approx(0.1, abs=1e-4)
    assert pull_of(stepped(without, 1)) == pytest.approx(0.05, abs=1e-4)
    assert column(without, "members") == [1, 0]


def test_who_sleeps_is_not_drawn() -> None:
    """Neither points nor status count for a member who has forgotten the card."""
    tiers = {"gold": {"spend": 10.0}}
    rules = {"dozing": 1.0, "waking": 0.0}
    market = stepped(made(ALONE, SELDOM, offering(rules, tiers=tiers)), 1)
    assert pull_of(market) > 0.2
    assert pull_of(stepped(market, 1)) == 0.0


# ── invitations ───────────────────────────────────────────────────────────────────────────────


def test_an_inviter_is_thanked_in_points() -> None:
    """Each invitation that led to a purchase brings 7 points beside the 20 of every purchase."""
    half: Data = {
        "population": {"size": 40},
        "start": {"customers": {"acme": 0.5}, "salience": 0, "satisfaction": 0.9},
        "mechanisms": {"salience": {"floor": 0.0}},
        "instruments": {"referral_reward": {"ceiling": 1.0, "rate": 1e3}},
        "firms": {"acme": {"policy": {
            "budget": {"amount": 100}, "split": {"referral_reward": 1.0}}}},
    }  # fmt: skip
    market = stepped(made(ALONE, half, offering(referral=7.0, reward_points=1e6)), 6)
    bought_on_it = sum(column(market, "referred"))
    extra = sum(column(market, "points_earned")) - 20 * sum(column(market, "purchases"))
    assert bought_on_it > 3
    assert extra == pytest.approx(7 * bought_on_it)


# ── with it, without it ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_off_is_a_programme_that_nobody_joins(setting: str) -> None:
    """Where the mechanism is off, everything is to the last bit as it is without a programme."""
    change: Data = {"setting": setting}
    told = {"firms": {"acme": {"programme": {"tiers": {"gold": {"spend": 1.0}}}}}}
    off = lived(LIKE, change, told, {"mechanisms": {"programme": "off"}})
    none, on = lived(LIKE, change), lived(LIKE, change, told)
    for name in ("people", "relations", "accounts"):
        assert same(getattr(off.world, name), getattr(none.world, name)), name
    assert same(off.history.ledger(), none.history.ledger())
    assert not none.world.dealings.size
    assert not alike(on, off)


def test_members_in_the_table_of_customers() -> None:
    """Member, points and tier stand there; without any programme nobody is a member."""
    row = customer_table(stepped(made(ALONE, offering(**TIERED)), 2)).iloc[0]
    assert (bool(row["member"]), float(row["points"]), int(row["tier"])) == (True, 40.0, 1)
    row = customer_table(stepped(made(ALONE), 1)).iloc[0]
    assert (bool(row["member"]), float(row["points"]), int(row["tier"])) == (False, 0.0, 0)


def test_a_newcomer_is_no_member() -> None:
    """Who takes a leaver's place begins without card, points and habit."""
    busy: Data = {"customers": {"exit": 0.5}, "population": {"entry": {"closure": "replace"}}}
    market = stepped(made(LIKE, busy, offering()), 6)
    new = market.world.people["arrived"] == market.clock - 1
    bought = market.world.relations["purchases"][:, 0] > 0
    fresh = market.world.dealings[new & ~bought, 0]
    assert len(fresh)
    assert not fresh["member"].any()
    assert not fresh["points"].any()
    assert NO_MEMBER == 0


def test_it_is_saved_and_branched(tmp_path: Path) -> None:
    """What was saved, or branched, lives on as if nothing had happened."""
    told = offering({"joining": 0.5, "dozing": 0.2}, **TIERED)
    market = stepped(made(LIKE, {"setting": "repertoire"}, told), 3)
    market.save(tmp_path)
    others = [load_market(tmp_path), market.branch()]
    market.run_model()
    for other in others:
        assert alike(other.run_model(), market)


def test_a_branch_may_begin_a_programme() -> None:
    """A market that had none gets one: its customers begin to join."""
    market = stepped(made(ALONE), 2)
    future = market.branch({"firms.acme.programme": {}, "mechanisms.programme.joining": 1.0})
    assert column(stepped(future, 1), "enrolled") == [0, 0, 1]
    assert not market.world.dealings.size


def test_expected_values_know_no_programme() -> None:
    """It lives on what customers have done, which cohorts do not remember."""
    with pytest.raises(ScenarioError, match=r"firms\.acme\.programme: must be null"):
        expected(made(ALONE, offering()).case)


def test_the_defaults_are_lively() -> None:
    """By default customers join, doze and redeem; habit is off."""
    rules = Programme()
    assert min(rules.joining, rules.dozing, rules.waking, rules.weight, rules.gradient) > 0
    assert rules.habit == 0
