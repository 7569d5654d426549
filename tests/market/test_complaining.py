"""Complaints in the market: who is heard, who goes without a word, and what is kept of it."""

import math
from typing import Any

import pytest

from sim.market.compile import as_records
from sim.market.complaining import chance_of_hearing, count_lost, grievance, remember
from sim.market.measures import firm_months
from sim.market.model import Market
from sim.market.state import DENIED, NO_GRIEVANCE, RIGHTED, SILENT
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, same, stepped

KEPT: Data = {"record": {"grievances": True}}
TWO: Data = {"firms": {"acme": {}, "bolt": {}}, "mechanisms": {"salience": {"floor": 0}}}


def hearing(market: Market, **of_relation: Any) -> float:
    """Chance that the first firm hears of a failure of the first person."""
    w = as_records(market.world)
    for name, value in of_relation.items():
        setattr(w.relations[0, 0], name, value)
    return chance_of_hearing(market.now(), w, 0, 0)


def complaining(**rules: float) -> Data:
    """Half complain, and these weights."""
    return {"mechanisms": {"experience": {"complain": 0.5}, "complaints": rules}}


@pytest.mark.parametrize(("setting", "chance"), [("subscription", 0.5**0.5), ("repertoire", 0.5)])
def test_the_bill_is_at_stake(setting: str, chance: float) -> None:
    """A bill of four months is four reference prices; a purchase is one."""
    change = {"setting": setting, "billing_months": 4}
    assert hearing(made(ALONE, change, complaining(loss=0.5))) == pytest.approx(chance)


def test_commitment_speaks_up_and_rivals_silence() -> None:
    """Both with a weight of ln 2: the wholly committed by a root, a rival at hand by a square."""
    weight = math.log(2)
    committed = made(ALONE, complaining(voice=weight))
    assert hearing(committed, commitment=1.0) == pytest.approx(0.5**0.5)
    tempted = made(ALONE, TWO, complaining(exit=weight))
    assert hearing(tempted) == pytest.approx(0.25)
    bound = {"switching_costs": {"acme": {"bolt": "never"}}}
    assert hearing(made(ALONE, TWO, bound, complaining(exit=weight))) == pytest.approx(0.5)
    tempted.world.relations["salience"][0, 1] = 0.0
    assert hearing(tempted) == pytest.approx(0.5)


def test_asking_finds_those_who_are_silent() -> None:
    """A quarter complain; of the others a firm that asks half hears of half."""
    market = made(ALONE, {"mechanisms": {"experience": {"complain": 0.25}}})
    market.world.firms["asks"] = 0.5
    assert hearing(market) == pytest.approx(0.25 + 0.5 * 0.75)


def test_what_came_of_the_last_purchase() -> None:
    """Silent, put right or not; the next good purchase closes it; who goes is counted by it."""
    market = made(ALONE, KEPT)
    m, w = market.now(), as_records(market.world)
    for complained, recovered, kind, name in (
        (False, False, SILENT, "silent"),
        (True, True, RIGHTED, "righted"),
        (True, False, DENIED, "denied"),
    ):
        remember(m, w, 0, 0, grievance(complained, recovered))
        assert w.dealings[0, 0].grievance == kind
        count_lost(w, 0, 0)
        assert w.ledger[0][f"lost_{name}"] == 1
    remember(m, w, 0, 0, NO_GRIEVANCE)
    assert w.dealings[0, 0].grievance == NO_GRIEVANCE
    count_lost(w, 0, 0)
    assert sum(w.ledger[0][f"lost_{name}"] for name in ("silent", "righted", "denied")) == 3


SURE: Data = {"mechanisms": {"experience": {"failure": 1.0, "complain": 0.0}}}


@pytest.mark.parametrize(
    ("experience", "name"),
    [
        ({"complain": 0.0}, "silent"),
        ({"complain": 1.0, "recover": 1.0}, "righted"),
        ({"complain": 1.0, "recover": 0.0}, "denied"),
    ],
)
def test_all_fail_and_all_go(experience: Data, name: str) -> None:
    """Ten people buy, all fail alike; then nobody looks at the firm again: ten are lost by it."""
    rules = {"mechanisms": {"experience": {"failure": 1.0, **experience}}}
    market = stepped(made(ALONE, {"population": {"size": 10}}, KEPT, rules), 1)
    assert market.history.last[name][0] == 10
    gone = {"mechanisms.choice.outside": 50.0}
    later = stepped(market.branch(gone), 1)
    assert later.history.last[f"lost_{name}"][0] == later.history.last["left"][0] == 10
    table = firm_months(later)
    assert table[f"leaving_{name}"].tolist()[1] == 1.0
    others = {"silent", "righted", "denied", "content"} - {name}
    assert table[[f"leaving_{other}" for other in others]].iloc[1].isna().all()


def test_the_silent_lapse_without_a_word() -> None:
    """Repertoire: a failure at the last purchase, and none for two months: lapsed, and silent."""
    change: Data = {"setting": "repertoire", "active_months": 2, "population": {"size": 10}}
    season = {"customers": {"season": [3.0] + [0.0] * 11}}
    history = lived(ALONE, KEPT, SURE, change, season).history.ledger()[:, 0]
    assert history["lapsed"].tolist()[2] > 0
    assert history["lost_silent"].tolist() == history["lapsed"].tolist()


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_counting_changes_nothing_else(setting: str) -> None:
    """People act alike whether grievances are kept or not."""
    failing: Data = {"setting": setting, "mechanisms": {"experience": {"failure": 0.3}}}
    kept, untold = lived(LIKE, failing, KEPT), lived(LIKE, failing)
    assert untold.world.dealings.size == 0
    assert same(kept.world.relations, untold.world.relations)
    assert same(kept.world.accounts, untold.world.accounts)
    assert not alike(kept, untold)
    ledger = kept.history.ledger()
    assert ledger["silent"].sum() > 0
    assert untold.history.ledger()["silent"].sum() == 0
    assert firm_months(untold)["leaving_content"].isna().all()
