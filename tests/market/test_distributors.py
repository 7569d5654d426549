"""Distributors: whom they serve, what these meet, what is paid for it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.market.model import Market
from sim.market.run import Run
from sim.market.saving import load_market
from tests.market.test_partners import calm
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, same, stepped

STILL: Data = calm(availability={"at_stake": 0, "weight": 0})
"""Ties that stand still, and distributors who sell as well as they can whatever they do."""
SHELF: Data = {"setting": "repertoire", "mechanisms": {"forgetting": "off"}}
"""People who always think of the firm, and go out to buy."""
SHOP: Data = {"to": "acme", "share": 1.0, "availability": 1.0, "margin": 0.0, "contract": "oral"}


def sold(*changes: Data, **said: Any) -> Market:
    """One firm, and a shop that sells its product to everybody."""
    return made(ALONE, SHELF, {"distributors": {"shop": SHOP | said}}, *changes)


def crowd(size: int) -> Data:
    """So many people who need a unit a month."""
    return {"population": {"size": size}}


def need(market: Market, steps: int) -> tuple[int, int]:
    """Occasions, and those at which the product was missed, over the first steps."""
    stepped(market, steps)
    tally, ledger = market.history.tally(), market.history.ledger()
    return int(tally["occasions"].sum()), int(ledger["missed"][:, 0].sum())


# ── whom they serve ───────────────────────────────────────────────────────────────────────────


def test_everybody_has_one_way() -> None:
    """Half, a fifth, and who is left buys directly: of 4,000, within 4 standard errors."""
    names = {"shop": 0.5, "web": 0.2}
    own = {"distributors": {n: SHOP | {"share": share} for n, share in names.items()}}
    ways = made(ALONE, crowd(4000), own).world.dealings["way"][:, 0]
    assert np.bincount(ways, minlength=3) / 4000 == pytest.approx([0.3, 0.5, 0.2], abs=0.032)


def test_another_distributor_sends_nobody_away() -> None:
    """With a newcomer nobody goes over to direct sale, and who leaves the shop goes to it."""
    shop, web = SHOP | {"share": 0.5}, SHOP | {"share": 0.3}
    before = made(ALONE, crowd(500), {"distributors": {"shop": shop}}).world.dealings["way"]
    both = {"distributors": {"shop": shop, "web": web}}
    after = made(ALONE, crowd(500), both).world.dealings["way"]
    moved = before != after
    assert 0 < moved.sum() < 500
    assert (after[moved] > 0).all()
    assert (after[moved & (before == 1)] == 2).all()


# ── what people meet ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("available", [0.0, 0.75, 1.0])
def test_what_is_not_there_is_not_bought(available: float) -> None:
    """Of about 2,000 occasions as many miss it as said, within 4 standard errors of .01."""
    occasions, missed = need(sold(STILL, crowd(200), availability=available), 10)
    assert occasions > 1500
    assert missed / occasions == pytest.approx(1 - available, abs=0.04)


def test_a_firm_may_be_out_of_reach() -> None:
    """Nobody sells to .4 of the people directly: purchases are those of the others, all of them."""
    change = {"firms": {"acme": {"direct": 0.0}}}
    market = stepped(sold(STILL, crowd(400), change, share=0.6), 5)
    bought = market.world.relations["purchases"][:, 0] > 0
    assert not bought[market.world.dealings["way"][:, 0] == 0].any()
    assert market.history.ledger()["distribution"][:, 0] == pytest.approx(0.6)


def test_under_contract_it_is_always_there() -> None:
    """In subscription nobody loses a provider to an empty shelf; nobody new comes by one."""
    change = {"setting": "subscription", "start": {"customers": {"acme": 0.5}}}
    market = stepped(sold(STILL, crowd(100), change, availability=0.0), 6)
    ledger = market.history.ledger()[:, 0]
    assert ledger["customers"].tolist() == [int(market.history.opening["customers"][0])] * 6
    assert ledger["acquired"].sum() == 0 < ledger["missed"].sum()


def test_service_is_met() -> None:
    """A fifth of what is met is service of .92: .76 of the firm's .72."""
    change = calm(availability={"at_stake": 0, "weight": 0.2})
    ledger = stepped(sold(change, quality=0.92), 6).history.ledger()[:, 0]
    assert ledger["purchases"].sum() > 0
    assert ledger["quality"].sum() / ledger["purchases"].sum() == pytest.approx(0.76)


def test_effort_fills_the_shelf() -> None:
    """Effort of .65 with three tenths at stake leaves .895 of what could be there."""
    change = calm(partnership={"liking_weight": 0.0}, availability={"at_stake": 0.3})
    market = stepped(sold(change, trust=0.4, commitment=0.2), 1)
    assert market.distributors[0].effort == pytest.approx(0.65)
    assert market.history.ledger()["distribution"][0, 0] == pytest.approx(0.895)


def test_money_makes_up_for_effort() -> None:
    """Any money makes up for .8 of the missing .35: .979 of what could be there."""
    change = calm(partnership={"liking_weight": 0.0}, availability={"at_stake": 0.3})
    policy = {"budget": {"amount": 1e6}, "split": {"distributors": 1.0}}
    money = {"firms": {"acme": {"policy": policy}}}
    market = stepped(sold(change, money, trust=0.4, commitment=0.2), 1)
    assert market.history.ledger()["distribution"][0, 0] == pytest.approx(1 - 0.3 * 0.35 * 0.2)
    assert market.history.ledger()["distributors"][0, 0] == 1e6


