"""Taking stock: charges for care and acquisition, counts of customers, breaking even."""

import pytest

from sim.market.compile import as_records
from sim.market.context import Month
from sim.market.run import Run
from sim.market.state import ADVERTISING, NEVER, WALK_IN, World
from sim.market.stock import charge_acquisition, charge_care, take_stock, take_stock_of_salience
from tests.market.worlds import ALONE, LIKE, Data, lived, made


def two_firms(*changes: Data) -> tuple[Month, World]:
    """Month and tables of a market of one person, customer of the first of two firms."""
    market = made(ALONE, {"firms": {"bolt": {}}}, *changes)
    w = as_records(market.world)
    w.people[0].provider = 0
    w.relations[0, 0].purchases, w.relations[0, 0].last = 1, -1
    return market.now(), w


def test_care_is_charged_to_customers() -> None:
    """Each customer carries the care of the own firm and of no other."""
    m, w = two_firms()
    w.firms["care"] = [1.5, 9.0]
    for f in range(2):
        charge_care(m, w, 0, f)
    assert w.accounts["profit"][0].tolist() == [-1.5, 0]


@pytest.mark.parametrize(
    ("first", "cue", "charged"),
    [(0, ADVERTISING, 25), (0, WALK_IN, 0), (-1, ADVERTISING, 0), (NEVER, ADVERTISING, 0)],
    ids=["won now", "walked in", "won before", "never bought"],
)
def test_acquisition_is_charged_to_those_won_by_advertising(
    first: int, cue: int, charged: float
) -> None:
    """Only customers whom advertising won in this very step share what it cost."""
    m, w = two_firms()
    w.firms["acquisition_cost"] = 25
    w.relations[0, 0].first, w.relations[0, 0].first_cue = first, cue
    for f in range(2):
        charge_acquisition(m, w, 0, f)
    assert w.accounts["acquisition_cost"][0].tolist() == [charged, 0]
    assert w.accounts["profit"][0].tolist() == [-charged, 0]


@pytest.mark.parametrize(
    ("satisfaction", "promoters", "detractors"),
    [(0.85, 1, 0), (0.84, 0, 0), (0.65, 0, 0), (0.64, 0, 1)],
)
def test_a_customer_is_counted(satisfaction: float, promoters: int, detractors: int) -> None:
    """The sums over customers are those of one person; the other firm counts its salience only."""
    m, w = two_firms()
    relation = w.relations[0, 0]
    relation.satisfaction, relation.trust, relation.commitment = satisfaction, 0.5, 0.2
    w.relations["salience"][0] = [0.9, 0.4]
    w.accounts[0, 0].profit = -0.01
    take_stock(m, w, 0, 0)
    take_stock_of_salience(w, 0, 0)
    take_stock_of_salience(w, 0, 1)
    entry, other = w.ledger[0], w.ledger[1]
    assert (entry.customers, entry.buyers, entry.unprofitable) == (1, 1, 1)
    assert (entry.promoters, entry.detractors) == (promoters, detractors)
    assert (entry.satisfaction, entry.satisfaction_squared) == (satisfaction, satisfaction**2)
    assert (entry.trust, entry.trust_squared, entry.commitment) == (0.5, 0.25, 0.2)
    assert (entry.salience, other.salience) == (0.9, 0.4)
    assert (other.customers, other.buyers) == (0, 0)


@pytest.mark.parametrize(
    ("setting", "step", "serving"),
    [
        ("subscription", "month", 2.0),
        ("subscription", "week", 2 * 12 / 52),
        ("repertoire", "month", 0.0),
    ],
)
def test_cost_to_serve(setting: str, step: str, serving: float) -> None:
    """A subscriber costs 2 a month whether there is a bill or not; a buyer costs at purchase."""
    m, w = two_firms({"setting": setting, "step": step})
    take_stock(m, w, 0, 0)
    assert w.ledger[0].serving == pytest.approx(serving)
    assert w.accounts[0, 0].profit == pytest.approx(-serving)


def test_lapsing_is_counted_once() -> None:
    """With a window of three steps a purchase in step 4 lapses in step 7, and in no other."""
    m, w = two_firms({"setting": "repertoire", "active_months": 3})
    w.relations[0, 0].last = 4
    counted = []
    for step in range(4, 10):
        w.ledger[:] = 0
        take_stock(m._replace(step=step), w, 0, 0)
        counted.append((int(w.ledger[0].customers), int(w.ledger[0].lapsed)))
    assert counted == [(1, 0), (1, 0), (1, 0), (0, 1), (0, 0), (0, 0)]


@pytest.mark.parametrize(
    ("first", "profit", "expected"), [(3, 0.0, 5), (3, -0.1, NEVER), (1, 50.0, NEVER)]
)
def test_breaking_even(first: int, profit: float, expected: int) -> None:
    """A customer won since month 0 breaks even when profit reaches 0; earlier ones never do."""
    m, w = two_firms()
    m = m._replace(step=5, booked_from=2)
    w.relations[0, 0].first, w.accounts[0, 0].profit = first, profit + 2.0
    take_stock(m, w, 0, 0)
    assert w.accounts[0, 0].break_even == expected
    w.accounts[0, 0].profit = 100
    take_stock(m._replace(step=9), w, 0, 0)
    later = 9 if expected == NEVER and first >= 2 else expected
    assert w.accounts[0, 0].break_even == later


def test_break_even_by_hand() -> None:
    """Won in month 0 for 20 of advertising at a margin of 8: even in the third month."""
    policy = {"budget": {"amount": 20}, "split": {"advertising": 1.0}}
    change: Data = {
        "instruments": {"advertising": {"ceiling": 1, "rate": 1000}},
        "firms": {"acme": {"policy": policy}},
    }
    market = made(ALONE, change)
    profit = []
    for _ in range(4):
        market.step()
        profit.append(float(market.world.accounts["profit"][0, 0]))
    assert profit == pytest.approx([-12, -4, 4, 12])
    assert market.world.accounts["break_even"][0, 0] == 2
    assert market.history.ledger()["unallocated"][:, 0].tolist() == [0, 20, 40, 60]


def test_no_break_even_for_customers_from_before() -> None:
    """Who was a customer before month 0 has no break-even month, those won later mostly have."""
    table = Run(lived(LIKE, {"horizon": 24, "warm_up": 12}), 0.0).customers
    before = table[table["first"] < 0]
    assert len(before) > 20
    assert before["break_even"].isna().all()
    after = table[table["first"] >= 0]
    assert after["break_even"].notna().sum() > 5
    assert (after["break_even"] - after["first"]).dropna().ge(0).all()
    assert after.loc[after["break_even"].isna(), "profit"].lt(0).all()
