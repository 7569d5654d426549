"""A new product: heard for, launched, adopted or not, judged once."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.market.expected import expected
from sim.market.launch import Launch, of_a_launch
from sim.market.measures import customer_table, firm_months
from sim.market.model import Market
from sim.market.saving import load_market
from sim.scenario.problems import ScenarioError
from tests.market.worlds import ALONE, LIKE, Data, alike, made, same, stepped

SURE: Data = {"price": 8.0, "unit_cost": 3.0, "need": 1.0, "fit": 50.0}
"""A product that everybody needs, and takes when it comes up."""


def launching(product: Data | None = None, **own: Any) -> Data:
    """A product of no uncertainty launched in month 2 for 100 and 7 a month, all being adopters."""
    launch = {"month": 2, "spread": 0.0, "cost": 100.0, "upkeep": 7.0, "goal": 0.0}
    still = {"breadth": {"lapse": 0.0}, "innovation": {"innovation": 1.0, "imitation": 0.0}}
    return {
        "firms": {"acme": {"launch": launch | {"product": SURE | (product or {})} | own}},
        "mechanisms": still,
    }


def launch_of(market: Market) -> Launch:
    """The first firm's launch."""
    launch = market.firms[0].launch
    assert launch is not None
    return launch


def column(market: Market, name: str) -> list[float]:
    """A column of the first firm's ledger."""
    values: list[float] = market.history.ledger()[name][:, 0].tolist()
    return values


# ── money and dates ───────────────────────────────────────────────────────────────────────────


def test_a_launch_by_hand() -> None:
    """Development is due in month 2, then 7 a month; an adopter brings 8 less 3 from then on."""
    market = stepped(made(ALONE, launching()), 4)
    assert column(market, "launching") == [0, 0, 107, 7]
    assert column(market, "adopters") == [0, 0, 1, 1]
    assert column(market, "lines_revenue") == column(market, "launch_revenue") == [0, 0, 8, 8]
    assert column(market, "revenue") == [20, 20, 28, 28]
    months = firm_months(market)
    assert months["launch_profit"].tolist() == [0, 0, -102, -2]
    assert months["profit"].tolist() == [8, 8, 8 - 102, 8 - 2]
    assert customer_table(market)["profit"].tolist() == [4 * 8 + 2 * 5]  # the rest is nobody's


@pytest.mark.parametrize(("step", "at"), [("month", 2), ("week", 9)])
def test_a_month_is_a_month(step: str, at: int) -> None:
    """Month 2 begins with step 2, or with week 9; upkeep is by the month."""
    market = stepped(made(ALONE, launching(), {"step": step, "horizon": 30}), 12)
    paid = column(market, "launching")
    assert (paid[:at], paid[at] > 100) == ([0] * at, True)
    assert paid[at + 1] == pytest.approx(7 * market.spec.months)


def test_a_failure_is_withdrawn() -> None:
    """Nobody needs it: after three months of trial it is gone, and costs no more."""
    market = stepped(made(ALONE, launching({"need": 0.0}, trial=3, goal=0.5)), 7)
    assert column(market, "withdrawn") == [0, 0, 0, 0, 1, 0, 0]
    assert column(market, "launching") == [0, 0, 107, 7, 7, 0, 0]
    assert launch_of(market).withdrawn


def test_what_is_withdrawn_nobody_holds() -> None:
    """One of two people needs it, which is less than all: it is taken away from them, too."""
    change = launching({"need": 0.5}, trial=2, goal=1.0)
    market = stepped(made(ALONE, {"population": {"size": 40}}, change), 4)
    assert 0 < column(market, "adopters")[-1] < 40
    assert not market.world.dealings["lines"].any()
    assert stepped(market, 1).history.last["launch_revenue"][0] == 0


def test_a_success_stays() -> None:
    """All have it, which is enough: it is judged once, and sold on."""
    market = stepped(made(ALONE, launching(trial=2, goal=1.0)), 8)
    assert sum(column(market, "withdrawn")) == 0
    assert column(market, "adopters")[2:] == [1] * 6


# ── listening ─────────────────────────────────────────────────────────────────────────────────

COMPLAINING: Data = {"mechanisms": {"experience": {"failure": 1.0, "complain": 1.0}}}


def test_voices_are_heard_while_it_is_prepared() -> None:
    """A complaint a month, half of them heard in the two months before month 3, at 4 each."""
    own: Data = {"month": 3, "preparation": 2, "listens": 0.5, "hearing": 4.0}
    market = stepped(made(ALONE, COMPLAINING, launching(**own)), 5)
    assert column(market, "complaints") == [1] * 5
    assert column(market, "voices") == [0, 0.5, 0.5, 0, 0]
    assert column(market, "launching") == [0, 2, 2, 107, 7]
    assert launch_of(market).voices == 1.0


