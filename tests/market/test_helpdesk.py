"""The help desk in the market: what it has to answer, what waiting does, what it costs."""

from typing import Any

import numpy as np
import pytest

from sim.behaviour.queueing import Queueing, waits_longer
from sim.market.firms import Firm, profit
from sim.market.helpdesk import Helpdesk, contacts
from sim.market.measures import firm_months
from sim.market.model import Market
from sim.scenario.helpdesk import Helpdesk as Declared
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, same, stepped

HELD: Data = {"start": {"customers": {"acme": 1}}, "population": {"size": 100}}


def answering(desk: Data | None = None, **rules: Any) -> Data:
    """A firm with one agent of one contact an hour, 100 hours a month, but for these changes."""
    usual = {"agents": 1, "pace": 1.0, "hours": 100.0, "wage": 50.0}
    return {
        "firms": {"acme": {"helpdesk": usual | (desk or {})}},
        "mechanisms": {"queueing": {"questions": 0.5} | rules},
    }


def failing(**rules: Any) -> Data:
    """Service that always fails, everybody complains, and all could be put right."""
    sure = {"failure": 1.0, "complain": 1.0, "recover": 1.0}
    return {"mechanisms": {"experience": sure | rules}}


def automated(money: float, **response: Any) -> Data:
    """So much for a machine a month, of which nothing is fixed and which answers half for a lot."""
    policy = {"budget": {"amount": money}, "split": {"automation": 1.0}}
    given = {"fixed": 0.0, "ceiling": 0.5, "rate": 1000.0, "saves": 0.4} | response
    return {"firms": {"acme": {"policy": policy}}, "instruments": {"automation": given}}


def desk_of(market: Market) -> Helpdesk:
    """The help desk of the first firm."""
    desk = market.firms[0].helpdesk
    assert desk is not None
    return desk


def firm_of(market: Market) -> Firm:
    """The first firm."""
    return market.firms[0]


# ── contacts and waits ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("step", "months"), [("month", 1.0), ("week", 12 / 52)])
def test_contacts_of_a_step(step: str, months: float) -> None:
    """Half a question from each of 100 customers a month, and last step's 30 complaints."""
    market = made(ALONE, HELD, answering(), {"step": step})
    assert contacts(firm_of(market)) == pytest.approx(50 * months)
    market.history.last["complaints"][0] = 30
    assert contacts(firm_of(market)) == pytest.approx(50 * months + 30)


@pytest.mark.parametrize("step", ["month", "week"])
def test_half_of_the_time_busy(step: str) -> None:
    """50 in 100 hours for one who can do one an hour: half wait, one hour; e^-½ / 2 wait longer."""
    desk = desk_of(stepped(made(ALONE, HELD, answering(), {"step": step}), 1))
    assert (desk.wait, desk.late) == pytest.approx((1.0, 0.5 * np.exp(-0.5)))


def test_what_is_not_answered_in_time_is_not_put_right() -> None:
    """200 contacts where 100 can be answered: all are late, and of complaints none is put right."""
    swamped = stepped(made(ALONE, HELD, answering(questions=2.0), failing()), 1)
    assert swamped.history.last["complaints"][0] == 100
    assert swamped.history.last["recovered"][0] == 0
    without = stepped(made(ALONE, HELD, failing()), 1)
    assert without.history.last["recovered"][0] == 100
    partly = made(ALONE, HELD, answering(questions=2.0, lost=0.25), failing())
    assert stepped(partly, 1).firms[0].terms["recover"] == pytest.approx(0.75)


def test_recovery_is_worth_what_is_answered() -> None:
    """Money for complaints raises the chance first; what is late of all of them is lost."""
    policy = {"budget": {"amount": 1e6}, "split": {"recovery": 1.0}}
    paid = {"firms": {"acme": {"policy": policy}}, "instruments": {"recovery": {"ceiling": 0.5}}}
    market = made(ALONE, HELD, answering(lost=0.5), failing(recover=0.0), paid)
    stepped(market, 2)
    late = desk_of(market).late
    assert late == pytest.approx(1.0)  # 50 questions and 100 complaints
    assert market.firms[0].terms["recover"] == pytest.approx(0.5 * 0.5)


def test_who_asks_is_told() -> None:
    """Nobody complains; a firm that asks a half hears of about half of the failures."""
    quiet = failing(complain=0.0)
    reactive = stepped(made(ALONE, HELD, answering(), quiet), 1).history.last
    proactive = stepped(made(ALONE, HELD, answering({"proactive": 0.5}), quiet), 1).history.last
    assert reactive["complaints"][0] == 0
    assert 30 < proactive["complaints"][0] < 70  # 50 on average, 5 standard deviation


