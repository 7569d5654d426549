"""Partners: a tie step by step, what of it reaches customers, and what it costs."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.market.definitions import FIRM_MONTH
from sim.market.model import Market
from sim.market.run import Run
from sim.market.saving import load_market
from sim.market.suppliers import Supplier
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, stepped

CALM: Data = {
    "partnership": "off",
    "opportunism": "off",
    "reciprocity": "off",
    "renewal": "off",
    "supply": "off",
}
"""Ties that stand still and do no harm."""
MILL: Data = {"to": "acme", "share": 0.5, "quality": 0.92, "unit_cost": 4.0, "reliability": 1.0}
BUSY: Data = {
    "suppliers": {
        "mill": {"to": "acme", "share": 0.4, "contract": "oral", "wander": 0.02, "term": 3.0},
        "yard": {"to": "bolt", "share": 0.5, "reliability": 0.6, "trust": 0.1, "commitment": 0.0},
        "quay": {"to": "acme", "share": 0.6, "drift": -0.02, "patience": 0.0},
    },
    "mechanisms": {"opportunism": {"chance": 0.8}, "supply": {"shock": 0.2}},
}
"""Three ties in which much happens within months."""


def tied(*changes: Data, **said: Any) -> Market:
    """One firm whose product is half its own and half that of a mill."""
    return made(ALONE, {"suppliers": {"mill": MILL | said}}, *changes)


def calm(**mechanisms: Any) -> Data:
    """Mechanisms of ties that are off but for some."""
    return {"mechanisms": CALM | mechanisms}


def mill(market: Market) -> Supplier:
    """The first supplier."""
    return market.suppliers[0]


# ── what customers meet ───────────────────────────────────────────────────────────────────────


def test_half_of_the_product() -> None:
    """Own work of .72 at 10, inputs of .92 at 4: .82 at 7; and customers meet just that."""
    market = stepped(tied(calm()), 1)
    assert market.firms[0].terms["quality"] == pytest.approx(0.82)
    assert market.firms[0].terms["unit_cost"] == pytest.approx(7)
    ledger = market.history.ledger()[0, 0]
    assert (ledger["quality"], ledger["goods"]) == pytest.approx((0.82, 7))


def test_a_firm_without_suppliers_is_as_it_says() -> None:
    """The other firm's row is its own offer."""
    market = stepped(made(LIKE, {"suppliers": {"mill": MILL}}), 3)
    for firm in market.firms[1:]:
        assert (firm.terms["quality"], firm.terms["unit_cost"]) == (0.72, 10.0)
        assert firm.terms["failure_unserved"] == 0.05
    assert market.history.ledger()["ties"].tolist() == [[1, 0, 0]] * 3


@pytest.mark.parametrize("step", ["month", "week"])
def test_supply_fails_for_its_share_of_the_time(step: str) -> None:
    """Three quarters of 400 steps of either length, within 4 standard errors of .022."""
    change = {"step": step, "horizon": 400}
    market = stepped(tied(calm(), change, reliability=0.25), 400)
    assert market.history.ledger()["shortages"].mean() == pytest.approx(0.75, abs=0.087)


@pytest.mark.parametrize("served", [False, True])
def test_while_supply_fails_purchases_fail(served: bool) -> None:
    """Half of the product missing, harm of .4: a fifth of what would not fail, unless served."""
    change = calm(experience={"failure": 0.1}, supply={"harm": 0.4})
    policy = {"budget": {"amount": 1e6}, "split": {"service": 1.0}}
    money = {"firms": {"acme": {"policy": policy}}} if served else {}
    market = stepped(tied(change, money, reliability=0.0), 3)
    assert market.firms[0].terms["failure_unserved"] == pytest.approx(0.1 + 0.9 * 0.2)
    relief = 0.5 if served else 1.0
    assert market.firms[0].terms["failure"] == pytest.approx(relief * 0.28)


def test_a_shock_hits_everybody_at_once() -> None:
    """A fifth of the time both suppliers of one firm and that of another fail, or none does."""
    names = {"mill": "acme", "quay": "acme", "yard": "bolt"}
    said = {name: {"to": firm, "reliability": 1.0} for name, firm in names.items()}
    change = calm(supply={"shock": 0.2}) | {"suppliers": said, "horizon": 60}
    found = lived(LIKE, change).history.ledger()["shortages"]
    assert {tuple(row) for row in found.tolist()} == {(0, 0, 0), (2, 1, 0)}


# ── a tie ─────────────────────────────────────────────────────────────────────────────────────


