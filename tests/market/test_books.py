"""The books of fifty markets drawn at random: every identity holds, whatever is switched on."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pytest

from sim.market.firms import SPENT
from sim.market.model import Market
from sim.market.run import Run
from sim.market.state import LEAVING, PRESENT
from sim.scenario.offers import Amount, Hold, PerHead
from tests.market.worlds import random_case

Table = npt.NDArray[Any]
MARKETS = 50
BETWEEN_0_AND_1 = ("salience", "expectation", "satisfaction", "trust", "commitment")
LOST = ("switched", "left", "lapsed", "exited")


class Life(NamedTuple):
    """A market at its horizon, and what was seen of it after every step."""

    name: str
    run: Run
    relations: list[Table]  # of the people present
    people: list[Table]  # of those and of the people who have just left
    terms: list[Table]


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> list[Life]:
    """Fifty markets and their steps."""
    folder = tmp_path_factory.mktemp("networks")
    return [life_of(f"market {seed}", Market(random_case(seed, folder))) for seed in range(MARKETS)]


def life_of(name: str, market: Market) -> Life:
    """Live a market step by step, looking at it after each."""
    relations, people, terms = [], [], []
    while market.running:
        market.step()
        w = market.world
        relations.append(w.relations[w.people["present"] == PRESENT].copy())
        leavers = w.people[market.freed].copy()
        leavers["present"] = LEAVING
        people.append(np.concatenate([w.people[w.people["present"] == PRESENT], leavers]))
        terms.append(w.firms.copy())
    return Life(name, Run(market, 0.0), relations, people, terms)


def by_firm(life: Life) -> Iterator[tuple[str, Any]]:
    """Every firm's name and its months."""
    for name, months in life.run.firms.groupby("firm", sort=False):
        yield f"{life.name}, {name}", months


def test_the_fifty_differ(lives: list[Life]) -> None:
    """Both settings, both steps, every closure, network and form of leaving are among them."""
    specs = [life.run.market.spec for life in lives]
    assert {spec.setting for spec in specs} == {"subscription", "repertoire"}
    assert {spec.step for spec in specs} == {"month", "week"}
    assert {s.population.entry.closure for s in specs} == {"replace", "poisson", "cohort"}
    kinds = {spec.population.network.kind for spec in specs}
    assert kinds == {"complete", "random", "small_world", "scale_free", "edges"}
    assert {len(spec.firms) for spec in specs} == {1, 2, 3, 4, 5, 6}
    exits = {(e.distribution, getattr(e, "after", "")) for e in (s.customers.exit for s in specs)}
    assert len(exits) == 4
    answers = {firm.reaction.kind for spec in specs for firm in spec.firms.values()}
    assert answers == {"hold", "match", "adapt", "imitate"}
    spent = np.sum([life.run.firms[list(SPENT)].sum() for life in lives], axis=0)
    assert (spent > 0).all()


def test_customers_add_up_to_the_firm(lives: list[Life]) -> None:
    """What all who were ever customers brought, less what they do not carry, is the firm's profit.

    Not carried are acquisition spending without an acquisition and fixed cost. To a millionth of
    the revenue.
    """
    for life in lives:
        customers = life.run.customers.groupby("firm")["profit"].sum()
        for name, months in by_firm(life):
            owed = months["unallocated"].iloc[-1] + months["fixed_cost"].sum()
            earned = customers.get(months["firm"].iloc[0], 0.0) - owed
            scale = max(1.0, months["revenue"].sum())
            assert earned == pytest.approx(months["profit"].sum(), abs=1e-6 * scale), name


def test_revenue_adds_up(lives: list[Life]) -> None:
    """Revenue of all customers, of all months and of all logged purchases are the same money."""
    for life in lives:
        for table in (life.run.customers, *logged(life)):
            mine = table.groupby("firm")["revenue"].sum()
            for name, months in by_firm(life):
                total = months["revenue"].sum()
                assert mine.get(months["firm"].iloc[0], 0.0) == pytest.approx(total), name


def logged(life: Life) -> list[Any]:
    """The table of purchases, where they were recorded."""
    return [life.run.transactions] if life.run.market.spec.record.transactions else []


def test_profit_is_what_is_left(lives: list[Life]) -> None:
    """Spending is the sum over the instruments, and profit is revenue less every cost."""
    for life in lives:
        table = life.run.firms
        spending = table[list(SPENT)].sum(axis=1)
        assert np.allclose(table["spending"], spending, rtol=1e-12, atol=1e-9), life.name
        costs = table["goods"] + table["serving"] + table["fixed_cost"] + spending
        assert np.allclose(table["profit"], table["revenue"] - costs, rtol=1e-9, atol=1e-6)


def test_customers_come_and_go(lives: list[Life]) -> None:
    """Customers at the end are those at the start plus acquired plus reactivated less lost."""
    for life in lives:
        ledger = life.run.market.history.ledger()
        change = ledger["acquired"] + ledger["reactivated"] - sum(ledger[name] for name in LOST)
        assert np.array_equal(ledger["customers"], customers_before(life) + change), life.name


def customers_before(life: Life) -> Table:
    """(steps, firms) customers at the end of the step before."""
    history = life.run.market.history
    return np.vstack([history.opening["customers"], history.ledger()["customers"][:-1]])


