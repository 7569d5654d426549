"""Measures: ledgers written by hand, and what their definitions make of them."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from sim.market import measures
from sim.market.run import Run
from sim.market.state import LEDGER
from tests.market.worlds import ALONE, LIKE, Data, lived, made, stepped

NAN = float("nan")


def ledger(**columns: list[float]) -> npt.NDArray[Any]:
    """(steps, 1) books of one firm with these columns, the others 0."""
    steps = len(next(iter(columns.values())))
    table = np.zeros((steps, 1), LEDGER)
    for name, values in columns.items():
        table[name][:, 0] = values
    return table


def opening(customers: int) -> npt.NDArray[Any]:
    """(1,) the stock before the first step."""
    stock = np.zeros(1, LEDGER)
    stock["customers"] = customers
    return stock


# ── by hand ───────────────────────────────────────────────────────────────────────────────────


def test_retention_by_hand() -> None:
    """Of 10 customers 1 switched, 1 left, 1 exited: 7 of 10 are kept, 1 of 10 truly exited."""
    books = ledger(
        customers=[12, 9],
        switched=[1, 0],
        left=[1, 0],
        exited=[1, 3],
        lapsed=[0, 3],
        service=[35, 6],
        save=[0, 6],
    )
    found = measures.of_retention(books, opening(10))
    assert found["lost"][:, 0].tolist() == [3, 6]
    assert found["retention"][:, 0] == pytest.approx([0.7, 0.5])
    assert found["true_exit"][:, 0] == pytest.approx([0.1, 0.25])
    assert found["cost_per_customer_kept"][:, 0] == pytest.approx([5, 2])


def test_retention_of_nobody_is_no_number() -> None:
    """Without customers before there is nothing to retain."""
    found = measures.of_retention(ledger(customers=[4]), opening(0))
    assert np.isnan(found["retention"][0, 0])
    assert np.isnan(found["true_exit"][0, 0])


def test_acquisition_by_hand() -> None:
    """Ten acquired, three by advertising, four by talk, three walked in; 60 a head."""
    books = ledger(acquired=[10], acquired_advertising=[3], acquired_word_of_mouth=[4],
                   advertising=[600], service=[999])  # fmt: skip
    found = measures.of_acquisition(books)
    assert found["acquired_walk_in"][0, 0] == 3
    assert found["acquired_by_advertising"][0, 0] == 3
    assert found["acquired_by_word_of_mouth"][0, 0] == 4
    assert found["cost_per_customer_won"][0, 0] == 60


def test_means_and_spreads_by_hand() -> None:
    """Satisfactions .6 and .8 have mean .7 and standard deviation .1; nobody has none."""
    books = ledger(
        customers=[2, 0],
        satisfaction=[1.4, 0],
        satisfaction_squared=[1.0, 0],
        promoters=[1, 0],
        unprofitable=[1, 0],
        purchases=[4, 0],
        clipped=[1, 0],
    )
    found = measures.of_customers(books)
    assert found["satisfaction"][:, 0] == pytest.approx([0.7, NAN], nan_ok=True)
    assert found["satisfaction_sd"][:, 0] == pytest.approx([0.1, NAN], nan_ok=True)
    assert found["net_promoter"][0, 0] == found["unprofitable"][0, 0] == 0.5
    assert found["clipped"][:, 0] == pytest.approx([0.25, NAN], nan_ok=True)


def test_trailing_years() -> None:
    """The product of twelve months' retention stands from the twelfth month on."""
    market = made(LIKE)
    values = np.linspace(0.9, 0.99, 14)[:, None]
    found = measures.trailing(values, market, np.prod)[:, 0]
    assert np.isnan(found[:11]).all()
    assert found[11:] == pytest.approx([np.prod(values[k : k + 12]) for k in range(3)])
    weekly = measures.trailing(np.ones((60, 1)), made(LIKE, {"step": "week"}), np.sum)[:, 0]
    assert np.isnan(weekly[:51]).all()
    assert (weekly[51:] == 52).all()


