"""Account managers in the market: whom they look after, what is lost when they leave."""

from typing import Any

import numpy as np
import pytest

from sim.market.managers import Managers
from sim.market.measures import firm_months
from sim.market.model import Market
from sim.market.saving import load_market
from tests.market.worlds import ALONE, Data, alike, lived, made, same, stepped

STILL: Data = {
    "setting": "b2b",
    "population": {"size": 6},
    "firms": {"acme": {}, "bolt": {"policy": {"budget": {"amount": 0}, "split": {}}}},
    "start": {"customers": {"acme": 1.0}},
    "mechanisms": {
        "negotiation": "off",
        "forgetting": "off",
        "salience": {"floor": 0},
        "bond": {"growth": 0.5, "fading": 0.1, "quits": 0},
    },
}
"""Six accounts of acme, who know nobody else; bonds grow by half of what is missing."""


def employing(people: Data, **more: Any) -> Data:
    """Acme with these managers."""
    return {"firms": {"acme": {"managers": {"people": people} | more}}}


def managed(people: Data, *changes: Data, **more: Any) -> Market:
    """Six accounts of acme and these managers, before the first step."""
    start: Data = {"start": {"salience": 0}}
    return made(ALONE, STILL, start, employing(people, **more), *changes)


def managers_of(market: Market) -> Managers:
    """Acme's managers."""
    found = market.firms[0].managers
    assert found is not None
    return found


def test_accounts_are_divided_by_capacity() -> None:
    """Six accounts, capacities 10 and 20: two and four, and they stay where they are."""
    market = stepped(managed({"anna": {"capacity": 10}, "ben": {"capacity": 20}}), 2)
    numbers = market.world.dealings["manager"][:, 0]
    assert sorted(numbers) == [1, 1, 2, 2, 2, 2]
    assert managers_of(market).accounts.tolist() == [2, 4]
    assert not market.world.dealings["manager"][:, 1].any()


def test_bonds_grow_with_visits_for_which_there_is_time() -> None:
    """Half of what is missing a month: .5, .75; with time for half of the accounts a quarter."""
    rested = managed({"anna": {"capacity": 6}})
    assert stepped(rested, 1).world.dealings["bond"][:, 0] == pytest.approx(0.5)
    assert stepped(rested, 1).world.dealings["bond"][:, 0] == pytest.approx(0.75)
    tired = stepped(managed({"anna": {"capacity": 3}}), 1)
    assert tired.world.dealings["bond"][:, 0] == pytest.approx(0.25)
    assert tired.world.dealings["late"][:, 0] == pytest.approx(1.0)
    warm = stepped(managed({"anna": {"capacity": 6, "warmth": 1.5}}), 1)
    assert warm.world.dealings["bond"][:, 0] == pytest.approx(0.75)


def test_hospitality_costs_and_binds() -> None:
    """600 for six accounts: 100 each, and nearly the ceiling of .2 of the half visits leave."""
    gifts: Data = {
        "firms": {"acme": {"policy": {"budget": {"amount": 600}, "split": {"hospitality": 1.0}}}},
        "instruments": {"hospitality": {"ceiling": 0.2, "rate": 1.0}},
    }
    market = stepped(managed({"anna": {}}, gifts), 1)
    assert market.world.dealings["bond"][:, 0] == pytest.approx(0.5 + 0.2 * 0.5)
    assert market.history.last["hospitality"].tolist() == [600, 0]
    plain = stepped(managed({"anna": {}}), 1)
    paid = plain.world.accounts["profit"][:, 0] - market.world.accounts["profit"][:, 0]
    assert paid == pytest.approx(100.0)


def test_wages_are_the_firms() -> None:
    """Two at 4,000, one of them half time, and three at 1,000: 9,000 a month, busy or not."""
    people = {"anna": {}, "ben": {"time": 0.5}, "team": {"count": 3, "wage": 1000.0}}
    market = stepped(managed(people), 1)
    assert market.history.last["wages"].tolist() == [9000, 0]
    assert market.history.last["managers"].tolist() == [5, 0]


def test_who_leaves_takes_the_bonds() -> None:
    """Anna leaves in month 2: her three bonds are gone, a new one begins at .5; Ben's stay."""
    market = stepped(managed({"anna": {"leaves": 2}, "ben": {}}), 3)
    assert sorted(market.world.dealings["bond"][:, 0]) == pytest.approx([0.5] * 3 + [0.875] * 3)
    assert market.history.ledger()["managers_left"][:, 0].tolist() == [0, 0, 1]
    assert managers_of(market).memory() == {"anna": 1, "ben": 0}