def test_cooperation_comes_before_trust() -> None:
    """Trust of .5 and commitment of .3 make .7 of effort; from it a twentieth of .35 is won."""
    rule = {"liking_weight": 0.0}
    market = stepped(tied(calm(partnership=rule, supply={"at_stake": 0.2})), 1)
    assert mill(market).effort == pytest.approx(0.7)
    assert mill(market).delivered == pytest.approx(0.92 * 0.94)
    assert mill(market).trust == pytest.approx(0.5 + 0.05 * 0.7 * 0.5)
    target = 0.75 * mill(market).trust
    assert mill(market).commitment == pytest.approx(0.3 + 0.1 * (target - 0.3))


def test_a_breach_shows_in_quality() -> None:
    """Who breaks every word withholds half of .92; without trust and contract everybody does."""
    rules = calm(opportunism={"chance": 1, "cut": 0.5, "oral": 0})
    market = stepped(tied(rules, contract="oral", trust=0.0), 3)
    assert market.history.ledger()["breaches"][:, 0].tolist() == [1, 1, 1]
    assert market.firms[0].terms["quality"] == pytest.approx((0.72 + 0.46) / 2)


def test_trust_is_halved_by_a_breach() -> None:
    """Each breach takes half of what trust there is, and nothing else moves it here."""
    rules = calm(opportunism={"chance": 1, "documented": 0}, partnership={"gain": 0})
    market = tied(rules, trust=0.5)
    for _ in range(100):
        before = mill(market).trust
        market.step()
        if mill(market).betrayed:
            assert mill(market).trust == pytest.approx(before / 2)
        else:
            assert mill(market).trust == before
    assert mill(market).trust < 1e-6


@pytest.mark.parametrize(("patience", "word_is_kept"), [(0.68, True), (0.66, False)])
def test_who_reckons_with_the_future_keeps_the_word(patience: float, word_is_kept: bool) -> None:
    """A contract of half strength asks a third of the future: commitment .5 and patience .67."""
    rules = calm(opportunism={"chance": 1}, reciprocity={})
    market = stepped(tied(rules, patience=patience, commitment=0.5, trust=0.0), 40)
    assert (market.history.ledger()["breaches"].sum() == 0) == word_is_kept


def test_who_does_not_reckon_is_not_bound() -> None:
    """Where reciprocity is off it binds nobody, even if a breach had nothing to offer."""
    off = {"foresight": 0, "temptation": 0}
    rules = calm(opportunism={"chance": 1, "documented": 0}, reciprocity=off)
    market = stepped(tied(rules, trust=0.0), 3)
    assert market.history.ledger()["breaches"][:, 0].tolist() == [1, 1, 1]


def test_a_month_without_supply_costs_trust() -> None:
    """Good inputs that do not come: a fifth of .5 is lost, and a fifth of what is left."""
    rule = {"gain": 0, "learning": 0}
    market = tied(calm(partnership=rule), reliability=0.0)
    assert [mill(stepped(market, 1)).trust for _ in range(2)] == pytest.approx([0.4, 0.32])


def test_short_measure_costs_trust() -> None:
    """Quality that has fallen under three quarters of what was agreed costs a fifth of trust."""
    rule = {"gain": 0, "learning": 0, "liking_weight": 0}
    market = tied(calm(partnership=rule), quality=0.8, drift=-0.1)
    trust = [mill(stepped(market, 1)).trust for _ in range(4)]
    assert trust == pytest.approx([0.5, 0.5, 0.4, 0.32])


# ── the end of a tie, and the next ────────────────────────────────────────────────────────────


def ending(**said: Any) -> Market:
    """A tie without trust, at a firm that wants some, ready to be ended when it may."""
    rules = calm(renewal={"tolerance": 0.2, "leave": 0, "ramp_up": 4, "spread": 0})
    return tied(rules, trust=0.0, term=3, search_cost=70, contract_cost=7, **said)


def test_a_firm_lets_go_when_the_term_is_over() -> None:
    """After three months: 70 for the search and 7 for the contract, and trust begins anew."""
    market = stepped(ending(), 3)
    ledger = market.history.ledger()[:, 0]
    assert ledger["partnering"].tolist() == [0, 0, 77]
    assert ledger["replaced"].tolist() == [0, 0, 1]
    assert (mill(market).generation, mill(market).trust, mill(market).commitment) == (1, 0.3, 0)


def test_the_next_one_finds_into_its_work() -> None:
    """Four months from nothing to all it can: with trust of .3 and no commitment that is .575."""
    market = stepped(ending(), 3)
    efforts = [mill(stepped(market, 1)).effort for _ in range(5)]
    willing = 0.5 + 0.5 * 0.15
    assert efforts == pytest.approx([0, willing / 4, willing / 2, willing * 3 / 4, willing])


