"""Luck is addressed: the order of firms, of steps or of rows moves nobody's, a name does."""

from typing import Any

import numpy as np
import pytest

from sim import draws
from sim.market.compile import as_records
from sim.market.luck import cast_lots, empty_luck, throw_at_approach, throw_at_occasion
from sim.market.model import Market
from sim.market.state import empty_world
from tests.market.worlds import LIKE, Data, alike, lived, made, same, stepped

SETTINGS = ["subscription", "repertoire"]
UNLIKE: Data = {
    "firms": {"acme": {"price": 21}, "bolt": {"quality": 0.8}, "cora": {"appeal": 0.3}},
    "mechanisms": {"salience": {"immunity": 0.5}},
}
"""Three firms that differ, so that mixing them up shows."""


def reordered(names: list[str]) -> Data:
    """The three firms in another order in the file."""
    return {**LIKE, "firms": {name: UNLIKE["firms"][name] for name in names}}


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("start", ["sorted", "random", {"cora": 0.5, "acme": 0.2}])
def test_the_order_of_firms_permutes_the_results(setting: str, start: Any) -> None:
    """Firms in another order have the same people, the same customers and the same books."""
    change = {"setting": setting, "start": {"customers": start}}
    one = lived(reordered(["acme", "bolt", "cora"]), change)
    other = lived(reordered(["cora", "acme", "bolt"]), change)
    back = [1, 2, 0]  # where acme, bolt, cora stand in the other market
    assert one.history.ledger()["purchases"].sum() > 100
    assert same(one.history.ledger(), other.history.ledger()[:, back])
    assert same(one.world.relations, other.world.relations[:, back])
    assert same(one.world.accounts, other.world.accounts[:, back])
    assert same(one.history.tally(), other.history.tally())


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_rival_whom_nobody_chooses_changes_nothing(setting: str) -> None:
    """A new firm that nobody would ever buy from leaves the others' customers as they were.

    It comes to mind now and then (memory begins alike for all firms) and is worth 50 less.
    """
    rival = {"appeal": -50, "policy": {"budget": {"amount": 0}}}
    without = lived(LIKE, UNLIKE, {"setting": setting})
    beside = lived(LIKE, UNLIKE, {"setting": setting, "firms": {"zero": rival}})
    assert beside.history.ledger()["purchases"][:, 3].sum() == 0
    assert same(without.history.ledger(), beside.history.ledger()[:, :3])
    assert same(without.world.relations, beside.world.relations[:, :3])
    assert same(without.world.people, beside.world.people)


def test_a_new_rival_leaves_needs_and_tastes_alone() -> None:
    """A rival whom people do choose still finds the same people with the same tastes for others."""
    without = made(LIKE, UNLIKE)
    beside = made(LIKE, UNLIKE, {"firms": {"zero": {"appeal": 5}}})
    traits = ("number", "need_rate", "basket", "price_sensitivity", "orientation", "exit_hazard")
    for name in traits:
        assert same(without.world.people[name], beside.world.people[name])
    for name in ("taste", "fit", "first_expectation"):
        assert same(without.world.relations[name], beside.world.relations[name][:, :3])


def test_a_renamed_firm_is_other_luck() -> None:
    """Under another name a firm meets other tastes; nobody else's taste moves."""
    one = made(LIKE)
    other = made({**LIKE, "firms": {name: {} for name in ("acme", "bolt", "dune")}})
    taste, new_taste = one.world.relations["taste"], other.world.relations["taste"]
    assert same(taste[:, :2], new_taste[:, :2])
    assert not np.isin(new_taste[:, 2], taste[:, 2]).any()
    mine, theirs = (m.run_model().history.ledger()["revenue"][:, 2] for m in (one, other))
    assert not np.array_equal(mine, theirs)


def test_another_seed_is_other_luck() -> None:
    """Another seed draws other people and ties."""
    one, other = made(LIKE), made(LIKE, {"seed": 2})
    assert not np.isin(other.world.relations["taste"], one.world.relations["taste"]).any()
    assert not same(one.ties.tie, other.ties.tie)
    assert not alike(one.run_model(), other.run_model())


