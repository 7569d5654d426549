"""Run-off: what the customers of the horizon still bring, and when that ends."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.experiments.runoff import (
    MOST_MONTHS,
    Afterwards,
    RunOff,
    has_faded,
    longest,
    remainder_of,
    run_off,
    spending_per_customer,
    staff_for,
    without_newcomers,
)
from sim.market.model import Market
from sim.market.state import PRESENT
from sim.policy.instruments import INSTRUMENTS
from sim.scenario.loading import scenario_from
from sim.scenario.paths import merge
from sim.scenario.schema import WEEKS_PER_MONTH, Scenario
from sim.scenario.staff import Staff
from sim.theory import clv
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, same, stepped

MARGIN = 8.0
"""Of the one customer of ALONE in a month: price 20, goods 10, serving 2."""
SERVED: Data = {"policy": {"budget": {"amount": 90}, "split": {"service": 1}}}
D01 = "sim:theory/d01_retention_value_deferred"


def faithful(people: int = 1, **changes: Any) -> Market:
    """A year of one firm whose customers never leave."""
    start = {"customers": {"acme": 1}, "salience": 1}
    return lived(ALONE, {"start": start, "population": {"size": people}}, changes)


def renewing(retention: float, discount: float, **changes: object) -> Market:
    """A cohort of 20,000 after three months of renewals with a fixed probability, margin 1."""
    appeal = math.log(retention / (1 - retention))
    overrides = {"horizon": 3, "discount_rate": discount, "firms.acme.appeal": appeal, **changes}
    return Market(D01, overrides=overrides).run_model()


def two_like_firms() -> Data:
    """Beside the firm of row D01 another one, and no wish to stop."""
    like = {"price": 2, "unit_cost": 1, "cost_to_serve": 0, "policy": {"budget": {"amount": 0}}}
    return {"firms.bolt": like, "mechanisms.choice.outside": "none"}


def number_of_customers(market: Market, firm: str = "acme") -> int:
    """Customers at the end of the last step."""
    return int(market.firm(firm).last["customers"])


# ── the value ─────────────────────────────────────────────────────────────────────────────────


def test_value_in_the_head() -> None:
    """Who never leaves brings 8 a month: 96 in a year without discount, and then as much again."""
    found = run_off(faithful(discount_rate=0), "acme", npv=96e3)
    assert found.series.tolist() == [MARGIN] * 12
    assert (found.value, found.months, found.remainder) == (96, 12, 0)
    assert found.customers.tolist() == [1] * 12
    assert run_off(faithful(3, discount_rate=0), "acme", npv=288e3).value == 3 * 96


def test_discount_goes_on_from_the_horizon() -> None:
    """The first month afterwards is month 12, worth 8 / 1.01^12."""
    series = run_off(faithful(discount_rate=0.01), "acme", npv=1e9).series
    assert series == pytest.approx(MARGIN * 1.01 ** -np.arange(12.0, 24.0))


def test_weeks() -> None:
    """A year has 52 steps, whose discount is that of months."""
    found = run_off(faithful(step="week", horizon=4, discount_rate=0.01), "acme", npv=1e9)
    assert len(found.series) == 52
    assert found.months == pytest.approx(12)
    assert longest(faithful(step="week").spec) == 2600
    undiscounted = found.series * 1.01 ** ((4 + np.arange(52)) / WEEKS_PER_MONTH)
    assert undiscounted.sum() == pytest.approx(12 * MARGIN)


@pytest.mark.parametrize(("retention", "discount"), [(0.8, 0.1), (0.9, 0.02), (0.6, 0)])
def test_value_of_renewals(retention: float, discount: float) -> None:
    """Value per customer is m r / (1 + i - r), one month before the first renewal (row D01)."""
    market = renewing(retention, discount)
    count = number_of_customers(market)
    found = run_off(market, "acme", npv=0.0)
    to_then = (1 + discount) ** -2.0
    error = clv.value_sd(retention, discount) * to_then / math.sqrt(count)
    exact = clv.value(retention, discount, timing="deferred") * to_then
    assert found.value / count == pytest.approx(exact, abs=4 * error)
    assert found.remainder == 0


def test_fixed_cost_is_nobodys() -> None:
    """What no customer causes is left out."""
    dear = {"acme": {"fixed_cost": 1e6}}
    assert run_off(faithful(firms=dear, discount_rate=0), "acme", npv=1e6).value == 96


# ── who is booked ─────────────────────────────────────────────────────────────────────────────


def test_once_lost_is_lost() -> None:
    """With two like firms half of the customers go each month, and who comes back counts nought.

    The value is that of a retention of a half, though the firm keeps half of all people.
    """
    market = renewing(0.5, 0.01, **two_like_firms())
    count = number_of_customers(market)
    found = run_off(market, "acme", npv=0.0)
    exact = clv.value(0.5, 0.01, timing="deferred") * 1.01**-2
    error = clv.value_sd(0.5, 0.01) / math.sqrt(count)
    assert found.value / count == pytest.approx(exact, abs=4 * error)
    assert count == pytest.approx(10_000, abs=300)
    assert (np.diff(found.customers) <= 0).all()
    assert found.customers[:2] == pytest.approx([count / 2, count / 4], rel=0.06)


def test_buyers_who_come_back_are_booked() -> None:
    """In repertoire a customer is booked at every purchase, until he leaves the category.

    Two like firms and a need a month: half of it for each, for ever, at a margin of 1.
    """
    changes = {"setting": "repertoire", "active_months": 1, "population.size": 2000}
    market = renewing(0.5, 0.02, **two_like_firms(), **changes, **{"customers.basket": 1})
    count = number_of_customers(market)
    found = run_off(market, "acme", npv=0.0)
    assert count == pytest.approx(2000 * (1 - math.exp(-0.5)), abs=4 * math.sqrt(500))
    assert (found.customers == count).all()
    bought = (found.series * 1.02 ** (3 + np.arange(len(found.series)))).sum()
    needs = 0.5 * len(found.series) * count
    assert bought == pytest.approx(needs, abs=4 * math.sqrt(needs))


def test_a_firm_without_customers() -> None:
    """Nobody brings nothing, at once."""
    found = run_off(lived(LIKE, {"firms": {"acme": {"appeal": -50}}}), "acme", npv=-1.0)
    assert (found.value, found.months, found.remainder, len(found.series)) == (0, 0, 0, 0)


# ── nobody enters, nothing is spent on winning ────────────────────────────────────────────────


def test_newcomers_are_not_booked() -> None:
    """A place that became free stays free: 10 % leave a month, and newcomers would be customers."""
    entry = {"closure": "replace", "on_arrival": {"customer_of": "acme"}}
    chance = {"distribution": "beta", "a": 1e5, "b": 9e5, "after": "period"}
    market = faithful(
        4000, population={"entry": entry}, customers={"exit": chance}, discount_rate=0.01
    )
    found = run_off(market, "acme", npv=0.0)
    exact = clv.value(0.9, 0.01, MARGIN, "deferred") * 1.01**-11
    error = clv.value_sd(0.9, 0.01, MARGIN) / math.sqrt(4000)
    assert found.value / number_of_customers(market) == pytest.approx(exact, abs=4 * error)
    assert (np.diff(found.customers[:12]) < 0).all()


@pytest.mark.parametrize("closure", ["replace", "poisson", "listed", "cohort"])
def test_nobody_enters(closure: str, tmp_path: Path) -> None:
    """Every closure is closed: no new number, no fuller market, whatever the list still holds."""
    entry: Data = {"closure": closure}
    if closure == "poisson":
        entry["per_month"] = 5.0
    if closure == "listed":
        file = tmp_path / "arrivals.csv"
        file.write_text("step\n" + "\n".join(str(step) for step in range(60)), "utf-8")
        entry["file"] = file.name
    data = merge(LIKE, {"population": {"entry": entry}, "customers": {"exit": 0.1}})
    market = Market(scenario_from(data, tmp_path)).run_model()
    future = without_newcomers(market)
    numbers, arrived = future.world.people["number"].copy(), future.world.people["arrived"].copy()
    before = [future.population()]
    for _ in range(24):
        before.append(stepped(future, 1).population())
    assert (np.diff(before) <= 0).all()
    assert before[-1] < before[0]
    assert same(future.world.people["number"], numbers)
    assert same(future.world.people["arrived"], arrived)


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_money_after_the_horizon(setting: str) -> None:
    """Nothing for winning; for keeping, what each customer had in the last booked year."""
    has = (None, "staff", "helpdesk", "lines")
    usable = [n for n, own in INSTRUMENTS.items() if setting in own.settings and own.needs in has]
    split = {name: 1 / len(usable) for name in usable}
    policy = {"budget": {"amount": 400}, "split": split}
    offer = {"policy": policy, "staff": {}, "helpdesk": {}, "lines": {"care": {}}}
    firms = dict.fromkeys(("acme", "bolt"), offer)
    customers = {"exit": 0.02}
    market = lived(
        LIKE, {"setting": setting, "horizon": 12, "firms": firms, "customers": customers}
    )
    after = Afterwards(market, "acme")
    heads = [number_of_customers(after.market)]
    for _ in range(24):
        after.step()
        heads.append(number_of_customers(after.market))
    ledger = after.market.history.ledger()[-24:]
    for name, own in INSTRUMENTS.items():
        if own.side == "acquisition":
            assert not ledger[name][:, 0].any()
    assert ledger["advertising"][:, 1].all()
    per_head = ledger["service"][:, 0].sum() / sum(heads[:-1])
    assert per_head == pytest.approx(after.spending["service"], rel=1e-9)
    assert heads[-1] < 0.8 * heads[0]
    employed = ledger["employed"][:, 0] / heads[:-1]
    assert employed == pytest.approx(4 / heads[0])
    assert ledger["staff"][:, 0] / heads[:-1] == pytest.approx(after.spending["staff"])


def test_someone_stays_to_the_end() -> None:
    """Half the customers keep half the staff; where nobody is left, staff stay as they are."""
    staff = Staff()
    half = staff_for(staff, 0.5)
    assert half is not None
    assert [department.heads for department in half.departments.values()] == [1.0, 1.0]
    assert staff_for(staff, 0.0) == staff
    assert staff_for(None, 0.5) is None


def test_spending_per_customer() -> None:
    """90 a month for 3 customers are 30 each, by instrument; winning is no part of it."""
    market = faithful(3, firms={"acme": SERVED})
    found = spending_per_customer(market, market.firms[0])
    assert found.pop("service") == pytest.approx(30)
    assert set(found.values()) == {0}
    assert "advertising" not in found


def test_the_last_year_counts() -> None:
    """While customers become fewer, the same money is ever more for each: twelve months of it."""
    market = renewing(0.8, 0.1, horizon=18, **{"firms.acme": {**one_of_margin(), **SERVED}})
    customers = market.history.ledger()["customers"][:, 0]
    found = spending_per_customer(market, market.firms[0])["service"]
    assert found == pytest.approx(12 * 90 / customers[5:17].sum())


def test_what_was_saved_up_is_not_spent() -> None:
    """Money of a year in which there was no occasion to spend it is no spending of that year."""
    waiting = {"policy": {"budget": {"amount": 90}, "split": {"save": 1}}}
    market = faithful(firms={"acme": waiting})
    after = Afterwards(market, "acme")
    assert market.firms[0].carried["save"] == pytest.approx(12 * 90)
    assert set(after.firm.carried.values()) == set(after.spending.values()) == {0}


def test_the_last_customer_is_not_given_everything() -> None:
    """A budget by amount shrinks with the customers: each costs what they cost before."""
    market = renewing(0.8, 0.1, **{"firms.acme": {**one_of_margin(), **SERVED}})
    count = number_of_customers(market)
    care = 3 * 90 / sum([20_000, *market.history.ledger()["customers"][:-1, 0]])
    found = run_off(market, "acme", npv=0.0)
    heads = np.array([count, *found.customers[:-1]])
    exact = (found.customers - care * heads) * 1.1 ** -np.arange(3.0, 3 + len(heads))
    assert found.series == pytest.approx(exact)
    assert care > 0.001


def one_of_margin() -> Data:
    """The firm of row D01, renewed with probability .8."""
    return {"price": 2, "unit_cost": 1, "cost_to_serve": 0, "appeal": math.log(4)}


# ── the end ───────────────────────────────────────────────────────────────────────────────────


def test_it_ends_with_a_year_of_little() -> None:
    """The last year brings less than 0.1 % of all that there is, the one before more."""
    for npv in (0.0, 1e5):
        found = run_off(renewing(0.9, 0.02), "acme", npv=npv)
        years = found.series.reshape(-1, 12).sum(axis=1)
        small = years < 0.001 * (npv + years.cumsum())
        assert len(small) > 1
        assert small.tolist() == [False] * (len(years) - 1) + [True]


def test_more_behind_it_ends_earlier() -> None:
    """Against a large value so far, the first year afterwards is already next to nothing."""
    assert run_off(renewing(0.9, 0.02), "acme", npv=1e9).months == 12


def test_a_year_without_a_bill_is_no_end() -> None:
    """Contracts of two years, all renewed in the same month: the year between brings nothing."""
    contract = {"billing_months": 24, "horizon": 6, "discount_rate": 0.01}
    firms = {"acme": {"cost_to_serve": 0}}
    start = {"customers": {"acme": 1}, "first_renewal": "deferred"}
    found = run_off(lived(ALONE, {**contract, "firms": firms, "start": start}), "acme", npv=0.0)
    assert found.months > 240
    assert np.count_nonzero(found.series) == found.months // 24


def test_it_ends_after_600_months() -> None:
    """Who never leaves, at a low discount rate: the remainder is what the perpetuity has left."""
    found = run_off(faithful(discount_rate=0.001), "acme", npv=0.0)
    now = 1 / 1.001
    assert found.months == MOST_MONTHS == len(found.series)
    assert found.value == pytest.approx(MARGIN * now**12 * (1 - now**600) / (1 - now))
    assert found.remainder == pytest.approx(MARGIN * now**612 / (1 - now))


def test_without_discount_there_is_no_end() -> None:
    """8 a month for ever: 600 months of it, and a remainder without bound."""
    found = run_off(faithful(discount_rate=0), "acme", npv=0.0)
    assert (found.value, found.remainder) == (600 * MARGIN, math.inf)


def test_steps_can_be_counted() -> None:
    """The longest run-off after the longest market is still within 16 bits."""
    limits = [
        limit.le
        for name in ("warm_up", "horizon")
        for limit in Scenario.model_fields[name].metadata
        if hasattr(limit, "le")
    ]
    assert len(limits) == 2
    assert sum(limits) + MOST_MONTHS * WEEKS_PER_MONTH <= np.iinfo(np.int16).max


@pytest.mark.parametrize(
    ("series", "npv", "faded"),
    [([], 5, False), ([0.0] * 11, 5, False), ([0.0] * 12, 5, True), ([0.0] * 13, 5, False),
     ([1.0] * 12, 0, False), ([1.0] * 12, 11_987, False), ([1.0] * 12, 11_989, True),
     ([-1.0] * 12, -11_989, True), ([-1.0] * 12, 11_989, False)],
)  # fmt: skip
def test_has_faded(series: list[float], npv: float, faded: bool) -> None:
    """12 are under 0.1 % of 12,001, not of 11,999; years end after twelve months only."""
    assert has_faded(np.array(series), 12, npv) == faded


@pytest.mark.parametrize(
    ("last", "remainder"),
    [(0.5, 1.0), (0.0, 0.0), (1.0, math.inf), (2.0, math.inf), (-0.5, math.nan)],
)
def test_remainder(last: float, remainder: float) -> None:
    """1, then a half: a quarter, an eighth and so on are still to come, a half in all per unit."""
    series = np.array([7.0] * 60 + [1.0] * 60 + [last] * 60) * 1 / 30
    assert remainder_of(series, 12) == pytest.approx(remainder, nan_ok=True)


def test_remainder_of_losses() -> None:
    """Losses that fade leave a loss."""
    assert remainder_of(np.array([-2.0, -1.0]), 1) == -1
    assert math.isnan(remainder_of(np.array([0.0, 0.0]), 1))


# ── the market given ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_the_market_stays_as_it_is(setting: str) -> None:
    """Running off changes nothing, not even what the market would live afterwards."""
    changes = {"setting": setting, "record": {"transactions": True}}
    market, other = lived(LIKE, changes), lived(LIKE, changes)
    one, two = (run_off(market, "bolt", npv=1e3) for _ in range(2))
    assert one.series.tolist() == two.series.tolist()
    assert alike(market, other)
    assert market.firm("bolt").offer == other.firm("bolt").offer
    assert alike(stepped(market, 14), stepped(other, 14))
    assert market.world.people["present"].sum() == PRESENT * 80


def test_what_is_refused() -> None:
    """A firm there is not, and a market that has booked nothing yet."""
    with pytest.raises(KeyError, match="acme, bolt, cora"):
        run_off(lived(LIKE), "dune", npv=0.0)
    with pytest.raises(ValueError, match="must have lived a booked step, its next month is -2"):
        run_off(made(LIKE), "acme", npv=0.0)


def test_a_run_off_is_what_it_says() -> None:
    """The value is the sum of its months."""
    found = run_off(lived(LIKE), "acme", npv=1e3)
    assert isinstance(found, RunOff)
    assert found.value == pytest.approx(found.series.sum())
    assert len(found.series) == len(found.customers) == found.months