def test_a_contract_is_signed_anew_at_its_end() -> None:
    """Where nobody wants to go, a documented contract of three months costs 7 each time."""
    rules = calm(renewal="off")
    market = stepped(tied(rules, term=3, search_cost=70, contract_cost=7), 7)
    assert market.history.ledger()["partnering"][:, 0].tolist() == [0, 0, 7, 0, 0, 7, 0]
    assert mill(market).generation == 0


def test_an_oral_contract_costs_nothing_to_sign() -> None:
    """Its word is its bond."""
    market = stepped(tied(calm(), term=3, contract="oral"), 7)
    assert not market.history.ledger()["partnering"].any()


@pytest.mark.parametrize(("step", "terms"), [("month", 12), ("week", 52)])
def test_a_term_is_months_whatever_the_step(step: str, terms: int) -> None:
    """Over five years of a yearly contract five are signed."""
    change = {"step": step, "horizon": 5 * terms}
    market = stepped(tied(calm(), change, term=12, contract_cost=1), 5 * terms)
    assert market.history.ledger()["partnering"].sum() == pytest.approx(5)


def test_a_month_ends_with_the_nearest_week() -> None:
    """Contracts of a month are signed anew after 4, 9 and 13 weeks, a month having 4⅓."""
    change = {"step": "week", "horizon": 14}
    market = stepped(tied(calm(), change, term=1, contract_cost=1), 14)
    paid = market.history.ledger()["partnering"][:, 0]
    assert (np.flatnonzero(paid) + 1).tolist() == [4, 9, 13]


def test_partners_who_do_not_renew_are_as_many_as_said() -> None:
    """Half of 400 uncommitted partners leave at the end of a month, within 4 standard errors."""
    rules = calm(renewal={"leave": 0.5, "tolerance": 0})
    market = stepped(tied(rules, {"horizon": 400}, term=1, commitment=0.0, search_cost=1), 400)
    ledger = market.history.ledger()
    assert ledger["replaced"].mean() == pytest.approx(0.5, abs=0.1)
    assert ledger["replaced"].sum() == market.suppliers[0].generation


def test_the_next_one_is_the_same_whenever_it_comes() -> None:
    """Who comes next is drawn by generation: not by the month in which the place is free."""
    found = []
    for term in (2, 3):
        rules = calm(renewal={"leave": 0, "tolerance": 1, "spread": 0.1})
        market = tied(rules, trust=0.0, term=term)
        while mill(market).generation < 2:
            market.step()
        found.append(mill(market).quality)
    assert found[0] == found[1] != 0.92


# ── money ─────────────────────────────────────────────────────────────────────────────────────


def test_partnering_is_the_firms_and_nobody_elses() -> None:
    """Profit falls by what partners cost, customers are charged nothing of it."""
    costs = [{"search_cost": 0, "contract_cost": 0}, {"search_cost": 70, "contract_cost": 7}]
    runs = [
        Run(stepped(tied(calm(), term=3, contract="documented", **cost), 12), 0.0) for cost in costs
    ]
    free, dear = (run.firms for run in runs)
    assert (free["profit"] - dear["profit"]).sum() == pytest.approx(4 * 7)
    assert (free["contribution"] == dear["contribution"]).all()
    assert runs[0].customers.equals(runs[1].customers)
    assert dear["partnering"].sum() == pytest.approx(28)


def test_measures_of_ties() -> None:
    """Means over a firm's ties; nothing where it has none."""
    table = Run(stepped(made(LIKE, BUSY), 8), 0.0).firms
    mine, other = table[table["firm"] == "acme"], table[table["firm"] == "cora"]
    assert (mine["ties"] == 2).all()
    for name in ("tie_trust", "tie_commitment", "cooperation"):
        assert FIRM_MONTH[name].unit == "0 to 1"
        assert mine[name].between(0, 1).all()
        assert other[name].isna().all()
    assert table["breaches"].sum() > 0
    assert table["replaced"].sum() > 0


# ── nothing is nothing, and other futures ─────────────────────────────────────────────────────


def test_partners_are_mesa_agents() -> None:
    """They are among the market's agents, and found by their firm."""
    market = made(LIKE, BUSY)
    assert len(market.agents_by_type[Supplier]) == 3
    assert [each.name for each in market.firm("acme").suppliers] == ["mill", "quay"]


