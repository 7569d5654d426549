"""Selections: the new, the unhappy, the best, cells of scores, groups, and what they are spared."""

from typing import Any

import numpy as np
import pytest

from sim.market.aiming import aim, audience, fifths, selected, top
from sim.market.firms import Firm
from sim.market.model import Market
from sim.policy.targets import BITS, CODES, NOBODY, SELECTED
from sim.scenario.offers import Scores, TopShare
from tests.market.worlds import ALONE, LIKE, Data, lived, made, stepped

FIVE: Data = {"population": {"size": 5}, "start": {"customers": {"acme": 1}}}


def five_customers() -> tuple[Market, Firm, Any]:
    """Five customers of one firm, before the first step."""
    market = made(ALONE, FIVE)
    return market, market.firms[0], market.world.relations[:, 0]


def test_fifths_of_five_are_one_to_five() -> None:
    """Five different values score 1 to 5 in their order; five equal ones all score 3."""
    assert fifths(np.array([50.0, 10, 40, 20, 30])).tolist() == [5, 1, 4, 2, 3]
    assert fifths(np.full(5, 7.0)).tolist() == [3] * 5
    assert fifths(np.zeros(0)).tolist() == []


def test_each_fifth_holds_a_fifth() -> None:
    """Of 100 different values 20 have each score."""
    assert np.bincount(fifths(np.arange(100.0)), minlength=6).tolist() == [0, 20, 20, 20, 20, 20]


def test_the_top_share_by_value() -> None:
    """Two of five are the top 40 %; those who are no customers are not among them."""
    customers = np.array([True, True, False, True, True, True])
    value = np.array([1.0, 5, 99, 3, 2, 4])
    assert np.flatnonzero(top(customers, value, 0.4)).tolist() == [1, 5]
    assert not top(customers, value, 0.05).any()


def test_who_is_new_and_who_is_at_risk() -> None:
    """New: first bought at most a year ago; at risk: satisfied less than those who speak well."""
    market, firm, relations = five_customers()
    market.clock = 20
    relations["first"] = [7, 8, 9, 20, 0]
    relations["satisfaction"] = [0.64, 0.65, 0.9, 0.2, 0.7]
    assert selected(firm, "new").tolist() == [False, True, True, True, False]
    assert selected(firm, "at_risk").tolist() == [True, False, False, True, False]


def test_cells_of_scores() -> None:
    """Latest and most often: only those who are both."""
    market, firm, relations = five_customers()
    relations["last"] = [1, 2, 3, 4, 5]
    relations["this_year"], relations["last_year"] = [5, 4, 3, 2, 1], [0, 0, 0, 0, 9]
    assert selected(firm, Scores(recency=[5])).tolist() == [False] * 4 + [True]
    assert selected(firm, Scores(frequency=[4, 5])).tolist() == [True] + [False] * 3 + [True]
    assert selected(firm, Scores(recency=[1, 2], frequency=[3, 4])).tolist() == [True, True] + (
        [False] * 3
    )
    market.world.people["basket"] = [1, 1, 100, 1, 1]
    assert selected(firm, Scores(money=[5])).tolist() == [False, False, True, False, False]


def test_a_selection_is_kept_as_a_bit_and_renewed() -> None:
    """The bit of the instrument is set for those selected now, and no other; no money, nobody."""
    _, firm, relations = five_customers()
    relations["aims"] = BITS["service"]
    policy = firm.policy.model_copy(update={"targets": {"contact": "at_risk"}})
    firm.stance = firm.stance.changed(policy=policy)
    firm.planned |= {"contact": 1.0, "service": 1.0}
    relations["satisfaction"] = [0.1, 0.9, 0.9, 0.9, 0.1]
    assert aim(firm, "contact") == (SELECTED, 2)
    assert ((relations["aims"] & BITS["contact"]) > 0).tolist() == [True] + [False] * 3 + [True]
    relations["satisfaction"] = 0.9
    assert aim(firm, "contact") == (SELECTED, 0)
    assert (relations["aims"] == BITS["service"]).all()
    assert aim(firm, "service") == (CODES["customers"], 0)
    firm.planned["service"] = 0.0
    assert aim(firm, "service") == (NOBODY, 0)


@pytest.mark.parametrize(
    ("instrument", "expected"),
    [("advertising", 5), ("introductory_price", 2), ("win_back", 1), ("contact", 2)],
)
def test_among_whom_an_instrument_selects(instrument: str, expected: int) -> None:
    """Of five people two never bought, one has left, two are customers."""
    market, firm, relations = five_customers()
    relations["purchases"] = [0, 0, 1, 1, 1]
    market.world.people["provider"] = [-1, -1, -1, 0, 0]
    assert audience(firm, instrument).sum() == expected


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
@pytest.mark.parametrize(
    "target", ["new", "at_risk", "young", {"top_share": 0.3}, {"recency": [4, 5], "money": [5]}]
)
def test_money_reaches_only_the_selected(target: Any, setting: str) -> None:
    """Contacts aimed at some go to fewer people than to all customers, for the same money each."""
    policy = {"budget": {"per_head": 0.5}, "split": {"contact": 1.0}}
    change: Data = {
        "setting": setting,
        "population": {"size": 300},
        "groups": {"young": {"share": 0.4}},
        "firms": {"acme": {"policy": policy}},
        "warm_up": 14,
    }
    aimed = {"firms": {"acme": {"policy": {"targets": {"contact": target}}}}}
    everybody, some = lived(LIKE, change), lived(LIKE, change, aimed)
    assert 0 < some.history.last["in_touch"][0] < 0.7 * everybody.history.last["in_touch"][0]
    ledger = some.history.ledger()[:, 0]
    spent = ledger["contact"].sum() + some.firms[0].carried["contact"]
    assert spent == pytest.approx(0.5 * some.history.tally()["present"].sum())


def test_service_for_some_is_service_for_them_only() -> None:
    """Service for the top fifth lifts their quality and leaves the others where they would be."""
    policy = {"budget": {"amount": 100}, "split": {"service": 1}, "targets": {"service": "best"}}
    change: Data = {
        "population": {"size": 200},
        "start": {"customers": {"acme": 1}},
        "groups": {"best": {"share": 0.2}},
        "firms": {"acme": {"policy": policy}},
        "mechanisms": {"satisfaction": {"learning": 1, "delight": 0, "disappointment": 0}},
        "instruments": {"service": {"rate": 1000, "ceiling": 1}},
    }
    market = stepped(made(ALONE, change), 1)
    best = market.world.people["group"] == 1
    satisfaction = market.world.relations["satisfaction"][:, 0]
    assert satisfaction[best] == pytest.approx(1.0)
    assert satisfaction[~best] == pytest.approx(0.72)
    assert market.history.last["heads"][0] == best.sum()
    charged = market.world.accounts["profit"][:, 0]
    assert charged[~best] - charged[best].mean() == pytest.approx(100 / best.sum())


@pytest.mark.parametrize("kind", [TopShare(top_share=0.5), Scores()])
def test_targets_are_data(kind: Any) -> None:
    """A target comes back from its plain form."""
    assert type(kind)(**kind.model_dump()) == kind