def test_filled_forward() -> None:
    """A yearly number holds until the next one; before the first there is none."""
    values = np.array([[NAN], [0.8], [NAN], [NAN], [0.7]])
    found = measures.filled_forward(values)[:, 0]
    assert found == pytest.approx([NAN, 0.8, 0.8, 0.8, 0.7], nan_ok=True)


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_customer_equity_by_hand(setting: str) -> None:
    """100 customers who bring 96 a year each and stay with .8: 9,600 / (1 + i - .8)."""
    values = {
        "customers": np.full((13, 1), 100),
        "contribution": np.full((13, 1), 800.0),
        "retention_year": np.full((13, 1), 0.8 if setting == "subscription" else 0.1),
        "repeat_rate": np.full((13, 1), 0.8 if setting == "repertoire" else 0.1),
    }
    found = measures.customer_equity(made(LIKE, {"setting": setting}), values)[:, 0]
    assert np.isnan(found[:11]).all()
    assert found[11:] == pytest.approx([9600 / (1.01**12 - 0.8)] * 2)


@pytest.mark.parametrize(("late", "settled"), [(101, True), (97, False), (100, True)])
def test_drift_by_hand(late: int, settled: bool) -> None:
    """Settled: the last twelve steps of the warm-up are within 2 % of the twelve before."""
    market = made(LIKE, {"warm_up": 30})
    table = np.zeros((30, 3), LEDGER)
    table["customers"] = 100
    table["satisfaction"] = 70.0
    table["customers"][18:, 1] = late
    table["satisfaction"][18:, 1] = 0.7 * late
    market.history.ledgers = list(table)
    report = measures.drift(market)
    assert report["firm"].tolist() == ["acme", "bolt", "cora"]
    assert report["customers"].tolist() == pytest.approx([0, late / 100 - 1, 0])
    assert report["satisfaction"].tolist() == pytest.approx([0, 0, 0])
    assert report["settled"].tolist() == [True, settled, True]


def test_drift_of_satisfaction() -> None:
    """Customers may be as many and yet grow less satisfied: not settled."""
    market = made(LIKE, {"warm_up": 24})
    table = np.zeros((24, 3), LEDGER)
    table["customers"], table["satisfaction"] = 100, 70.0
    table["satisfaction"][12:, 2] = 68.0
    market.history.ledgers = list(table)
    assert measures.drift(market)["settled"].tolist() == [True, True, False]


@pytest.mark.parametrize("warm_up", [0, 23])
def test_no_drift_report_of_a_short_warm_up(warm_up: int) -> None:
    """Under two years of warm-up there is nothing to compare."""
    assert len(measures.drift(lived(LIKE, {"warm_up": warm_up}))) == 0


# ── of markets ────────────────────────────────────────────────────────────────────────────────


def test_present_value() -> None:
    """Month 0 is not discounted, month 1 by one month, and the warm-up is booked nowhere."""
    run = Run(lived(ALONE, {"warm_up": 5, "horizon": 3, "discount_rate": 0.25}), 0.0)
    assert run.firms["profit"].tolist() == pytest.approx([8, 8, 8])
    assert run.firms["cash"].tolist() == pytest.approx([8, 16, 24])
    assert run.firms["npv"].tolist() == pytest.approx([8, 8 + 6.4, 8 + 6.4 + 5.12])
    assert run.firms["month"].tolist() == [0, 1, 2]


def test_present_value_in_weeks() -> None:
    """A discount per month takes its 12/52 in a week."""
    change: Data = {"step": "week", "horizon": 53, "discount_rate": 0.25}
    table = Run(lived(ALONE, change), 0.0).firms
    discounted = table["npv"].diff() / table["profit"]
    assert discounted.iloc[52] == pytest.approx(1.25**-12)
    assert table["npv"].iloc[0] == table["profit"].iloc[0]


@pytest.mark.parametrize(("warm_up", "first"), [(0, 11), (5, 6), (12, 0)])
def test_customer_equity_needs_a_year(warm_up: int, first: int) -> None:
    """Without twelve months, those of the warm-up included, customer equity is undefined."""
    run = Run(lived(LIKE, {"warm_up": warm_up, "horizon": 14}), 0.0)
    known = run.firms.groupby("month")["customer_equity"].count()
    assert (known[:first] == 0).all()
    assert (known[first:] == 3).all()
    assert run.firms["retention_year"].notna().groupby(run.firms["month"]).all().idxmax() == first


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_purchases_add_up_to_the_books(setting: str) -> None:
    """The log of purchases has each month's revenue, units, purchases and first purchases."""
    change: Data = {"setting": setting, "record": {"transactions": True}}
    run = Run(lived(LIKE, change), 0.0)
    log = run.transactions.groupby(["month", "firm"], sort=False).agg(
        revenue=("revenue", "sum"),
        units=("units", "sum"),
        purchases=("units", "size"),
        acquired=("first", "sum"),
    )
    books = run.firms.set_index(["month", "firm"])[list(log.columns)]
    assert log["revenue"].sum() > 0
    found = log.reindex(books.index, fill_value=0)
    assert np.allclose(found.to_numpy(float), books.to_numpy(float), rtol=1e-12)