# ── automation ────────────────────────────────────────────────────────────────────────────────


def test_a_machine_takes_half() -> None:
    """Half of 50 contacts are left: a quarter of the time busy, and a third of the wait."""
    market = stepped(made(ALONE, HELD, answering(), automated(1e4)), 1)
    desk = desk_of(market)
    assert desk.calls == pytest.approx(25)
    assert desk.wait == pytest.approx(1 / 3)
    assert market.firms[0].terms["cost_to_serve"] == pytest.approx(2 * 0.8)
    assert market.history.last["automation"][0] == pytest.approx(1e4)


def test_a_machine_fails_some() -> None:
    """It answers half and settles none of them: of complaints half can be put right."""
    slow = {"agents": 100}
    market = made(ALONE, HELD, answering(slow), failing(), automated(1e4, fails=1.0))
    assert stepped(market, 1).firms[0].terms["recover"] == pytest.approx(0.5)


def test_the_fixed_cost_answers_nobody() -> None:
    """1,000 a month of which 1,000 are fixed are spent, and do nothing."""
    market = stepped(made(ALONE, HELD, answering(), automated(1e3, fixed=1e3)), 1)
    assert desk_of(market).calls == pytest.approx(50)
    assert market.history.last["automation"][0] == pytest.approx(1e3)


def test_a_machine_that_is_dropped_is_gone() -> None:
    """Without its money in the next step, people answer all again, at the old cost to serve."""
    market = stepped(made(ALONE, HELD, answering(), automated(1e4)), 1)
    after = stepped(market.branch({"firms.acme.policy.split": {}}), 1)
    assert after.firms[0].terms["cost_to_serve"] == 2
    assert desk_of(after).calls == pytest.approx(50)


# ── books, measures, without ──────────────────────────────────────────────────────────────────


def test_wages_are_the_firms() -> None:
    """Three agents at 50 are 150 a month, which no customer carries."""
    with_desk, without = lived(ALONE, answering({"agents": 3})), lived(ALONE)
    assert with_desk.history.ledger()["wages"][:, 0] == pytest.approx([150] * 12)
    lost = profit(without.history.ledger()) - profit(with_desk.history.ledger())
    assert lost[:, 0] == pytest.approx([150] * 12)
    assert same(with_desk.world.accounts, without.world.accounts)


def test_measures_of_waiting() -> None:
    """Mean wait and share of the late; no mean where more come than can be served, but all late."""
    calm = firm_months(stepped(made(ALONE, HELD, answering()), 1)).iloc[0]
    assert calm[["calls", "response_time", "late"]].tolist() == pytest.approx(
        [50, 1.0, waits_longer(1.0, 0.5, 1.0, 1)]
    )
    swamped = firm_months(stepped(made(ALONE, HELD, answering(questions=2.0)), 1)).iloc[0]
    assert swamped["late"] == 1.0
    assert np.isnan(swamped["response_time"])
    none = firm_months(stepped(made(ALONE, HELD), 1)).iloc[0]
    assert none["calls"] == 0
    assert np.isnan(none["late"])
    assert np.isnan(none["response_time"])


def test_off_is_wages_for_nothing() -> None:
    """Where queueing is off, waiting has no effect on anybody."""
    desk = {"firms": {"acme": {"helpdesk": {"hours": 0.01}}}, "mechanisms": {"queueing": "off"}}
    failure = {"mechanisms": {"experience": {"failure": 0.5}}}
    off, none = lived(LIKE, failure, desk), lived(LIKE, failure)
    assert same(off.world.relations, none.world.relations)
    assert off.history.ledger()["late"].any()
    assert not alike(off, none)


def test_a_branch_may_close_it() -> None:
    """Without the desk all are answered at once again, and the firm only hears of complaints."""
    swamped = answering({"proactive": 1.0}, questions=2.0)
    market = stepped(made(ALONE, HELD, swamped, failing(complain=0.5)), 1)
    terms = stepped(market.branch({"firms.acme.helpdesk": None}), 1).firms[0].terms
    assert (terms["recover"], terms["asks"]) == (1.0, 0.0)


def test_a_desk_by_itself() -> None:
    """What people do not answer in time, and what a machine fails, is lost of what is put right."""
    desk = Helpdesk()
    desk.attend(Declared(agents=1, pace=1.0, hours=10.0), 20.0, 1.0, Queueing(lost=0.5), 0.5, 0.2)
    assert (desk.calls, desk.late) == (10.0, 1.0)
    assert desk.put_right == pytest.approx(1 - 0.5 * (1 - 0.5 * 0.8))