def test_the_order_of_suppliers_does_not_matter() -> None:
    """Luck is addressed by name."""
    other = dict(reversed(BUSY["suppliers"].items()))
    found = lived(LIKE, BUSY | {"suppliers": other})
    one, two = lived(LIKE, BUSY).history.ledger(), found.history.ledger()
    for name in one.dtype.names or ():
        assert np.allclose(one[name], two[name], rtol=1e-12, atol=0.0), name


def test_a_supplier_like_the_firm_itself_changes_nothing() -> None:
    """Same quality, same cost, calm ties: every purchase of every person is the same."""
    same = MILL | {"quality": 0.72, "unit_cost": 10.0, "contract": "oral"}
    change = calm()
    with_it = lived(LIKE, change, {"suppliers": {"mill": same}})
    without = lived(LIKE, change)
    assert (with_it.world.relations == without.world.relations).all()
    assert (with_it.world.accounts == without.world.accounts).all()


@pytest.mark.parametrize("at", [0, 3, 7])
def test_saved_and_branched_ties_go_on(at: int, tmp_path: Path) -> None:
    """Saved, branched or lived at once, ties come to the same."""
    market = stepped(made(LIKE, BUSY), at)
    whole = lived(LIKE, BUSY)
    for other in (load_market(market.save(tmp_path)), market.branch(), market):
        other.run_model()
        assert alike(other, whole)
        found = [each.memory() for each in other.suppliers]
        assert found == [each.memory() for each in whole.suppliers]


def test_a_branch_may_sign_another_contract() -> None:
    """From the end of the next month on the contract is another one, and 7 are paid for it."""
    market = stepped(tied(calm(), contract="oral", contract_cost=7), 2)
    future = stepped(market.branch({"suppliers.mill.contract": "both"}), 3)
    assert market.history.ledger()["partnering"].sum() == 0
    assert future.history.ledger()["partnering"][:, 0].tolist() == [0, 0, 7, 0, 0]
    assert future.suppliers[0].contract == pytest.approx(0.6)


def test_a_branch_may_take_on_a_supplier() -> None:
    """It is searched for and signed with, and begins as declared."""
    market = stepped(made(ALONE, calm()), 2)
    said = {"trust": 0.9, "commitment": 0.6, "search_cost": 70, "contract_cost": 7}
    mill_too = {"suppliers.mill": MILL | said}
    future = stepped(market.branch(mill_too), 2)
    assert future.history.ledger()["partnering"][:, 0].tolist() == [0, 0, 77, 0]
    assert future.history.ledger()["ties"][:, 0].tolist() == [0, 0, 1, 1]
    assert (mill(future).trust, mill(future).commitment, mill(future).quality) == (0.9, 0.6, 0.92)


def test_who_comes_later_is_new_to_the_work_but_no_stranger() -> None:
    """Full trust, but four months until it works as well as it can; the next one is a stranger."""
    market = stepped(made(ALONE, calm(renewal={"ramp_up": 4, "leave": 1, "tolerance": 0})), 2)
    bound = {"trust": 1.0, "commitment": 1.0, "alignment": 0.0, "term": 4.0}
    future = market.branch({"suppliers.mill": MILL | bound})
    efforts = [mill(stepped(future, 1)).effort for _ in range(4)]
    assert efforts == pytest.approx([0, 0.25, 0.5, 0.75])
    mill(future).commitment = 0.0  # so that it does not sign again
    while mill(future).generation == 0:
        future.step()
    assert (mill(future).trust, mill(future).commitment) == (0.3, 0.0)


@pytest.mark.parametrize("without", [{"suppliers": {}}, {"suppliers.mill": None}])
def test_a_branch_may_do_without_a_supplier(without: Data) -> None:
    """The firm makes all of its product itself from then on, .72 at 10, and has no tie."""
    market = stepped(tied(calm()), 2)
    future = stepped(market.branch(without), 1)
    assert future.suppliers == []
    assert (future.firms[0].terms["quality"], future.firms[0].terms["unit_cost"]) == (0.72, 10)
    assert future.history.ledger()["ties"][:, 0].tolist() == [1, 1, 0]


def test_staff_cannot_make_up_for_what_is_not_delivered() -> None:
    """Supply that always fails raises the failures of a firm with staff as of one without."""
    failing: Data = {"suppliers": {"mill": {"to": "acme", "share": 1, "reliability": 0}}}
    chances = {}
    kinds: list[Data | None] = [None, {}]
    for staff in kinds:
        change: Data = {"firms": {"acme": {"staff": staff}}, "mechanisms": {"staffing": "off"}}
        firm = stepped(made(ALONE, failing, change), 1).firms[0]
        chances[str(staff)] = float(firm.terms["failure_unserved"])
    assert chances["None"] > 0.0
    assert chances["{}"] == chances["None"]