def test_purchases_of_the_warm_up_are_not_logged() -> None:
    """The log begins with month 0."""
    run = Run(lived(LIKE, {"record": {"transactions": True}}), 0.0)
    assert sorted(run.transactions["month"].unique().tolist()) == list(range(6))


def test_purchases_must_be_asked_for() -> None:
    """Without `record.transactions` there is no log, and the error says what to set."""
    with pytest.raises(LookupError, match=r"were not kept; set record\.transactions to true"):
        Run(lived(LIKE), 0.0).transactions  # noqa: B018


def test_a_market_without_purchases_has_an_empty_log() -> None:
    """Where nobody buys, the log is a table without rows."""
    nobody = {"start": {"customers": "none", "salience": 0}, "record": {"transactions": True}}
    run = Run(lived(LIKE, {"mechanisms": {"needs": {"look_rate": 0}}}, nobody), 0.0)
    assert len(run.transactions) == 0
    assert len(run.customers) == 0


def test_the_table_of_customers() -> None:
    """A row for each person and firm of which the person ever was a customer, leavers too."""
    change: Data = {"customers": {"exit": 0.1}, "groups": {"young": {"share": 0.5}}}
    market = lived(LIKE, change)
    table = Run(market, 0.0).customers
    assert not table.duplicated(["person", "firm"]).any()
    assert (table["purchases"] >= 1).all()
    assert set(table["group"]) == {"", "young"}
    assert set(table["first_cue"]) <= {"walk_in", "advertising", "word_of_mouth"}
    w = market.world
    here = (w.relations["purchases"] > 0) & (w.people["present"] > 0)[:, None]
    assert table["present"].sum() == here.sum()
    gone = table[~table["present"]]
    assert set(gone["person"]) <= {
        int(n) for people, *_ in market.history.departed for n in people["number"]
    }
    assert (table["first"] <= table["last"]).all()
    assert table["last"].max() == 5


def test_the_table_of_an_asked_month() -> None:
    """The customers of month 3 are those of a market stopped there; others were not kept."""
    change: Data = {"record": {"customers_at": [3]}}
    whole, stopped = Run(lived(LIKE, change), 0.0), stepped(made(LIKE, change), 2 + 4)
    kept = whole.customers_at(3)
    now = measures.customer_table(stopped)
    there = kept[kept["present"]].reset_index(drop=True)
    assert there.equals(now[now["present"]].reset_index(drop=True))
    assert kept["last"].max() == 3
    with pytest.raises(
        KeyError, match=r"month 2 were not kept; ask for them by record\.customers_at"
    ):
        whole.customers_at(2)


def test_shares_of_the_market() -> None:
    """Shares of revenue add up to 1 in every month, and each is the firm's part."""
    table = Run(lived(LIKE), 0.0).firms
    total = table.groupby("month")["revenue"].transform("sum")
    assert np.allclose(table["market_share"], table["revenue"] / total)
    assert np.allclose(table.groupby("month")["market_share"].sum(), 1)


def test_contribution_and_profit() -> None:
    """Contribution is profit before acquisition spending and fixed cost."""
    table = Run(lived(LIKE, {"firms": {"acme": {"fixed_cost": 33}}}), 0.0).firms
    expected = table["profit"] + table["advertising"] + table["fixed_cost"]
    assert np.allclose(table["contribution"], expected)
    assert table.loc[table["firm"] == "acme", "fixed_cost"].eq(33).all()


def test_yearly_measures_stand_in_the_last_month_of_a_year() -> None:
    """Penetration and its like are numbers in month 11 and 23 only."""
    table = Run(lived(LIKE, {"horizon": 24}), 0.0).firms
    for name in measures.YEARLY:
        known = table.groupby("month")[name].count()
        assert known[known > 0].index.tolist() in ([11, 23], [23]), name


def test_a_firm_that_nobody_buys_from() -> None:
    """Measures of nobody are missing, not errors, and its money is 0."""
    change: Data = {"firms": {"acme": {"appeal": -50, "policy": {"budget": {"amount": 0}}}}}
    table = Run(lived(LIKE, change, {"horizon": 13}), 0.0).firms
    own = table[table["firm"] == "acme"]
    for name in ("satisfaction", "retention", "cost_per_customer_won", "frequency"):
        assert own[name].isna().all()
    assert own["profit"].eq(0).all()
    assert own["market_share"].eq(0).all()
