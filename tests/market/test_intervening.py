"""Interventions at work: offers, parameters, traits, memory, and who is held."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from sim.market.compile import as_records
from sim.market.context import is_held
from sim.market.model import Market
from sim.market.saving import load_market
from sim.scenario.problems import ScenarioError
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, same, stepped

SETTINGS = ["subscription", "repertoire"]
YOUNG: Data = {"groups": {"young": {"share": 0.5, "customers": {"basket": 2}}}}


def done(*interventions: Data) -> Data:
    """A scenario's interventions."""
    return {"interventions": list(interventions)}


# ── what changes nothing ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize(
    "nothing",
    [
        {"hold": 0.0},
        {"shift": {"price": 0, "mechanisms.choice.staying": 0}},
        {"from": 2, "shift": {"trust": 0, "satisfaction": 0}},
        {"shift": {"talkativeness": 0, "basket": 0, "price_sensitivity": 0, "exit_hazard": 0}},
        {"set": {"price": 20, "quality": 0.72}},
    ],
)
def test_what_changes_nothing_changes_nothing(setting: str, nothing: Data) -> None:
    """To the last bit: a chance of 0, a shift of 0, setting what is."""
    change: Data = {"setting": setting, "customers": {"exit": 0.05}}
    assert alike(lived(LIKE, change), lived(LIKE, change, done(nothing)))


# ── offers and parameters ─────────────────────────────────────────────────────────────────────


def test_a_price_for_a_time() -> None:
    """One person pays 20, 20, 18, 18, 20: from 2 until 4 it is 2 less."""
    less: Data = {"from": 2, "until": 4, "firm": "acme", "shift": {"price": -2}}
    ledger = lived(ALONE, done(less)).history.ledger()
    assert ledger["revenue"][:6, 0].tolist() == [20, 20, 18, 18, 20, 20]


def test_costs_are_what_they_are_set_to() -> None:
    """Goods at 4 and fixed costs of 7 a month, from month 1."""
    costs: Data = {"from": 1, "set": {"unit_cost": 4, "fixed_cost": 7, "cost_to_serve": 1}}
    ledger = lived(ALONE, {"firms": {"acme": {"unit_cost": 3}}}, done(costs)).history.ledger()
    assert ledger["goods"][:3, 0].tolist() == [3, 4, 4]
    assert ledger["fixed_cost"][:3, 0].tolist() == [0, 7, 7]
    assert ledger["serving"][:3, 0].tolist() == [2, 1, 1]


def test_they_wait_for_month_0() -> None:
    """The warm-up knows nothing of them: months count from its end."""
    waiting = made(LIKE, done({"set": {"price": 30}}))
    prices = [stepped(waiting, 1).world.firms["price"].tolist() for _ in range(3)]
    assert prices == [[20] * 3, [20] * 3, [30] * 3]


def test_a_mechanism_for_a_time() -> None:
    """Where nothing is learnt in month 1 satisfaction rests, and moves again in month 2."""
    path = "mechanisms.satisfaction.learning"
    market = made(ALONE, done({"from": 1, "until": 2, "set": {path: 0}}))
    seen = [float(stepped(market, 1).world.relations["satisfaction"][0, 0]) for _ in range(3)]
    assert seen[0] != 0.65
    assert seen[1] == seen[0]
    assert seen[2] != seen[1]


def test_a_response_for_a_time() -> None:
    """Advertising that answers with a ceiling of 0 reaches nobody."""
    market = made(
        LIKE, {"warm_up": 0}, done({"until": 1, "set": {"instruments.advertising.ceiling": 0}})
    )
    reach = [stepped(market, 1).world.firms["reach"].copy() for _ in range(2)]
    assert (reach[0] == 0).all()
    assert (reach[1] > 0).all()


# ── traits ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("trait", ["need_rate", "basket", "price_sensitivity", "orientation",
                                   "talkativeness", "exit_hazard"])  # fmt: skip
