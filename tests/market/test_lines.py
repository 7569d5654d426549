"""Lines beside the main product: who takes them, who gives them up, what they bring."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.market.compile import as_records
from sim.market.expected import expected
from sim.market.launch import carried_over
from sim.market.lines import bond, is_needed, lines_held
from sim.market.measures import customer_table, firm_months, transaction_table
from sim.market.model import Market
from sim.market.saving import load_market
from sim.scenario.problems import ScenarioError
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, same, stepped

CARE: Data = {"price": 5.0, "unit_cost": 2.0, "need": 1.0, "fit": 50.0}
"""A line that everybody needs, and takes when it comes up."""
ALWAYS: Data = {"attention": 1.0, "openness": 0.0, "lapse": 0.0, "unhappy": 0.0}
"""Rules by which every line comes up at every bill, and none is given up."""


def selling(lines: Data | None = None, firm: str = "acme", **rules: Any) -> Data:
    """A firm with these lines, under rules by which all come up but for those."""
    return {
        "firms": {firm: {"lines": {"care": CARE} if lines is None else lines}},
        "mechanisms": {"breadth": ALWAYS | rules},
    }


def columns(market: Market, *names: str) -> list[list[float]]:
    """Columns of the first firm's ledger, a list each."""
    ledger = market.history.ledger()
    return [ledger[name][:, 0].tolist() for name in names]


# ── taking and giving up ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_a_line_is_taken_and_billed_while_it_is_held(setting: str) -> None:
    """Nothing at the first bill; 5 on top of 20 from the second on, 2 of goods on top of 10."""
    market = stepped(made(ALONE, {"setting": setting}, selling()), 6)
    revenue, lines, goods, bought = map(np.array, columns(market, *BOOKED))
    later = bought - first_of(bought)
    assert bought.sum() >= 3
    assert lines == pytest.approx(5 * later)
    assert revenue == pytest.approx(20 * bought + 5 * later)
    assert goods == pytest.approx(10 * bought + 2 * later)
    assert sum(columns(market, "taken")[0]) == 1


BOOKED = ("revenue", "lines_revenue", "goods", "units")


def first_of(bought: Any) -> Any:
    """1 in the step of the first purchase, else 0."""
    return np.cumsum(bought).astype(bool) & (np.cumsum(bought) == bought)


def test_the_customer_carries_it() -> None:
    """Three bills of 20, 8 left of each after service, and two lines of 5 with 3 left."""
    market = stepped(made(ALONE, selling(), {"record": {"transactions": True}}), 3)
    row = customer_table(market).iloc[0]
    assert (row["revenue"], row["profit"], row["lines"]) == (70, 3 * 8 + 2 * 3, 1)
    assert transaction_table(market)["revenue"].tolist() == [20, 25, 25]


def test_a_contract_of_a_quarter() -> None:
    """Lines are billed with the contract, for as many months."""
    market = stepped(made(ALONE, selling(), {"billing_months": 3}), 6)
    assert columns(market, "lines_revenue") == [[0, 0, 0, 15, 0, 0]]


def test_nobody_takes_what_they_do_not_need_or_like() -> None:
    """Of two lines needed, one at 5 is taken and one at 3 met elsewhere; a third is not needed."""
    lines = {
        "care": CARE,
        "bags": CARE | {"price": 3.0, "fit": -50.0},
        "maps": CARE | {"need": 0.0},
    }
    market = stepped(made(ALONE, selling(lines)), 3)
    assert columns(market, "wallet", "lines_revenue") == [[0, 8, 8], [0, 5, 5]]
    months = firm_months(market)
    assert months["share_of_wallet"].tolist()[1:] == [5 / 8, 5 / 8]
    assert np.isnan(months["share_of_wallet"].iloc[0])
    assert months["breadth"].tolist() == [0, 1, 1]


def test_what_is_dear_is_bought_elsewhere() -> None:
    """At the price of elsewhere every second customer takes it, at a hundred times it nobody."""
    many = {
        "population": {"size": 400},
        "customers": {"price_sensitivity": 5},
        "precision": "double",
    }
    weights = {"mechanisms": {n: {"weight": 0.0} for n in ("satisfaction", "trust", "commitment")}}
    taken = []
    for price in (5.0, 500.0):
        line = CARE | {"price": price, "elsewhere": 5.0, "fit": 0.0}
        market = stepped(made(ALONE, many, weights, selling({"care": line})), 2)
        taken.append(columns(market, "taken")[0][1])
    assert taken[0] == pytest.approx(200, abs=4 * np.sqrt(400 / 4))
    assert taken[1] == 0