def test_another_replication_is_other_luck() -> None:
    """A replication has people, ties and a course of its own."""
    one, other = (Market(LIKE, replication=number) for number in (0, 1))
    assert not same(one.world.people["basket"], other.world.people["basket"])
    assert not same(one.ties.tie, other.ties.tie)
    assert not alike(one.run_model(), other.run_model())


@pytest.mark.parametrize("setting", SETTINGS)
def test_whole_or_step_by_step(setting: str) -> None:
    """A market run to its horizon is the one that was stepped by hand, looked into or not."""
    whole, by_hand = lived(LIKE, {"setting": setting}), made(LIKE, {"setting": setting})
    for _ in range(8):
        by_hand.step()
        assert by_hand.customers.trust.mean() > 0
    assert not by_hand.running
    assert alike(whole, by_hand)


@pytest.mark.parametrize("setting", SETTINGS)
def test_two_markets_side_by_side(setting: str) -> None:
    """Markets lived in turns do not disturb each other."""
    one, other = made(LIKE, {"setting": setting}), made(LIKE, {"setting": setting, "seed": 9})
    for _ in range(8):
        one.step()
        other.step()
    assert alike(one, lived(LIKE, {"setting": setting}))
    assert alike(other, lived(LIKE, {"setting": setting, "seed": 9}))


def test_what_attracts_only_attracts() -> None:
    """With the same luck, a firm that is liked better in one step loses nobody to others in it."""
    market = stepped(made(LIKE, {"population": {"size": 600}, "customers": {"exit": 0}}), 3)
    for change in ({"firms.acme.appeal": 3.0}, {"firms.acme.price": 15.0}):
        as_it_is, liked = market.branch(), market.branch(change)
        before, after = (stepped(m, 1).world.people["provider"] for m in (as_it_is, liked))
        assert np.array_equal(before[after != 0], after[after != 0])
        assert (after == 0).sum() > (before == 0).sum()


def test_who_searches_less_switches_less() -> None:
    """With the same luck, of those who switch at a search of 1 three in ten do at .3, no others."""
    market = made(LIKE, {"population": {"size": 4000}, "customers": {"exit": 0}})
    before = stepped(market, 2).world.people["provider"].copy()
    after = {
        search: stepped(market.branch({"mechanisms.information.search": search}), 1)
        for search in (0.3, 1.0)
    }
    held = before >= 0
    few, many = (after[search].world.people["provider"][held] for search in (0.3, 1.0))
    switched = few != before[held]
    would = (many != before[held]) & (many >= 0)
    to_a_rival = switched & (few >= 0)
    assert not (to_a_rival & ~would).any()
    count = would.sum()
    assert abs(to_a_rival.sum() / count - 0.3) < 4 * (0.3 * 0.7 / count) ** 0.5


# ── thrown together ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("firms", [1, 3, 7, 8])
def test_dice_are_the_draws_at_their_addresses(firms: int) -> None:
    """Towards each firm and towards nobody they are those of single calls."""
    addresses = [draws.address_of(f"firm {f}") for f in range(firms)]
    luck, run = empty_luck(5, addresses), draws.key(3, 1)
    throw_at_occasion(luck, run, 17, 6, 2)
    throw_at_approach(luck, run, 17, 6)
    for column, other in enumerate([*addresses, int(draws.NOBODY)]):
        consider, choose, *rest = draws.four(run, 17, other, 6, draws.OCCASION, 2)
        assert luck.occasion[:, column].tolist() == [consider, draws.gumbel(choose), *rest]
        reached, *_ = draws.four(run, 17, other, 6, draws.CONTACT, 0)
        contacted, opts_out, offered, _ = draws.four(run, 17, other, 6, draws.APPROACH, 0)
        assert luck.approach[:, column].tolist() == [reached, contacted, opts_out, offered]


def test_lots_are_the_draws_of_a_step() -> None:
    """Need, exit and look of each person, by their number."""
    w = empty_world(5, 2, "single")
    w.people["number"] = [4, 0, 2**32 - 1, 7, 19]
    luck, run = empty_luck(5, [8, 9]), draws.key(3, 1)
    cast_lots(luck, run, 11, as_records(w), 0, 5)
    for i, number in enumerate(w.people["number"]):
        single = draws.four(run, number, draws.NOBODY, 11, draws.STEP, 0)
        assert draws.uniform(luck.lots[:, i]).tolist() == list(single[:3])