@pytest.mark.parametrize("step", ["month", "week"])
def test_a_trait_for_a_time(trait: str, step: str) -> None:
    """Everybody gets .25 of it, by the month, and afterwards what they had, to the last bit."""
    change = {"step": step, "setting": "repertoire", "warm_up": 0, "horizon": 30}
    usual = stepped(made(LIKE, change, {"customers": {"exit": 0}}), 1).world.people[trait]
    market = made(
        LIKE, change, {"customers": {"exit": 0}}, done({"until": 2, "set": {trait: 0.25}})
    )
    during = stepped(market, 1).world.people[trait].copy()
    by_time = trait in ("need_rate", "exit_hazard") and step == "week"
    assert during == pytest.approx(0.25 * 12 / 52 if by_time else 0.25)
    assert same(stepped(market, 29).world.people[trait], usual)


def test_a_shift_is_cut_to_the_range() -> None:
    """.7 more of what lies between 0 and 1 is at most 1; those who had .2 have .9."""
    usual = stepped(made(LIKE), 3).world.people["orientation"].astype(float)
    now = stepped(made(LIKE, done({"shift": {"orientation": 0.7}})), 3).world.people["orientation"]
    assert now == pytest.approx(np.minimum(usual + 0.7, 1.0), abs=1e-6)
    assert 0 < (now == 1.0).mean() < 1


def test_a_group_is_meant_alone() -> None:
    """The young buy 5 units instead of 2 each, the others what they bought."""
    more: Data = {"group": "young", "shift": {"basket": 3}}
    usual, market = (stepped(made(LIKE, YOUNG, d), 3) for d in ({}, done(more)))
    young = market.world.people["group"] == 1
    assert 10 < young.sum() < 70
    assert (market.world.people["basket"][young] == 5).all()
    assert same(market.world.people["basket"][~young], usual.world.people["basket"][~young])


def test_newcomers_meet_what_lasts() -> None:
    """Who comes while it lasts is as it says, who comes later is as usual."""
    change: Data = {"customers": {"exit": 0.3, "basket": 2}, "horizon": 6}
    market = made(LIKE, change, done({"until": 3, "set": {"basket": 7}}))
    for month in range(-2, 6):
        market.step()
        baskets = market.world.people["basket"]
        assert (market.world.people["arrived"] == market.clock - 1).any()
        assert (baskets == (7 if 0 <= month < 3 else 2)).all()


# ── memory ────────────────────────────────────────────────────────────────────────────────────

STILL: Data = {
    "mechanisms": dict.fromkeys(("trust", "forgetting", "satisfaction", "commitment"), "off"),
    "customers": {"exit": 0},
    "warm_up": 0,
}
"""Nothing moves trust but what is done from outside."""


def test_trust_is_changed_once() -> None:
    """.2 more trust in bolt at month 1, for good; nobody else's is touched."""
    market = made(LIKE, STILL, done({"from": 1, "firm": "bolt", "shift": {"trust": 0.2}}))
    seen = [stepped(market, 1).world.relations["trust"].copy() for _ in range(4)]
    assert (seen[0] == np.float32(0.3)).all()
    assert seen[1][:, 1] == pytest.approx(0.5)
    assert (seen[1][:, [0, 2]] == np.float32(0.3)).all()
    assert all(same(later, seen[1]) for later in seen[2:])


def test_memory_of_a_group_is_cut_to_0_and_1() -> None:
    """The young lose all trust in everybody, and no more than all."""
    market = made(LIKE, STILL, YOUNG, done({"group": "young", "shift": {"trust": -5}}))
    trust = stepped(market, 1).world.relations["trust"]
    young = market.world.people["group"] == 1
    assert (trust[young] == 0).all()
    assert (trust[~young] == np.float32(0.3)).all()


# ── hold ──────────────────────────────────────────────────────────────────────────────────────