def test_what_is_given_up_may_be_taken_again() -> None:
    """Where every line lapses at every bill, it is taken at one and given up at the next."""
    market = stepped(made(ALONE, selling(lapse=1.0)), 5)
    taken, up, lines = columns(market, "taken", "given_up", "lines_revenue")
    assert (taken, up) == ([0, 1, 0, 1, 0], [0, 0, 1, 0, 1])
    assert lines == [0, 5, 0, 5, 0]


def test_only_the_unhappy_give_up() -> None:
    """With 10 for each unit below .65, a product of .2 loses each line at once, one of .9 none."""
    lost = []
    for quality in (0.2, 0.9):
        firm = {"firms": {"acme": {"quality": quality}}}
        market = stepped(made(ALONE, firm, selling(unhappy=10.0)), 12)
        lost.append(sum(columns(market, "given_up")[0]))
    assert lost[0] >= 4
    assert lost[1] == 0


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_who_goes_holds_nothing(setting: str) -> None:
    """Without a contract, or once lapsed, no line is held, and a return begins without."""
    gone = [
        {"from": 3, "until": 5, "set": {"mechanisms.choice.outside": 50.0}},
    ]
    often = {"customers": {"needs": 20.0}, "active_months": 1}
    market = made(ALONE, selling(attention=1.0), often, {"setting": setting, "interventions": gone})
    stepped(market, 3)
    assert market.world.dealings["lines"].tolist() == [[2]]
    stepped(market, 2)
    assert market.world.dealings["lines"].tolist() == [[0]]
    with_lines, kept = columns(market, "with_lines", "kept_with_lines")
    assert with_lines[2:] in ([1, 0, 0], [1, 1, 0])
    assert kept[-1] == 0


# ── cross-selling ─────────────────────────────────────────────────────────────────────────────


def test_money_buys_offers_and_is_carried_by_those_asked() -> None:
    """6 a month: at the third bill 18 lie ready for the one of the second; then nothing is left."""
    policy = {"budget": {"amount": 6}, "split": {"cross_sell": 1.0}}
    sure = {"instruments": {"cross_sell": {"ceiling": 1.0, "rate": 1000.0}}}
    money = {"firms": {"acme": {"policy": policy}}}
    market = stepped(made(ALONE, selling(attention=0.0, openness=1.0), money, sure), 4)
    pitches, spent, taken = columns(market, "pitches", "cross_sell", "taken")
    assert (pitches, spent, taken) == ([0, 1, 1, 0], [0, 0, 18, 0], [0, 0, 1, 0])
    assert customer_table(market)["profit"].tolist() == [4 * 8 + 2 * 3 - 18]


def test_offers_to_the_deaf_cost_money() -> None:
    """Where breadth is off nobody takes a line, and offers are paid for all the same."""
    split = {"firms": {"acme": {"policy": {"split": {"cross_sell": 1.0}}}}}
    off = {"mechanisms": {"breadth": "off"}}
    market = lived(LIKE, selling(), split, off)
    assert market.history.ledger()["cross_sell"].sum() > 0
    assert not market.world.dealings["lines"].any()


# ── the bond ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("weight", "stays"), [(50.0, True), (0.0, False)])
def test_lines_bind_only_by_the_bond(weight: float, stays: bool) -> None:
    """An offer of 30 from outside takes the customer away, unless the line held binds by 50."""
    offer = {"interventions": [{"from": 3, "set": {"mechanisms.choice.outside": 30.0}}]}
    market = stepped(made(ALONE, selling(bond=weight), offer), 5)
    assert columns(market, "customers")[0][-1] == stays


def test_the_bond_counts_lines() -> None:
    """Lines of bits 1 and 2 are two, half a unit each."""
    lines = {"care": CARE, "bags": CARE, "maps": CARE}
    market = made(ALONE, selling(lines, bond=0.5))
    w = as_records(market.world)
    w.dealings[0, 0].lines = 0b0110
    assert lines_held(w, 0, 0) == 2
    assert bond(market.now(), w, 0, 0) == 1.0


