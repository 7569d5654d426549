"""Differentiation: worth, service by it, and an end to what does not pay."""

from pathlib import Path

import numpy as np
import pytest

from sim.market.differentiating import judged, levels, stop
from sim.market.expected import expected
from sim.market.firms import profit
from sim.market.measures import firm_months
from sim.market.model import Market
from sim.market.saving import load_market
from sim.scenario.problems import ScenarioError
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, same, stepped

SILENT: Data = {"mechanisms": {"rejection": "off"}}
PEOPLE: Data = {"population": {"size": 10}, "start": {"customers": {"acme": 1}}}


def treating(**declared: float) -> Data:
    """A firm that differentiates so."""
    return {"firms": {"acme": {"differentiation": declared}}}


def earning(market: Market) -> np.ndarray:
    """(people,) what they are worth to the first firm."""
    return market.world.dealings["worth"][:, 0]


# ── worth ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("step", "steps"), [("month", 12), ("week", 52)])
def test_worth_nears_what_a_month_brings(step: str, steps: int) -> None:
    """10 of margin less 2 to serve: 8; at a mean age of four months, 1 - .75^12 of it in a year."""
    market = stepped(made(ALONE, treating(trailing=4), {"step": step, "horizon": 60}), steps)
    if step == "month":
        assert earning(market)[0] == pytest.approx(8 * (1 - 0.75**12))
    else:
        assert 0.8 * 8 < earning(market)[0] < 1.2 * 8  # bills come every fourth or fifth week


def test_what_winning_cost_is_no_worth() -> None:
    """A first purchase at an introductory price is worth as much as another."""
    policy = {"budget": {"amount": 30}, "split": {"introductory_price": 1.0}}
    paid = made(ALONE, treating(trailing=1), {"firms": {"acme": {"policy": policy}}})
    paid.history.last["introduced"][0] = 1
    stepped(paid, 1)
    assert paid.world.accounts["acquisition_cost"][0, 0] == 30
    assert earning(paid)[0] == pytest.approx(8)


def test_worth_begins_with_the_books_and_with_the_watching() -> None:
    """Month 0 closes the old accounts, a branch begins to watch: worth sees neither as money."""
    warm = stepped(made(ALONE, treating(trailing=1), {"warm_up": 5}), 8)
    assert earning(warm)[0] == pytest.approx(8)
    late = stepped(made(ALONE), 5).branch({"firms.acme.differentiation": {"trailing": 1}})
    assert late.world.dealings["counted"][0, 0] == 40
    assert earning(stepped(late, 1))[0] == pytest.approx(8)


def test_who_is_judged() -> None:
    """After three months as a customer and of watching, whichever takes longer."""
    market = made(ALONE, treating(judged_after=3))
    seen = [bool(judged(stepped(market, 1).firms[0])[0]) for _ in range(4)]
    assert seen == [False, False, True, True]
    late = stepped(made(ALONE), 5).branch({"firms.acme.differentiation": {"judged_after": 3}})
    assert not judged(stepped(late, 2).firms[0])[0]
    assert judged(stepped(late, 1).firms[0])[0]


# ── serve and limit ───────────────────────────────────────────────────────────────────────────


def test_levels_by_hand() -> None:
    """Worth 3, 1 and -2 of those judged: means 4/3; all by worth it is 9/4, 3/4 and nothing."""
    worth, chosen = np.array([3.0, 1.0, -2.0, 5.0]), np.array([True, True, True, False])
    assert levels(worth, chosen, 1.0).tolist() == pytest.approx([9 / 4, 3 / 4, 0, 1])
    assert levels(worth, chosen, 0.5).tolist() == pytest.approx([13 / 8, 7 / 8, 1 / 2, 1])
    assert levels(worth, chosen, 0.0).tolist() == [1, 1, 1, 1]
    assert levels(-worth, np.array([True, False, False, True]), 1.0).tolist() == [1, 1, 1, 1]


def test_the_worthless_meet_the_bare_product() -> None:
    """Service of 10 each; all by worth: the worthless carry none of it and meet quality .6."""
    policy = {"budget": {"amount": 20}, "split": {"service": 1.0}}
    offer = {"quality": 0.6, "policy": policy}
    served: Data = {"population": {"size": 2}, "start": {"customers": {"acme": 1}}}
    market = made(
        ALONE, served, treating(proportional=1, judged_after=0), {"firms": {"acme": offer}}
    )
    market.world.dealings["worth"][:, 0] = [4.0, 0.0]
    market.step()
    lift = 0.6 * (1 - np.exp(-0.7 * 20))
    expectation = 0.65 + 0.2 * (np.array([0.6 + 0.4 * lift, 0.6]) - 0.65)
    assert market.world.relations["expectation"][:, 0] == pytest.approx(expectation)
    assert market.world.accounts["profit"][:, 0] == pytest.approx([8 - 20, 8])
    assert market.history.last["service"][0] == 20


