"""Firms that enter: nobody meets them before, and until then nothing is as if they existed."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from sim.market.model import Market
from sim.scenario.problems import ScenarioError
from tests.market.worlds import ALONE, LIKE, Data, lived, made, same, stepped

RIVAL: Data = {
    "fixed_cost": 5.0,
    "staff": {},
    "promise": 0.2,
    "appeal": 3.0,
    "policy": {"campaigns": [{"instrument": "staff", "per_head": 10}]},
    "reaction": {"kind": "adapt", "every": 1},
}
"""A firm that spends whatever happens, and changes what it does every month."""


def with_rival(enters: Any, *changes: Mapping[str, Any]) -> Market:
    """Three like firms and a rival, at their horizon; they had two steps of warm-up."""
    return lived(LIKE, {"firms": {"dune": RIVAL | {"enters": enters}}}, *changes)


def others(market: Market, steps: int = 8) -> Any:
    """(steps, 3) the books of the three."""
    return market.history.ledger()[:steps, :3]


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
@pytest.mark.parametrize("start", ["sorted", "random"])
def test_who_stays_away_moves_nobody(setting: str, start: str) -> None:
    """With a firm that never enters, all others' books and people are what they are without."""
    change: Data = {"setting": setting, "start": {"customers": start}}
    change |= {"mechanisms": {"salience": {"floor": 0.3}, "expectation": {"norm": 0.5}}}
    without, away = lived(LIKE, change), with_rival("never", change)
    assert same(others(away), others(without))
    assert same(away.world.people, without.world.people)
    assert same(away.world.relations[:, :3], without.world.relations)
    books = away.history.ledger()[:, 3]
    assert same(books, np.zeros_like(books))


def test_until_it_enters_nothing_is_different() -> None:
    """A rival of month 3 does nothing in the five steps before; then it pays, and sells."""
    known: Data = {"mechanisms": {"salience": {"floor": 0.5}, "choice": {"staying": 0}}}
    without, late = lived(LIKE, known), with_rival(3, known)
    assert same(others(late, 5), others(without, 5))
    assert not same(others(late), others(without))
    books = late.history.ledger()[:, 3]
    assert books["fixed_cost"].tolist() == [0.0] * 5 + [5.0] * 3
    assert (books["purchases"] > 0).tolist() == [False] * 5 + [True] * 3
    assert (books["wages"] > 0).tolist() == [False] * 5 + [True] * 3
    assert (books["salience"] > 0).tolist() == [False] * 5 + [True] * 3


def test_a_better_offer_waits_for_its_seller() -> None:
    """One person, for whom price is all: the first buys are Acme's, from month 4 on the rival's."""
    firms: Data = {"acme": {"price": 20}, "dune": {"price": 1e-6, "enters": 4, "unit_cost": 0}}
    quiet: Data = {"policy": {"budget": {"amount": 0}, "split": {}}}
    change: Data = {
        "mechanisms": {"choice": {"staying": 0}},
        "firms": {name: quiet | offer for name, offer in firms.items()},
    }
    bought = lived(ALONE, change).history.ledger()["purchases"]
    assert bought.T.tolist() == [[1] * 4 + [0] * 8, [0] * 4 + [1] * 8]


def test_its_reaction_begins_with_it() -> None:
    """It tries its first step a month after it came, not before."""
    market = made(LIKE, {"firms": {"dune": RIVAL | {"enters": 3}}})
    rival = market.firm("dune")
    tried = []
    for _ in range(8):
        stepped(market, 1)
        tried.append(rival.stance.trial is not None)
    assert tried == [False] * 6 + [True] * 2


def test_nobody_imitates_who_is_not_there() -> None:
    """Where all lose money a firm that earns 0 by staying away is no example."""
    imitate: Data = {"reaction": {"kind": "imitate", "lag": 1}, "fixed_cost": 1e6}
    data: Data = {"firms": {**dict.fromkeys(("acme", "bolt", "cora"), imitate)}}
    policy = {"budget": {"amount": 7.0}, "split": {"service": 1.0}}
    market = lived(LIKE, data, {"firms": {"dune": {"enters": "never", "policy": policy}}})
    assert all(firm.policy != market.firm("dune").policy for firm in market.firms[:3])


def test_its_suppliers_wait() -> None:
    """A tie with a firm that enters in month 3 is lived and paid from then on."""
    mill: Data = {"suppliers": {"mill": {"to": "dune", "term": 1.0, "contract_cost": 7.0}}}
    books = with_rival(3, mill, {"mechanisms": {"renewal": {"leave": 0}}}).history.ledger()[:, 3]
    assert books["ties"].tolist() == [0] * 5 + [1] * 3
    assert books["partnering"].tolist() == [0.0] * 5 + [7.0] * 3


def test_a_branch_may_let_it_in_but_not_out() -> None:
    """The rival of a branch can enter in month 2; who is there cannot enter later."""
    market = stepped(made(LIKE, {"firms": {"dune": RIVAL | {"enters": "never"}}}), 3)
    future = market.branch({"firms.dune.enters": 2}).run_model()
    assert (future.history.ledger()["fixed_cost"][:, 3] > 0).tolist() == [False] * 4 + [True] * 4
    with pytest.raises(ScenarioError, match="must not come after the firm is in the market"):
        future.branch({"firms.dune.enters": "never"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"firms": {"acme": {"enters": 1}}}, "must have one among them that has always been there"),
        ({"firms": {"acme": {}, "b": {"enters": 12}}}, "must lie in 0 to 11"),
        (
            {"firms": {"acme": {}, "b": {"enters": 1}}, "start": {"customers": {"b": 0.5}}},
            "must not name a firm that enters",
        ),
        ({"firms": {"acme": {}, "b": {"enters": "soon"}}}, "enters"),
    ],
)
def test_what_cannot_be(change: Data, words: str) -> None:
    """No market without a seller, no entry after the end, no customers before it."""
    with pytest.raises(ScenarioError, match=words):
        made(ALONE, change)


def test_a_supply_failure_has_dates() -> None:
    """A reliable mill supplies nothing in months 2 and 3: two shortages, in two steps."""
    failure = {"from": 2, "until": 4, "supplier": "mill", "set": {"reliability": 0.0}}
    data: Data = {
        "suppliers": {"mill": {"to": "acme", "reliability": 1.0}, "yard": {"to": "bolt"}},
        "interventions": [failure],
    }
    found = lived(LIKE, data).history.ledger()["shortages"][:, 0]
    assert found.tolist() == [0, 0, 0, 0, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"supplier": "hill", "set": {"reliability": 0.0}}, "must name one of the suppliers"),
        ({"supplier": "mill", "set": {"price": 3.0}}, "can change of a supplier"),
        ({"supplier": "mill", "firm": "acme", "set": {"drift": 0.0}}, "not be named with a sup"),
        ({"supplier": "mill", "shift": {"reliability": 0.5}}, "must leave reliability from 0 to 1"),
    ],
)
def test_what_cannot_be_done_to_suppliers(change: Data, words: str) -> None:
    """Suppliers that are not there, what is not theirs, two addressees, numbers out of range."""
    with pytest.raises(ScenarioError, match=words):
        made(LIKE, {"suppliers": {"mill": {"to": "acme"}}, "interventions": [change]})