# ── people ────────────────────────────────────────────────────────────────────────────────────


def test_a_need_is_the_same_at_every_firm() -> None:
    """Two of five people need care, at acme as at bolt; others need bags."""
    many = {"population": {"size": 1000}}
    part = {"care": CARE | {"need": 0.4}, "bags": CARE | {"need": 0.4}}
    market = made(LIKE, many, selling(part), selling(part, firm="bolt"))
    stepped(market, 1)
    m, w = market.now(), as_records(market.world)
    acme, bags, bolt = (
        np.array([is_needed(m, w, i, f, k) for i in range(1000)])
        for f, k in ((0, 1), (0, 2), (1, 1))
    )
    assert (acme == bolt).all()
    assert acme.mean() == pytest.approx(0.4, abs=4 * np.sqrt(0.24 / 1000))
    assert (acme & bags).mean() == pytest.approx(0.16, abs=4 * np.sqrt(0.16 * 0.84 / 1000))
    assert not is_needed(m, w, 0, 2, 1)


def test_lines_kept_are_kept() -> None:
    """Of customers who held a line at the end of a month, those who are there a month later."""
    market = lived(LIKE, selling({"care": CARE | {"need": 0.5}}), {"population": {"size": 400}})
    ledger = market.history.ledger()
    before, kept = ledger["with_lines"][:-1], ledger["kept_with_lines"][1:]
    assert (kept <= before).all()
    assert kept[:, 0].sum() > 0
    months = firm_months(market).query("firm == 'acme'")
    assert months["retention_with_lines"].iloc[-1] == pytest.approx(kept[-1, 0] / before[-1, 0])


# ── with them, without them ───────────────────────────────────────────────────────────────────


def test_rules_of_lines_are_nothing_without_lines() -> None:
    """Where no firm sells any, the mechanism moves nothing, and nothing is kept."""
    without = lived(LIKE)
    assert alike(without, lived(LIKE, {"mechanisms": {"breadth": ALWAYS | {"bond": 3.0}}}))
    assert without.world.dealings.size == without.world.lines.size == 0


def test_lines_that_nobody_needs_change_nothing_else() -> None:
    """Acme's people and accounts are what they would be without them."""
    free, without = lived(LIKE, selling({"care": CARE | {"need": 0.0}})), lived(LIKE)
    assert same(free.world.relations, without.world.relations)
    assert same(free.world.accounts, without.world.accounts)


def test_they_are_saved_and_branched(tmp_path: Path) -> None:
    """What was saved, or branched, lives on as if nothing had happened."""
    market = stepped(made(LIKE, selling()), 3)
    market.save(tmp_path)
    others = [load_market(tmp_path), market.branch()]
    market.run_model()
    for other in others:
        assert alike(other.run_model(), market)
        assert same(other.world.dealings, market.world.dealings)


def test_what_is_held_follows_the_name_of_a_line() -> None:
    """In a branch the lines may be others: bags are held wherever they stand, care is gone."""
    held = np.array([0b011, 0b110, 0b001], np.uint16)
    now = carried_over(held, ["care", "bags"], ["maps", "bags", "oil"], True)
    assert now.tolist() == [0b001, 0b100, 0b001]
    now = carried_over(held, ["care", "bags"], ["bags"], False)
    assert now.tolist() == [0b000, 0b010, 0b000]


def test_a_branch_may_begin_to_sell_and_stop() -> None:
    """A market without lines gets them, people take them, and lose them when they are gone."""
    market = stepped(made(ALONE, {"mechanisms": {"breadth": ALWAYS}}), 2)
    selling_now = stepped(market.branch({"firms.acme.lines": {"care": CARE}}), 1)
    assert selling_now.world.dealings["lines"].tolist() == [[2]]
    without = stepped(selling_now.branch({"firms.acme.lines": {}}), 1)
    assert without.history.last["lines_revenue"][0] == 0
    assert without.world.dealings["lines"].tolist() == [[0]]


def test_expected_values_know_no_lines() -> None:
    """Who takes them depends on what people met, which cohorts do not remember."""
    with pytest.raises(ScenarioError, match="who takes one depends on what people met"):
        expected(made(ALONE, selling()).case)
