"""The past of a market: ledgers, years, tables that are kept, people who left."""

import numpy as np
import pytest

from sim.market.history import opening, share, top_fifth, year_of
from sim.market.state import PRESENT
from tests.market.worlds import ALONE, LIKE, Data, lived, made, same, stepped


def test_top_fifth_by_hand() -> None:
    """Of ten buyers who spent 1 to 10, the two best brought 19 of 55; of four nobody is a fifth."""
    assert top_fifth(np.arange(1, 11)) == pytest.approx(19 / 55)
    assert top_fifth(np.array([5.0, 1, 1, 1, 1])) == pytest.approx(5 / 9)
    assert np.isnan(top_fifth(np.ones(4)))


def test_share_of_nothing() -> None:
    """A share of nothing is not a number."""
    assert share(1, 4) == 0.25
    assert np.isnan(share(0, 0))


def test_a_year_by_hand() -> None:
    """Five people and two firms: purchases 4-0, 2-2, 0-1, 0-0, and one who is not there."""
    market = made(ALONE, {"population": {"size": 5}, "firms": {"bolt": {}}})
    w = market.world
    w.relations["this_year"] = [[4, 0], [2, 2], [0, 1], [0, 0], [9, 9]]
    w.relations["last_year"] = [[1, 0], [0, 3], [0, 5], [2, 0], [9, 9]]
    w.relations["year_revenue"] = 10.0
    w.people["present"][4] = 0
    acme, bolt = year_of(market)
    assert acme["penetration"] == 2 / 4
    assert acme["frequency"] == 6 / 2
    assert acme["share_of_requirements"] == 6 / 8
    assert acme["repeat_rate"] == 1 / 2
    assert acme["main_firm"] == 2 / 4  # a tie counts for both
    assert bolt["penetration"] == 2 / 4
    assert bolt["share_of_requirements"] == 3 / 5
    assert bolt["repeat_rate"] == 2 / 2
    assert bolt["main_firm"] == 2 / 4
    assert np.isnan(acme["top_fifth_revenue"])


def test_years_end_after_twelve_months() -> None:
    """Yearly measures stand at months -1, 11 and 23, and each counts its own year."""
    market = lived(ALONE, {"warm_up": 5, "horizon": 24, "start": {"customers": {"acme": 1}}})
    assert [row["month"] for row in market.history.years] == [-1, 11, 23]
    assert [row["frequency"] for row in market.history.years] == [5, 12, 12]
    assert market.history.years[1]["repeat_rate"] == 1


def test_years_in_weeks() -> None:
    """A year has 52 weeks, and 12 monthly bills."""
    change: Data = {"step": "week", "horizon": 104, "start": {"customers": {"acme": 1}}}
    years = lived(ALONE, change).history.years
    assert [row["month"] for row in years] == [51, 103]
    assert [row["frequency"] for row in years] == [12, 12]


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_the_opening_stock(setting: str) -> None:
    """A market begins with the customers that the start gave each firm."""
    change: Data = {
        "setting": setting,
        "population": {"size": 400},
        "start": {"customers": {"acme": 0.5, "bolt": 0.2}},
    }
    market = made(LIKE, change)
    stock = opening(market.world, setting == "subscription")
    providers = market.world.people["provider"]
    assert stock["customers"].tolist() == [int((providers == f).sum()) for f in range(3)]
    assert stock["buyers"].tolist() == stock["customers"].tolist()
    assert stock["customers"][2] == 0
    assert same(stock, market.history.opening)


def test_ledgers_are_kept_as_they_were() -> None:
    """What was kept of a step is not touched by the next ones."""
    market = stepped(made(LIKE), 1)
    first = market.history.ledgers[0].copy()
    stepped(market, 4)
    assert same(first, market.history.ledgers[0])
    assert len(market.history.ledgers) == len(market.history.tallies) == 5
    assert same(market.history.last, market.history.ledger()[-1])


def test_people_who_left_are_kept_once() -> None:
    """Since month 0 every leaver is kept, in the state of the moment of leaving, and no other."""
    market = lived(LIKE, {"customers": {"exit": 0.2}})
    exits = market.history.tally()["exits"]
    gone = np.concatenate([people["number"] for people, *_ in market.history.departed])
    assert len(gone) == len(set(gone.tolist())) == exits[2:].sum()
    here = market.world.people[market.world.people["present"] == PRESENT]
    assert not np.isin(gone, here["number"]).any()


def test_tables_at_asked_months() -> None:
    """The table of a month is that of a market stopped there, and later months leave it alone."""
    change: Data = {"record": {"customers_at": [0, 3]}, "customers": {"exit": 0.2}}
    whole, stopped = lived(LIKE, change), stepped(made(LIKE, change), 2 + 4)
    assert list(whole.history.kept) == [0, 3]
    for part, kept in zip(whole.history.kept[3], stopped.history.kept[3], strict=True):
        assert same(part, kept)
    people, relations, *_ = whole.history.kept[3]
    there = people["present"] == PRESENT
    assert same(people[there], stopped.world.people[stopped.world.people["present"] == PRESENT])
    assert same(relations[there], stopped.world.relations[there])
