"""Entry: lists of arrivals, numbers of newcomers, and what each closure lets in."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.market import entry
from sim.market.entry import arrival_steps, read_steps
from sim.market.model import Market
from sim.market.state import ABSENT
from sim.scenario.loading import scenario_from
from tests.market.worlds import ALONE, LIKE, Data, lived, made, same, stepped


def poisson(per_month: float, **changes: Any) -> Data:
    """Random arrivals into a market that begins empty."""
    arrivals = {"closure": "poisson", "per_month": per_month}
    return {"population": {"size": 0, "entry": arrivals}, **changes}


def listed(folder: Path, text: str, **entry: Any) -> Market:
    """A market of nobody, to which people come as the file says."""
    (folder / "steps.csv").write_text(text, "utf-8")
    arrivals = {"closure": "listed", "file": "steps.csv", **entry}
    population = {"size": 0, "entry": arrivals, "network": {"kind": "complete"}}
    return Market(scenario_from({**LIKE, "warm_up": 0, "population": population}, folder))


# ── lists of arrivals ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("per_month", "step"), [(0.3, "month"), (7.0, "month"), (40.0, "week")])
def test_poisson_arrivals(per_month: float, step: str) -> None:
    """Counts of 1,000 steps have the mean and the variance of the rate, per step."""
    market = made(ALONE, poisson(per_month, warm_up=200, horizon=800, step=step))
    counts = np.bincount(market.entry.steps, minlength=1000)
    mean = per_month * market.spec.months
    assert len(counts) == 1000
    assert counts.mean() == pytest.approx(mean, abs=4 * np.sqrt(mean / 1000))
    assert counts.var() == pytest.approx(mean, abs=4 * np.sqrt((mean + 2 * mean**2) / 1000))


def test_the_same_people_arrive_in_every_arm() -> None:
    """Whatever firms do, the same numbers with the same traits arrive in the same steps."""
    market = stepped(made(LIKE, poisson(20.0, customers={"exit": 0.2})), 2)
    arms = [
        market.branch({"firms.acme.policy.budget": {"per_head": budget}}).run_model()
        for budget in (0.0, 5.0)
    ]
    one, other = (arm.world for arm in arms)
    assert not same(arms[0].history.ledger()["revenue"], arms[1].history.ledger()["revenue"])
    for name in ("number", "arrived", "basket", "exit_hazard"):
        assert same(one.people[name], other.people[name])
    assert same(one.relations["taste"], other.relations["taste"])


def test_a_longer_horizon_only_appends() -> None:
    """Who arrives in the first year does not depend on how long the market lives."""
    short, long = (made(ALONE, poisson(9.0, horizon=n)).entry.steps for n in (12, 60))
    assert np.array_equal(short, long[long < 12])


def test_a_list_from_a_file(tmp_path: Path) -> None:
    """Five people arrive as the rows say, in order of their steps; nobody is there before."""
    market = listed(tmp_path, "step\n2\n0\n2\n5\n1\n")
    assert market.entry.steps.tolist() == [0, 1, 2, 2, 5]
    assert len(market.customers) == 0
    market.run_model()
    assert market.history.tally()["present"].tolist() == [1, 2, 4, 4, 4, 5]


def test_a_list_of_customers(tmp_path: Path) -> None:
    """Listed people may come with a first purchase from a firm."""
    market = listed(tmp_path, "step\n0\n0\n3\n", on_arrival={"customer_of": "bolt"}).run_model()
    assert market.history.ledger()["acquired"][:, 1].tolist() == [2, 0, 0, 1, 0, 0]


def test_an_empty_list(tmp_path: Path) -> None:
    """A file with a header and no rows is a list of nobody."""
    assert len(listed(tmp_path, "step\n").entry.steps) == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "step\n1\nsoon\n",
            "steps.csv: step must be a whole number from 0 .* is 'soon' .*; correct",
        ),
        ("step\n1\n1.5\n", "must be a whole number from 0 .* is '1.5' in row 2"),
        ("step\n-1\n", "must be a whole number from 0 .* is '-1' in row 1"),
        ("step\n1\n\n2\n,\n", "must be a CSV file with a column `step`|whole number"),
        ("when\n1\n", "steps.csv: a list of arrivals must be a CSV file with a column `step`"),
        ("", "must be a CSV file with a column `step`; .* Write one row a person"),
    ],
)
def test_lists_that_cannot_be_used(text: str, words: str, tmp_path: Path) -> None:
    """A list with anything but steps is refused with the file, the rule, the value, the remedy."""
    file = tmp_path / "steps.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=words):
        read_steps(file)


def test_without_a_list_nobody_is_on_it() -> None:
    """Replacement and cohorts have no list."""
    market = made(LIKE)
    assert len(arrival_steps(market.spec, market.run_key, None)) == 0


# ── closures ──────────────────────────────────────────────────────────────────────────────────


def test_a_leaver_is_replaced_in_the_next_step() -> None:
    """The person after the g-th at place p is number p + size · g, and knows nobody yet."""
    market = made(ALONE, {"population": {"size": 50, "entry": {"closure": "replace"}}},
                  {"customers": {"exit": 0.4}})  # fmt: skip
    generation = np.zeros(50, np.int64)
    for step in range(10):
        market.step()
        left = market.world.people["present"] == ABSENT
        assert np.array_equal(np.flatnonzero(left), market.freed)
        generation[left] += 1
        market.entry.admit(market.world, market.clock, market.freed)
        people, relations = market.world.people, market.world.relations
        assert people["number"].tolist() == (np.arange(50) + 50 * generation).tolist()
        assert (people["arrived"][left] == step + 1).all()
        assert (relations["purchases"][left] == 0).all()
        assert (relations["salience"][left] == 0).all()
        market.freed = market.freed[:0]
    assert generation.sum() > 100


def test_a_newcomer_takes_over_nothing_but_the_place() -> None:
    """New traits, an empty memory, empty boxes and no account."""
    market = stepped(made(LIKE, {"customers": {"exit": 1.0}}), 1)
    places, before = market.freed, market.world.relations[market.freed].copy()
    assert len(places) > 20
    for name in ("praise", "blame", "verdict", "purchases", "commitment", "this_year"):
        market.world.relations[name][places] = 3
    market.world.accounts["profit"][places] = 3
    market.entry.admit(market.world, market.clock, places)
    w = market.world
    for name in ("praise", "blame", "verdict", "purchases", "commitment", "this_year"):
        assert (w.relations[name][places] == 0).all()
    assert (w.accounts["profit"][places] == 0).all()
    assert not np.isin(w.relations["taste"][places], before["taste"]).any()


def test_a_cohort_only_shrinks() -> None:
    """Nobody enters a cohort."""
    change = {"population": {"entry": {"closure": "cohort"}}, "customers": {"exit": 0.3}}
    market = lived(LIKE, change)
    present, exits = market.history.tally()["present"], market.history.tally()["exits"]
    assert np.array_equal(present[1:], present[:-1] - exits[:-1])
    assert present[-1] < 40


def test_numbers_beyond_the_address_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person number that no draw could be addressed to ends the run with a remedy."""
    monkeypatch.setattr(entry, "HIGHEST_NUMBER", 100)
    market = made(LIKE, {"customers": {"exit": 1.0}})
    with pytest.raises(OverflowError, match=r"must stay below .* shorten the horizon"):
        market.run_model()


def test_arrivals_are_spread_over_the_network() -> None:
    """Neighbours on a ring do not arrive one after the other; every place is used once."""
    market = made(ALONE, poisson(10.0, horizon=60))
    seats = market.entry.seats
    assert sorted(seats.tolist()) == list(range(market.entry.places))
    steps = np.abs(np.diff(seats))
    assert (steps == 1).mean() < 0.05