def test_service_costs_what_it_costs() -> None:
    """Customers carry together what the firm has spent, however it is divided."""
    market = lived(LIKE, {"warm_up": 0}, treating(proportional=0.7, judged_after=1))
    ledger = market.history.ledger()
    table = [*market.history.departed, market.world[:4]]
    carried = sum(float(part[2]["profit"][:, 0].sum()) for part in table)
    assert market.world.firms["by_worth"].tolist() == [1, 0, 0]
    assert carried - ledger["unallocated"][-1, 0] == pytest.approx(profit(ledger)[:, 0].sum())


# ── stop ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_who_does_not_pay_is_stopped(setting: str) -> None:
    """Everybody brings 8; below 9 all ten are stopped once judged, and never served again."""
    change = treating(stop_below=9, judged_after=3, trailing=1)
    market = lived(ALONE, PEOPLE, SILENT, change, {"setting": setting})
    ledger = market.history.ledger()[:, 0]
    assert ledger["stopped"].tolist() == [0, 0, 0, 10] + [0] * 8 or setting == "repertoire"
    assert ledger["stopped"].sum() == 10
    assert ledger["customers"][-1] == 0
    assert not ledger["purchases"][ledger["stopped"].cumsum() == 10].any()
    assert ledger["lapsed"].sum() == 0
    months = firm_months(market)
    assert months["lost"].sum() == 10


def test_who_pays_stays() -> None:
    """Below 7 nobody is stopped, and all is as it would be without."""
    rule = treating(stop_below=7, judged_after=3, trailing=1)
    watched, alone = lived(ALONE, PEOPLE, rule), lived(ALONE, PEOPLE)
    assert alike(watched, alone)


def test_a_contract_is_kept() -> None:
    """A bill for four months is served to its end: nobody is stopped before the fourth."""
    change = treating(stop_below=90, judged_after=2, trailing=1)
    four = {"billing_months": 4, "start": {"first_renewal": "deferred"}}
    market = lived(ALONE, PEOPLE, SILENT, change, four)
    stopped = market.history.ledger()["stopped"][:, 0]
    assert np.flatnonzero(stopped).tolist() == [4]
    assert stopped[4] == 10


def test_those_who_are_stopped_remember() -> None:
    """Half of trust and of satisfaction are gone; off, both stay."""
    for mechanism, left in (({}, 0.5), ("off", 1.0)):
        change: Data = {"mechanisms": {"rejection": mechanism}}
        market = made(ALONE, PEOPLE, change, treating(stop_below=1e6, judged_after=0))
        relations = market.world.relations
        before = {name: relations[name][:, 0].copy() for name in ("trust", "satisfaction")}
        market.world.people["due"] = 0.0
        stop(market.firms[0])
        for name, value in before.items():
            assert relations[name][:, 0] == pytest.approx(left * value)


def test_those_who_are_stopped_tell() -> None:
    """100 people who told nobody tell 1.0 each of it: 4 times (.65 - .4); and once only."""
    talk = {"base": 0.0, "positive_weight": 0.0, "negative_weight": 4.0}
    rules = {"word_of_mouth": talk, "rejection": {"satisfaction": 0.0}}
    change: Data = {"mechanisms": rules, "population": {"size": 100}}
    market = made(ALONE, PEOPLE, change, treating(stop_below=1e6, judged_after=0))
    market.world.relations["satisfaction"] = 0.4
    market.world.people["due"] = 0.0
    market.step()
    blame = market.history.last["blame"][0]
    assert market.history.last["stopped"][0] == 100
    assert blame == pytest.approx(100, abs=40)  # 4 standard deviations of a Poisson number
    assert stepped(market, 1).history.last["blame"][0] == 0


def test_former_customers_who_were_stopped_are_not_courted() -> None:
    """A firm does not offer to come back to those whom it has sent away."""
    policy = {"budget": {"amount": 1e4}, "split": {"win_back": 1.0}}
    change = treating(stop_below=1e6, judged_after=0)
    market = made(ALONE, PEOPLE, SILENT, change, {"firms": {"acme": {"policy": policy}}})
    market.world.people["due"] = 0.0
    ledger = market.run_model().history.ledger()[:, 0]
    assert ledger["stopped"].sum() == 10
    assert ledger["courted"].sum() == 0


# ── with it, without it ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_watching_alone_changes_nothing(setting: str) -> None:
    """A firm that knows what customers are worth, and does nothing, lives as if it did not."""
    change: Data = {"setting": setting}
    watching, blind = lived(LIKE, change, treating()), lived(LIKE, change)
    assert alike(watching, blind)
    assert blind.world.dealings.size == 0


def test_it_is_saved_and_branched(tmp_path: Path) -> None:
    """What was saved, or branched, lives on as if nothing had happened."""
    change = treating(stop_below=5, judged_after=1, proportional=0.5)
    market = stepped(made(LIKE, change), 4)
    market.save(tmp_path)
    others = [load_market(tmp_path), market.branch()]
    assert market.run_model().history.ledger()["stopped"].any()
    for other in others:
        assert alike(other.run_model(), market)
        assert same(other.world.dealings, market.world.dealings)


def test_expected_values_know_no_worth() -> None:
    """It lives on what customers have brought, which cohorts do not remember."""
    with pytest.raises(ScenarioError, match="it lives on what customers have met"):
        expected(made(ALONE, treating()).case)