def test_service_is_paid_for_heads(lives: list[Life]) -> None:
    """Spending on service is care times the heads who are cared for: all who are left, if any."""
    for life in lives:
        history = life.run.market.history
        ledger, tally = history.ledger(), history.tally()
        care = np.array([terms["care"] for terms in life.terms])
        assert np.array_equal(ledger["service"], care * ledger["heads"]), life.name
        before = customers_before(life)
        assert (ledger["heads"] <= before).all(), life.name
        left = before - tally["exits"][:, None]
        assert (ledger["heads"] >= left)[care > 0].all(), life.name


def test_plans_are_carried_over(lives: list[Life]) -> None:
    """For each instrument what was spent so far and what is carried is what was planned so far."""
    for life in lives:
        market = life.run.market
        ledger, tally, spec = market.history.ledger(), market.history.tally(), market.spec
        for firm in market.firms:
            if not isinstance(firm.offer.reaction, Hold):
                continue  # see test_reacting
            policy = firm.offer.policy
            if isinstance(policy.budget, Amount):
                budget = np.full(len(tally), policy.budget.amount * spec.months)
            elif isinstance(policy.budget, PerHead):
                budget = policy.budget.per_head * spec.months * tally["present"]
            else:
                revenue = ledger["revenue"][:-1, firm.position]
                budget = policy.budget.share_of_revenue * np.concatenate([[0.0], revenue])
            for name in SPENT:
                plan = policy.split.get(name, 0.0) * budget.sum()
                done = ledger[name][:, firm.position].sum() + firm.carried[name]
                assert done == pytest.approx(plan, rel=1e-9, abs=1e-6), f"{life.name}, {name}"


def test_states_stay_in_their_range(lives: list[Life]) -> None:
    """Memory lies in 0 to 1, no number is missing, no count and no message box is negative."""
    for life in lives:
        for relations in life.relations:
            for field in BETWEEN_0_AND_1:
                assert ((relations[field] >= 0) & (relations[field] <= 1)).all(), life.name
            for field in ("praise", "blame", "verdict", "taste", "fit", "year_revenue"):
                assert np.isfinite(relations[field]).all(), life.name
            for field in ("praise", "blame", "verdict"):
                assert (relations[field] >= 0).all(), life.name
            heard = relations["praise"] + relations["blame"]
            assert (relations["verdict"] <= 65536 * heard.astype(int)).all(), life.name
        for people in life.people:
            for field in ("basket", "need_rate", "price_sensitivity", "exit_hazard", "due"):
                assert np.isfinite(people[field]).all(), life.name
            for field in ("basket", "need_rate", "price_sensitivity", "exit_hazard"):
                assert (people[field] >= 0).all(), life.name
            assert ((people["alive"] >= 0) & (people["alive"] <= 1)).all(), life.name
            assert ((people["orientation"] >= 0) & (people["orientation"] <= 1)).all(), life.name


def test_ledgers_are_numbers(lives: list[Life]) -> None:
    """Every column of every ledger is finite, and none but money carried is negative."""
    for life in lives:
        for table in (life.run.market.history.ledger(), life.run.market.history.tally()):
            for field in table.dtype.names or ():
                assert np.isfinite(table[field]).all(), f"{life.name}, {field}"
                assert (table[field] >= 0).all(), f"{life.name}, {field}"


def test_parts_of_counts(lives: list[Life]) -> None:
    """The saved are would-be leavers, the recovered complained, quality is at most 1 a purchase."""
    for life in lives:
        ledger = life.run.market.history.ledger()
        assert (ledger["recovered"] <= ledger["complaints"]).all()
        assert (ledger["complaints"] <= ledger["failures"]).all()
        assert (ledger["failures"] <= ledger["purchases"]).all()
        assert (ledger["rewarded"] + ledger["acquired"] == ledger["purchases"]).all(), life.name
        departed = ledger["switched"] + ledger["left"]
        assert (ledger["saved"] + departed == ledger["would_leave"]).all(), life.name
        by_cue = ledger["acquired_advertising"] + ledger["acquired_word_of_mouth"]
        assert (by_cue <= ledger["acquired"]).all()
        assert (ledger["quality"] <= ledger["purchases"]).all(), life.name
        assert (ledger["customers"] <= ledger["buyers"]).all()


def test_people_are_conserved(lives: list[Life]) -> None:
    """Under `replace` there are always as many; otherwise leavers are gone and arrivals added."""
    for life in lives:
        market, tally = life.run.market, life.run.market.history.tally()
        there, gone = tally["present"], tally["exits"]
        came = there[1:] - (there[:-1] - gone[:-1])
        closure = market.spec.population.entry.closure
        if closure == "replace":
            assert (there == market.spec.population.size).all(), life.name
        elif closure == "cohort":
            assert (came == 0).all(), life.name
        else:
            arrivals = np.bincount(market.entry.steps, minlength=len(tally))
            assert np.array_equal(came, arrivals[1:]), life.name


def test_numbers_are_unique(lives: list[Life]) -> None:
    """A person number is used once, for people present and for all who ever left."""
    for life in lives:
        first: dict[int, int] = {}
        for people in life.people:
            assert len(set(people["number"])) == len(people), life.name
            for number, arrived in zip(people["number"], people["arrived"], strict=True):
                assert first.setdefault(int(number), int(arrived)) == arrived, life.name


def test_nobody_returns_who_has_left(lives: list[Life]) -> None:
    """Who left the category is never seen again."""
    for life in lives:
        left: set[int] = set()
        for people in life.people:
            assert not left & set(people["number"].tolist()), life.name
            left |= set(people["number"][people["present"] == LEAVING].tolist())
