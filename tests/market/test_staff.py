"""Staff in the market: what they live on, what customers meet of it, what it costs."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.behaviour.staffing import Staffing
from sim.market.expected import expected
from sim.market.firms import profit
from sim.market.measures import firm_months
from sim.market.model import Market
from sim.market.saving import load_market
from sim.market.staff import Staff, trainees
from sim.scenario.problems import ScenarioError
from sim.scenario.staff import Department
from sim.scenario.staff import Staff as Declared
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, same, stepped

EVEN: Data = {"heads": 1.0, "wage": 30.0, "norm": 100.0, "skill": 1.0, "morale": 1.0}
STILL: Data = {
    "content": 1.0, "encouragement": 0.0, "quits": 0.0, "fed_up": 0.0, "practice": 0.0, "lift": 0.5,
}  # fmt: skip
"""Rules by which perfect staff stay as they are, and fill half of the headroom."""


def employing(front: Data | None = None, back: Data | None = None, **rules: Any) -> Data:
    """A firm with perfect staff but for these changes, under still rules but for those."""
    staff = {"front": EVEN | (front or {}), "back": EVEN | (back or {})}
    return {"firms": {"acme": {"staff": staff}}, "mechanisms": {"staffing": STILL | rules}}


def staff_of(market: Market) -> Staff:
    """The staff of the first firm."""
    staff = market.firms[0].staff
    assert staff is not None
    return staff


def training(per_head: float) -> Data:
    """A campaign that trains for so much a head and month."""
    campaigns = [{"instrument": "staff", "per_head": per_head}]
    return {"firms": {"acme": {"policy": {"campaigns": campaigns}}}}


# ── how they live ─────────────────────────────────────────────────────────────────────────────


def test_a_step_of_one_department_beside_the_other() -> None:
    """The front line has twice its norm, and half its morale in the end; the back office rests."""
    declared = Declared(
        front=Department(heads=2, norm=50, morale=1, skill=1),
        back=Department(heads=4, norm=50, morale=1, skill=1),
    )
    rules = Staffing(content=1, mood=0.5, quits=0, fed_up=0.4, practice=0, attraction=0)
    staff = Staff(declared)
    staff.live(declared, 0.0, 200.0, 0.3, rules)
    assert staff.morale == {"front": 0.75, "back": 1.0}
    assert staff.left == pytest.approx({"front": 0.2, "back": 0.0})  # a tenth of two heads
    assert staff.skill == pytest.approx({"front": 0.95, "back": 1.0})  # newcomers know half
    assert staff.work(weakest=True) == pytest.approx(0.75 * 0.95)
    assert staff.work(weakest=False) == pytest.approx((0.75 * 0.95 + 1) / 2)


def test_only_those_who_are_trained_learn() -> None:
    """Training for the front line leaves the back office as it is."""
    departments = {"front": Department(skill=0.5), "back": Department(skill=0.5)}
    rules = Staffing(quits=0, fed_up=0, practice=0, training=0.5)
    for trained, back in (("all", 0.75), ("front", 0.5)):
        declared = Declared.model_validate({**departments, "trained": trained})
        staff = Staff(declared)
        staff.live(declared, 1.0, 0.0, 0.3, rules)
        assert staff.skill == {"front": 0.75, "back": back}


@pytest.mark.parametrize(("trained", "heads"), [("all", 5), ("front", 3)])
def test_heads_of_training(trained: str, heads: float) -> None:
    """Three in front and two behind: money is divided by five, or by three."""
    staff = {"front": {"heads": 3}, "back": {"heads": 2}, "trained": trained}
    market = made(ALONE, {"firms": {"acme": {"staff": staff}}}, training(10))
    assert trainees(market.firms[0]) == heads
    assert stepped(market, 1).history.ledger()["staff"].tolist() == [[10 * heads]]


def test_training_teaches_by_what_a_head_gets() -> None:
    """100 a head and month is training of .9 (1 - 1/e), of which half is learnt by the ignorant."""
    market = made(
        ALONE, employing({"skill": 0}, {"skill": 0}, training=0.5), training(100)
    )  # fmt: skip
    skill = staff_of(stepped(market, 1)).skill
    assert skill["front"] == skill["back"] == pytest.approx(0.45 * (1 - np.exp(-1)))


def test_workload_is_of_the_customers_of_last_month() -> None:
    """100 people buy in month 0 from staff for 50: morale tends to a half from month 1 on."""
    market = made(ALONE, {"population": {"size": 100}}, employing({"norm": 50}, mood=1.0))
    stepped(market, 1)
    assert staff_of(market).morale == {"front": 1.0, "back": 1.0}
    stepped(market, 1)
    assert staff_of(market).morale == {"front": 0.5, "back": 1.0}


def test_newcomers_come_to_trust() -> None:
    """Everybody is replaced: at first by a trust of .3, then by that of the customer."""
    rules: Data = {"quits": 1.0, "newcomers": 0.0, "attraction": 1.0}
    start = {"start": {"customers": {"acme": 1}, "trust": 0.8}}
    market = made(ALONE, start, employing(**rules))
    stepped(market, 1)
    assert staff_of(market).skill["front"] == pytest.approx(0.3)
    trust = market.history.last["trust"][0]
    stepped(market, 1)
    assert staff_of(market).skill["front"] == pytest.approx(trust)
    assert trust > 0.3


@pytest.mark.parametrize("step", ["month", "week"])
def test_a_year_is_a_year(step: str) -> None:
    """Morale goes a fifth of the way a month, in steps of either length."""
    market = made(ALONE, employing(content=0.0, mood=0.2), {"step": step, "horizon": 60})
    stepped(market, {"month": 12, "week": 52}[step])
    assert staff_of(market).morale["front"] == pytest.approx(0.8**12)


# ── what customers meet ───────────────────────────────────────────────────────────────────────


def test_quality_follows_their_work() -> None:
    """Perfect staff fill half of a headroom of .4: .8 is met; those who can do half make it .7."""
    quality = {"firms": {"acme": {"quality": 0.6}}}
    perfect = stepped(made(ALONE, quality, employing()), 1)
    assert perfect.history.last["quality"][0] == pytest.approx(0.8)
    half = stepped(made(ALONE, quality, employing({"skill": 0.5}, {"morale": 0.5}, mood=0.0)), 1)
    assert half.history.last["quality"][0] == pytest.approx(0.7)
    weak = employing({"skill": 0.5}, weakest=True)
    assert stepped(made(ALONE, quality, weak), 1).history.last["quality"][0] == pytest.approx(0.7)


def test_service_works_on_what_staff_leave() -> None:
    """Half of the headroom, and half of the rest; failures fall by a half, and by a half again."""
    policy = {"budget": {"amount": 1e6}, "split": {"service": 1.0}}
    served = {
        "firms": {"acme": {"policy": policy}},
        "start": {"customers": {"acme": 1}},
        "instruments": {"service": {"ceiling": 0.5, "failure_relief": 0.5}},
        "mechanisms": {"experience": {"failure": 0.4}},
    }
    terms = stepped(made(ALONE, served, employing(failures=0.5)), 1).firms[0].terms
    assert (terms["lift"], terms["lift_unserved"]) == pytest.approx((0.75, 0.5))
    assert (terms["failure"], terms["failure_unserved"]) == pytest.approx((0.1, 0.2))


def test_who_is_not_served_meets_staff_all_the_same() -> None:
    """Service aimed at a group of nobody changes nothing of what the others meet."""
    groups = {"groups": {"few": {"share": 1e-9}}}
    policy = {"budget": {"amount": 10}, "split": {"service": 1}, "targets": {"service": "few"}}
    start = {"start": {"customers": {"acme": 1}}}
    market = made(ALONE, employing(), groups, start, {"firms": {"acme": {"policy": policy}}})
    assert stepped(market, 1).history.last["quality"][0] == pytest.approx(0.72 + 0.14)


# ── what it costs ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("step", "months"), [("month", 1.0), ("week", 12 / 52)])
def test_wages_and_training_are_the_firms_and_nobodys(step: str, months: float) -> None:
    """Two heads at 30, and 10 for each: 80 a month less for the firm, nothing for the customer."""
    free, paid = (
        made(ALONE, employing({"wage": w}, {"wage": w}), training(t), {"step": step}).run_model()
        for w, t in ((0.0, 0.0), (30.0, 10.0))
    )
    ledger = paid.history.ledger()
    assert ledger["wages"][:, 0] == pytest.approx([60 * months] * 12)
    assert ledger["staff"][:, 0] == pytest.approx([20 * months] * 12)
    assert same(paid.world.accounts, free.world.accounts)
    earned = profit(free.history.ledger()) - profit(ledger)
    assert earned[:, 0] == pytest.approx([80 * months] * 12)


def test_measures_of_staff() -> None:
    """Means over heads: three of skill 1 and one of 0; of four heads a tenth leave each month."""
    change = employing({"heads": 3}, {"skill": 0}, quits=0.1, newcomers=0.0, attraction=0.0)
    table = firm_months(stepped(made(ALONE, change), 1))
    assert table[["skill", "morale", "turnover"]].iloc[0].tolist() == pytest.approx(
        [0.75 * 0.9, 1.0, 0.1]
    )
    none = firm_months(stepped(made(ALONE), 1))
    assert none[["skill", "morale", "turnover"]].isna().all(axis=None)


# ── with them, without them ───────────────────────────────────────────────────────────────────


def test_off_is_wages_for_nothing() -> None:
    """Where staffing is off, customers meet the firm as if it had nobody."""
    staff = {"firms": {"acme": {"staff": {}}}, "mechanisms": {"staffing": "off"}}
    off, none = lived(LIKE, staff), lived(LIKE)
    assert same(off.world.relations, none.world.relations)
    assert off.history.ledger()["wages"].any()
    assert not alike(off, none)


def test_money_for_the_training_of_nobody_is_kept() -> None:
    """Who takes over the policy of a firm with staff, and has none, keeps that money."""
    market = made(LIKE, training(0))
    firm = market.firms[0]
    firm.planned["staff"] = firm.carried["staff"] = 50.0
    market.step()
    assert market.history.last["staff"][0] == 0
    assert firm.carried["staff"] == 50


def test_they_are_saved_and_branched(tmp_path: Path) -> None:
    """What was saved, or branched, lives on as if nothing had happened."""
    staff = {"firms": {"acme": {"staff": {"front": {"norm": 10}}}}}
    market = stepped(made(LIKE, staff, training(50)), 3)
    market.save(tmp_path)
    others = [load_market(tmp_path), market.branch()]
    market.run_model()
    for other in others:
        assert alike(other.run_model(), market)
        assert other.firms[0].memory() == market.firms[0].memory()


def test_a_branch_may_hire_and_dismiss() -> None:
    """Staff who come begin as declared; with those who go, what they did goes."""
    market = stepped(made(ALONE, employing()), 2)
    without = stepped(market.branch({"firms.acme.staff": None}), 1)
    assert without.firms[0].staff is None
    assert without.history.last["quality"][0] == pytest.approx(0.72)
    again = without.branch({"firms.acme.staff": {"front": {"skill": 0.3}}})
    assert staff_of(again).skill["front"] == 0.3


def test_expected_values_know_no_staff() -> None:
    """They live on what customers have met, which cohorts do not remember."""
    with pytest.raises(ScenarioError, match="it lives on what customers have met"):
        expected(made(ALONE, employing()).case)