LEAVERS: Data = {
    "population": {"size": 4000},
    "horizon": 3,
    "mechanisms": {"choice": {"staying": 0, "outside": 0.0}, "needs": {"look_rate": 0}},
    "start": {"customers": {"acme": 1}},
    "customers": {"price_sensitivity": 0},
    "firms": {"acme": {"appeal": 0.0}},
}
"""Half of the customers would stop each month, for good."""


def test_the_chance_to_stay() -> None:
    """Half would leave, of whom a quarter stays: .625 are kept, and those leave who left before."""
    usual, held = (lived(ALONE, LEAVERS, d) for d in ({}, done({"hold": 0.25})))
    one, other = (m.history.ledger()["customers"][0, 0] for m in (usual, held))
    assert one == pytest.approx(2000, abs=4 * np.sqrt(1000))
    assert other == pytest.approx(one + 0.25 * (4000 - one), abs=4 * np.sqrt(2000 * 0.25 * 0.75))
    first, second = (
        stepped(made(ALONE, LEAVERS, d), 1).world.people["provider"]
        for d in ({}, done({"hold": 0.25}))
    )
    assert (second >= first).all()


def test_who_is_held_pays_the_full_price_and_gets_no_offer() -> None:
    """Held before any save offer: not counted among the would-be leavers, billed as usual."""
    saving: Data = {
        "firms": {"acme": {"policy": {"budget": {"amount": 1000}, "split": {"save": 1.0}}}},
        "instruments": {"save": {"ceiling": 1, "rate": 1000}},
    }
    ledger = lived(ALONE, LEAVERS, saving, done({"hold": 1.0})).history.ledger()
    assert ledger["would_leave"].sum() == ledger["save"].sum() == ledger["left"].sum() == 0
    assert ledger["revenue"][:, 0].tolist() == [20 * 4000] * 3
    partly = lived(ALONE, LEAVERS, saving, done({"hold": 0.5})).history.ledger()[:, 0]
    assert partly["would_leave"][0] == pytest.approx(1000, abs=4 * np.sqrt(750))


def test_only_the_firm_that_is_named_holds() -> None:
    """With a chance of 1 nobody leaves acme, and people leave the others as ever."""
    ledger = lived(
        LIKE, {"warm_up": 0, "horizon": 12}, done({"firm": "acme", "hold": 1.0})
    ).history.ledger()
    lost = (ledger["switched"] + ledger["left"]).sum(axis=0)
    assert lost[0] == 0
    assert (lost[1:] > 0).all()


def test_holding_for_a_time() -> None:
    """Nobody leaves in the months 1 and 2; before and after they do."""
    ledger = lived(
        ALONE, LEAVERS, {"horizon": 4}, done({"from": 1, "until": 3, "hold": 1.0})
    ).history.ledger()
    assert (ledger["left"][:, 0] > 0).tolist() == [True, False, False, True]


EXITS: list[Any] = [0.2, {"distribution": "beta", "a": 1.0, "b": 4.0, "after": "purchase"}]


def drifted_away(exit: Any, *changes: Data) -> npt.NDArray[np.int64]:
    """(firms,) leavers by the firm last bought from, when it was decided that they leave."""
    change: Data = {"setting": "repertoire", "customers": {"exit": exit}, "warm_up": 0}
    change["population"] = {"size": 300, "entry": {"closure": "cohort"}}
    market, lost = made(LIKE, change, *changes), np.zeros(3, np.int64)
    for _ in range(12):
        last = market.world.people["provider"].copy()
        market.step()
        if isinstance(exit, dict):  # decided after a purchase, else when the step begins
            last = market.world.people["provider"]
        lost += np.bincount(last[market.freed][last[market.freed] >= 0], minlength=3)
    return lost


@pytest.mark.parametrize("exit", EXITS)
def test_in_repertoire_nobody_drifts_away_from_whom_they_last_bought(exit: Any) -> None:
    """With a chance of 1 only those leave the category who have not bought from acme last."""
    held = drifted_away(exit, done({"firm": "acme", "hold": 1.0}))
    assert drifted_away(exit).min() > 20
    assert held[0] == 0
    assert held[1:].min() > 20