def test_who_listens_misses_less_by_the_same_luck() -> None:
    """A spread of .1 is a precision of 100; three voices of 100 each halve what is missed."""
    missed = []
    for listens in (0.0, 1.0):
        own: Data = {"month": 3, "spread": 0.1, "listens": listens, "quality": 1.0}
        telling = {"mechanisms": {"innovation": {"telling": 100.0}}}
        market = stepped(made(ALONE, COMPLAINING, launching(**own), telling), 4)
        missed.append(1.0 - launch_of(market).quality)
    assert missed[1] == pytest.approx(missed[0] / 2)
    assert missed[0] > 0


def test_what_is_missed_is_normal_over_worlds() -> None:
    """Over 400 worlds the miss of a spread of .1 has the mean of half a normal, .1·√(2/π)."""
    case = made(ALONE, launching(month=0, spread=0.1, quality=1.0)).case
    missed = []
    for k in range(400):
        market = Market(case, replication=k)
        market.firms[0].take_in()
        missed.append(1.0 - launch_of(market).quality)
    sd = 0.1 * np.sqrt(1 - 2 / np.pi)
    assert np.mean(missed) == pytest.approx(0.1 * np.sqrt(2 / np.pi), abs=4 * sd / 20)


# ── adoption ──────────────────────────────────────────────────────────────────────────────────


def test_adopters_are_imitated() -> None:
    """.02 and half of .3 when five of ten customers have it; .02 before there is any customer."""
    rules = {"mechanisms": {"innovation": {"innovation": 0.02, "imitation": 0.3}}}
    market = made(LIKE, {"firms": {"acme": {"launch": {"month": 0}}}}, rules)
    firm = market.firms[0]
    market.history.last["customers"][0] = 0
    assert of_a_launch(firm) == 0.02
    market.history.last["customers"][0], market.history.last["adopters"][0] = 10, 5
    assert of_a_launch(firm) == pytest.approx(0.17)


def test_adoption_follows_bass() -> None:
    """Where all take what comes up, F grows by (p + qF)(1 − F): the discrete Bass map."""
    people = 2000
    rules = {"mechanisms": {"innovation": {"innovation": 0.05, "imitation": 0.4}}}
    market = made(ALONE, {"population": {"size": people}}, launching(month=1), rules)
    adopters = np.array(column(stepped(market, 12), "adopters")) / people
    for before, after in pairwise(adopters[1:]):
        chance = 0.05 + 0.4 * before
        se = np.sqrt((1 - before) * chance * (1 - chance) / people)
        assert after - before == pytest.approx(chance * (1 - before), abs=4 * se + 1e-9)
    assert 0.5 < adopters[-1] < 1


def test_a_poor_product_is_given_up_by_the_happiest() -> None:
    """It is judged by its own quality: 0 against .65, at 2 a unit, is gone at the next bill."""
    poor = launching(quality=0.0)
    rules = {"mechanisms": {"breadth": {"unhappy": 2.0}}, "firms": {"acme": {"quality": 0.95}}}
    market = stepped(made(ALONE, poor, rules), 6)
    assert column(market, "adopters") == [0, 0, 1, 0, 1, 0]


def test_trust_helps_a_launch() -> None:
    """Of those who trust and those who do not, more take it who do: by the weight of trust."""
    taken = []
    for trust in (0.0, 1.0):
        rules: Data = {n: {"weight": 0.0} for n in ("satisfaction", "commitment")}
        rules["trust"] = {"weight": 3.0, "start": 0.5, "gain": 0.0, "loss": 0.0}
        change = {
            "population": {"size": 500},
            "mechanisms": rules,
            "start": {"customers": {"acme": 1}, "trust": trust},
        }
        market = stepped(made(ALONE, launching({"fit": 0.0}, month=0), change), 1)
        taken.append(column(market, "taken")[0] / 500)
    odds = np.exp(1.5)
    for share, chance in zip(taken, (1 / (1 + odds), odds / (1 + odds)), strict=True):
        assert share == pytest.approx(chance, abs=4 * np.sqrt(chance * (1 - chance) / 500))


# ── with it, without it ───────────────────────────────────────────────────────────────────────


def test_it_is_saved_and_branched(tmp_path: Path) -> None:
    """What was saved, or branched, lives on as if nothing had happened."""
    market = stepped(made(LIKE, launching(month=0, spread=0.2, listens=1.0)), 4)
    market.save(tmp_path)
    others = [load_market(tmp_path), market.branch()]
    market.run_model()
    for other in others:
        assert alike(other.run_model(), market)
        assert same(other.world.dealings, market.world.dealings)
        assert launch_of(other).memory() == launch_of(market).memory()


def test_a_branch_may_launch_what_was_due_before() -> None:
    """A product due in month 2 and told of in month 5 is launched then, and paid for then."""
    market = stepped(made(ALONE), 5)
    launch = launching()["firms"]["acme"]["launch"]
    late = stepped(market.branch({"firms.acme.launch": launch}), 2)
    assert column(late, "launching")[5:] == [107, 7]
    assert launch_of(late).since == 5


def test_expected_values_know_no_launch() -> None:
    """Who adopts depends on what people met, which cohorts do not remember."""
    with pytest.raises(ScenarioError, match="who takes one depends on what people met"):
        expected(made(ALONE, launching()).case)