# ── the end of a tie ──────────────────────────────────────────────────────────────────────────


def broken(search_time: float) -> Market:
    """A shop that the firm lets go after two months, in a market in which all buy from it."""
    rules = calm(renewal={"tolerance": 0.2, "leave": 0, "ramp_up": 0, "spread": 0},
                 availability={"at_stake": 0})  # fmt: skip
    return sold(rules, crowd(50), trust=0.0, term=2, search_time=search_time, search_cost=70)


def test_until_another_is_found_nobody_can_buy() -> None:
    """Two months with the old one, three without any, then the next, paid for when sought."""
    market = stepped(broken(3.0), 7)
    ledger = market.history.ledger()[:, 0]
    assert ledger["distribution"].tolist() == [1, 1, 0, 0, 0, 1, 1]
    assert ledger["ties"].tolist() == [1, 1, 0, 0, 0, 1, 1]
    assert ledger["partnering"].tolist() == [0, 70, 0, 0, 0, 0, 0]
    assert not ledger["purchases"][2:5].any()
    assert ledger["purchases"][[0, 1, 5, 6]].all()


def test_who_is_found_at_once_leaves_no_gap() -> None:
    """Without a search the next one sells from the next step on."""
    assert stepped(broken(0.0), 4).history.ledger()["distribution"][:, 0].tolist() == [1] * 4


def test_money_for_nobody_is_kept() -> None:
    """While there is no distributor, what was planned for them is carried over."""
    policy = {"budget": {"amount": 10}, "split": {"distributors": 1.0}}
    market = stepped(broken(3.0).branch({"firms.acme.policy": policy}), 6)
    spent = market.history.ledger()["distributors"][:, 0]
    assert spent.tolist() == [10, 10, 0, 0, 0, 40]


# ── money ─────────────────────────────────────────────────────────────────────────────────────


def test_the_margin_is_a_cost_of_its_own() -> None:
    """A fifth of the price of 20 is kept: 4 a purchase, and the customer has cost that."""
    markets = [stepped(sold(STILL, margin=margin), 6) for margin in (0.0, 0.2)]
    free, dear = (Run(market, 0.0) for market in markets)
    bought = free.firms["purchases"].sum()
    assert dear.firms["margins"].sum() == pytest.approx(4 * bought)
    for table in (free.firms, dear.firms):
        assert (table["goods"] == 10 * table["units"]).all()
    for name in ("profit", "contribution"):
        gap = (free.firms[name] - dear.firms[name]).sum()
        assert gap == pytest.approx(4 * bought), name
    gap = free.customers["profit"].sum() - dear.customers["profit"].sum()
    assert gap == pytest.approx(4 * bought)


# ── nothing is nothing, and other futures ─────────────────────────────────────────────────────


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_who_sells_like_the_firm_itself_changes_nothing(setting: str) -> None:
    """Always there, no margin, no weight: every purchase of every person is the same."""
    change = STILL | {"setting": setting}
    without = lived(LIKE, change)
    with_it = lived(LIKE, change, {"distributors": {"shop": SHOP | {"share": 0.5}}})
    assert same(with_it.world.relations, without.world.relations)
    assert same(with_it.world.accounts, without.world.accounts)
    assert not without.world.dealings.size


BUSY: Data = {
    "setting": "repertoire",
    "distributors": {
        "shop": SHOP | {"share": 0.4, "trust": 0.1, "term": 2.0, "search_time": 2.0},
        "web": SHOP | {"share": 0.3, "to": "bolt", "availability": 0.7, "margin": 0.2},
    },
}


@pytest.mark.parametrize("at", [0, 3, 7])
def test_saved_and_branched_ways_go_on(at: int, tmp_path: Path) -> None:
    """Saved, branched or lived at once, distributors come to the same."""
    market = stepped(made(LIKE, BUSY), at)
    whole = lived(LIKE, BUSY)
    assert whole.history.ledger()["replaced"].sum() > 0
    for other in (load_market(market.save(tmp_path)), market.branch(), market):
        other.run_model()
        assert alike(other, whole)
        assert same(other.world.dealings, whole.world.dealings)


def test_a_branch_may_take_on_a_distributor() -> None:
    """Who would have belonged to it from the beginning belongs to it now."""
    market = stepped(made(LIKE, {"setting": "repertoire"}), 4)
    shop = {"distributors": {"shop": SHOP | {"share": 0.4}}}
    future = market.branch({"distributors.shop": shop["distributors"]["shop"]})
    ways = made(LIKE, {"setting": "repertoire"}, shop).world.dealings["way"]
    stayed = future.world.people["number"] < 80
    assert same(future.world.dealings["way"][stayed], ways[stayed])
    assert stayed.any()


def test_the_order_of_distributors_does_not_matter() -> None:
    """Luck is addressed by name."""
    other = BUSY | {"distributors": dict(reversed(BUSY["distributors"].items()))}
    one, two = (lived(LIKE, each).history.ledger() for each in (BUSY, other))
    for name in one.dtype.names or ():
        assert np.allclose(one[name], two[name], rtol=1e-12, atol=0.0), name