@pytest.mark.parametrize("exit", EXITS)
def test_in_repertoire_a_chance_of_exits(exit: Any) -> None:
    """One firm of which everybody is a customer: half as many leave where half of them stay."""
    change: Data = {"setting": "repertoire", "customers": {"exit": exit}, "horizon": 1}
    start: Data = {"population": {"size": 4000}, "start": {"customers": {"acme": 1}}}
    usual, held = (
        lived(ALONE, change, start, d).history.tally()["exits"].sum()
        for d in ({}, done({"hold": 0.5}))
    )
    assert usual > 300
    assert held == pytest.approx(usual / 2, abs=4 * np.sqrt(usual / 4))


def test_a_draw_of_its_own() -> None:
    """Whether somebody is held is decided by person, firm and step: .3 of 4,000, not all alike."""
    market = made(ALONE, {"population": {"size": 4000}}, done({"hold": 0.3}))
    m, w = market.now(), as_records(market.world)
    found = np.array([is_held(m, w, i, 0, 0) for i in range(4000)])
    assert found.mean() == pytest.approx(0.3, abs=4 * np.sqrt(0.21 / 4000))
    later = m._replace(step=m.step + 1)
    assert [is_held(later, w, i, 0, 0) for i in range(4000)] != found.tolist()


# ── markets that are left and taken up again ──────────────────────────────────────────────────

MUCH: Data = done(
    {"from": 1, "until": 4, "firm": "acme", "shift": {"price": -2, "quality": 0.1}},
    {"from": 2, "hold": 0.4},
    {"from": 1, "until": 5, "group": "young", "shift": {"basket": 1}, "why": "a fashion"},
    {"until": 3, "set": {"mechanisms.word_of_mouth.positive_weight": 0.9}},
    {"from": 3, "firm": "bolt", "set": {"trust": 0.1}},
)


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("at", range(0, 8))
def test_saved_and_branched_in_between(setting: str, at: int, tmp_path: Path) -> None:
    """Left at any moment, a market becomes what it would have become, to the last bit."""
    change: Mapping[str, Any] = {"setting": setting, "customers": {"exit": 0.1}}
    market = stepped(made(LIKE, YOUNG, change, MUCH), at)
    whole = lived(LIKE, YOUNG, change, MUCH)
    loaded = load_market(market.save(tmp_path))
    assert alike(loaded.run_model(), whole)
    assert alike(market.branch().run_model(), whole)


def test_arms_may_differ_in_what_is_done_to_them() -> None:
    """A branch at month 0 with interventions is the market that had them from the beginning."""
    market = stepped(made(LIKE, YOUNG), 2)
    arm = market.branch(MUCH).run_model()
    assert alike(arm, lived(LIKE, YOUNG, MUCH))
    assert alike(market.run_model(), lived(LIKE, YOUNG))


def test_a_late_branch_takes_up_what_lasts_and_drops_what_does_not() -> None:
    """Traits are as the new list has them now; without a list they are as people came with them."""
    fat: Data = done({"set": {"basket": 9}})
    market = stepped(made(LIKE, fat), 4)
    assert (market.world.people["basket"] == 9).all()
    plain = stepped(made(LIKE), 5)
    without = stepped(market.branch({"interventions": []}), 1)
    assert same(without.world.people["basket"], plain.world.people["basket"])
    late = stepped(stepped(made(LIKE), 4).branch(fat), 1)
    assert (late.world.people["basket"] == 9).all()


def test_points_of_retention_must_be_found_first() -> None:
    """A market cannot be lived under a question; the refusal says who answers it."""
    asking = done({"hold": {"points_of_retention": 5}})
    with pytest.raises(ScenarioError, match=r"interventions\.0\.hold: .*`sim compare` finds it"):
        Market({**LIKE, **asking})
    answered = done({"hold": {"points_of_retention": 5, "chance": 0.3}})
    assert alike(lived(LIKE, answered), lived(LIKE, done({"hold": 0.3})))