def test_a_rival_who_hires_gets_a_share_of_the_bonds() -> None:
    """Of .75 half goes along to bolt, who comes to mind; nobody visits there, so it fades."""
    people = {"anna": {"leaves": 2, "joins": "bolt"}}
    market = stepped(managed(people), 3)
    assert market.world.dealings["bond"][:, 1] == pytest.approx(0.375)
    assert market.history.last["leads"].tolist() == [0, 6]
    market.world.dealings["stage"] = 0
    stepped(market, 1)
    assert market.world.dealings["bond"][:, 1] == pytest.approx(0.375 * 0.9)


def test_a_second_manager_keeps_the_account() -> None:
    """Each account has two; where Anna leaves, the bond with the other one remains."""
    market = stepped(managed({"anna": {"leaves": 2}, "ben": {}}, second=True), 3)
    closest = np.maximum(market.world.dealings["bond"], market.world.dealings["second_bond"])[:, 0]
    assert closest == pytest.approx(0.875)
    assert managers_of(market).accounts.tolist() == [6, 6]
    other = market.world.dealings[["manager", "second"]][:, 0].tolist()
    assert {tuple(sorted(pair)) for pair in other} == {(1, 2)}


def test_managers_leave_by_chance_and_the_better_paid_stay() -> None:
    """Of 200 posts a tenth leaves a month, a twentieth at double wage; ±4 standard errors."""
    for wage, share in ((4000.0, 0.1), (8000.0, 0.05)):
        rules: Data = {"mechanisms": {"bond": {"quits": 0.1, "pay": 1.0}}}
        market = stepped(managed({"team": {"count": 200, "wage": wage}}, rules), 12)
        left = market.history.ledger()["managers_left"][:, 0].sum() / 2400
        assert left == pytest.approx(share, abs=4 * np.sqrt(share / 2400))


def test_bonds_keep_accounts() -> None:
    """Of 2,000 accounts that could go, more stay where there is a bond."""
    rules: Data = {"mechanisms": {"bond": {"weight": 3.0}, "choice": {"staying": 1.0}}}
    many: Data = {"population": {"size": 2000}, "start": {"salience": 1},
                  "mechanisms": {"salience": {"floor": 1}}}  # fmt: skip
    kept = []
    for people in ({"anna": {"capacity": 1e5}}, None):
        part: Data = employing(people) if people else {}
        ledger = lived(ALONE, STILL, many, rules, part).history.ledger()
        kept.append(ledger["customers"][-1, 0])
    assert kept[0] > kept[1] + 100


def test_late_answers_lower_quality() -> None:
    """All late: quality is lower by the neglect of .2, nothing else being by chance."""
    late = stepped(managed({"anna": {"capacity": 1}}), 1).history.last
    timely = stepped(managed({"anna": {"capacity": 1000}}), 1).history.last
    gap = (timely["quality"] - late["quality"])[0] / 6
    assert gap == pytest.approx(0.2, abs=1e-6)


def test_measures_say_what_hangs_on_one_person() -> None:
    """Six accounts of one unit at 20 with bonds of .5: 60 a month hang on Anna."""
    table = firm_months(stepped(managed({"anna": {"capacity": 1000}}), 1)).set_index("firm")
    assert table.loc["acme", "revenue_at_risk"] == pytest.approx(60.0)
    assert table.loc["acme", "bond"] == pytest.approx(0.5)
    assert table["revenue_at_risk"].isna().tolist() == [False, True]


def test_saved_and_branched(tmp_path: Any) -> None:
    """Who had which post is remembered; a branch may have other managers."""
    rules: Data = {"mechanisms": {"bond": {"quits": 0.2}}}
    market = stepped(managed({"anna": {}, "ben": {}}, rules), 4)
    market.save(tmp_path)
    again = load_market(tmp_path)
    assert managers_of(again).memory() == managers_of(market).memory()
    bens = market.world.dealings["manager"][:, 0] == 2
    branch = market.branch({"firms.acme.managers.people": {"cleo": {}, "anna": {}}})
    numbers = branch.world.dealings["manager"][:, 0]
    assert (numbers == np.where(bens, 0, 2)).all()  # Anna goes on, Ben is nobody's any more
    assert not branch.world.dealings["bond"][bens, 0].any()
    assert list(managers_of(stepped(branch, 1)).memory()) == ["cleo", "anna"]
    alone = stepped(market.branch({"firms.acme.managers": None}), 1)
    assert not alone.world.dealings["manager"].any()
    assert alike(again.run_model(), market.run_model())
    assert same(again.world.dealings, market.world.dealings)
