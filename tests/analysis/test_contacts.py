"""What a contact does to past customers, on numbers that can be done in one's head."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.industries import contacts, figures
from sim.analysis.industries.contacts import Trial
from sim.market.model import Market
from tests.market.worlds import ALONE, Data, made


def by_month(**months: int) -> np.ndarray[Any, Any]:
    """Counts of thirteen months, 0 to 12, of which some are named: m1=5."""
    counts = np.zeros(13, np.int64)
    for month, count in months.items():
        counts[int(month.removeprefix("m"))] = count
    return counts


MAILED = Trial(
    people=by_month(m1=100, m11=100),
    buyers=by_month(m1=10, m11=2),
    purchases=by_month(m1=20, m11=5),
    with_contact=by_month(m1=22, m11=8),
    contacts=50,
)
"""Half of the 200 people of a quarter: 200 followed, 50 contacts more, a quarter each."""

NO_MONEY: Data = {"policy": {"budget": {"amount": 0}, "split": {}}}
SHOP: Data = {
    "setting": "repertoire",
    "horizon": 40,
    "population": {"size": 400},
    "customers": {"needs": {"distribution": "gamma", "shape": 1, "mean": 0.5, "per": "month"}},
    "mechanisms": {
        "salience": {"floor": 0},
        "forgetting": {"salience": 0.3},
        "contacts": {"reminder": 1},
    },
    "firms": {"acme": NO_MONEY, "bolt": NO_MONEY},
    "compare": {"focal": "bolt"},
}


@pytest.fixture
def mailed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trials that were MAILED, whatever the market."""
    monkeypatch.setattr(contacts, "trial", lambda industry, replication: MAILED)


@pytest.mark.usefixtures("mailed")
def test_who_buys_without_a_contact() -> None:
    """12 buyers of 200; a fifth as many after 11 months as after one."""
    assert contacts.buyers_in_a_month("bakery", 0) == pytest.approx(0.06)
    assert contacts.fall_with_recency("bakery", 0) == pytest.approx(0.2)


@pytest.mark.usefixtures("mailed")
def test_what_one_contact_adds() -> None:
    """5 purchases more than 25, of a quarter contacted; 3 more than 5 less 2 more than 20."""
    assert contacts.effect_of_a_contact("bakery", 0) == pytest.approx(0.2 * 4)
    assert contacts.more_effect_long_ago("bakery", 0) == pytest.approx((0.6 - 0.1) * 4)


def shop(*changes: Data) -> Market:
    """Four hundred people and two firms, after a year."""
    market = made(ALONE, SHOP, *changes)
    market.run_until(12)
    return market


def test_months_since_the_last_purchase() -> None:
    """Whoever bought in the month just lived did so one month ago; after a year nobody counts."""
    market = shop()
    bought = market.world.relations["purchases"][:, 1] > 0
    last = market.world.relations["last"][:, 1]
    since = contacts.months_since(market)
    assert bought.any()
    assert not bought.all()
    assert (since[~bought] == 0).all()
    assert (since[bought] == 12 - last[bought]).all()
    market.world.relations["last"][:, 1] = -1
    assert (contacts.months_since(market) == 0).all()


def test_only_who_is_still_there_has_bought() -> None:
    """Purchases since then; of a newcomer in somebody's place none."""
    market = shop()
    before = contacts.Seen.of(market)
    market.world.relations["purchases"][:, 1] += 2
    market.world.people["number"][0] += 1000
    assert before.bought_until(market).tolist() == [0] + [2] * 399


def test_a_month_is_lived_twice() -> None:
    """The market goes on without a further contact; beside it customers have one, and buy more."""
    market = shop()
    untouched = shop()
    found = [contacts.lived_twice(market) for _ in range(12)]
    untouched.run_until(24)
    assert (market.world.relations["purchases"] == untouched.world.relations["purchases"]).all()
    assert sum(trial.contacts for trial in found) > 0
    assert all(trial.people[0] == 0 for trial in found)
    assert sum(int((trial.with_contact - trial.purchases).sum()) for trial in found) > 0


def test_who_stands_for_everybody_else_is_no_firm_of_the_industry() -> None:
    """Of .2 and .6 with one customer each the mean is .4; elsewhere, with .9, does not count."""
    table = pd.DataFrame(
        {
            "month": [5, 5, 5],
            "firm": ["shop", "web", figures.ELSEWHERE],
            "customers": [1, 1, 98],
            "satisfaction": [0.2, 0.6, 0.9],
            "praise": [3, 3, 0],
            "blame": [1, 1, 50],
        }
    )
    one: Any = SimpleNamespace(firms=table, customers=table)
    assert figures.satisfaction(one) == pytest.approx(0.4)
    assert figures.praise_per_blame(one) == pytest.approx(3)
    assert figures.customers(one)["firm"].tolist() == ["shop", "web"]
