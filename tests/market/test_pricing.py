"""Prices that follow rules: what is asked in each month, and what people remember of it."""

import math
from typing import Any

import pytest

from sim.market.model import Market
from tests.market.worlds import LIKE, Data, lived, made, stepped

PRICES: Data = {"firms": {"bolt": {"price": 18.0}, "cora": {"price": 30.0}}}


def asked(rule: Data, *changes: Data, firm: str = "acme") -> list[float]:
    """(8 steps,) what a firm with a list price of 20 asks beside others who ask 18 and 30."""
    market = made(LIKE, PRICES, {"firms": {"acme": {"pricing": rule}}}, *changes)
    return [float(stepped(market, 1).firm(firm).charged) for _ in range(8)]


def test_a_premium_over_the_mean() -> None:
    """A quarter more than (18 + 30) / 2 is 30; cut to 1.2 times the list price it is 24."""
    rule = {"kind": "premium", "over": 0.25}
    assert asked(rule) == [30.0] * 8
    assert asked(rule | {"most": 1.2}) == [24.0] * 8


def test_a_match_of_the_cheapest() -> None:
    """Of 18 and 30 it is 18; the mean, 24, is more than the list price, which is asked then."""
    assert asked({"kind": "match"}) == [18.0] * 8
    assert asked({"kind": "match", "of": "mean"}) == [20.0] * 8
    assert asked({"kind": "match", "least": 0.95}) == [19.0] * 8


def test_a_cut_is_matched_late() -> None:
    """Bolt asks 12 in months 1 and 2 (steps 3 and 4). Seen a step later, every month: 4 and 5.

    Who looks every third month, in month 3, sees the 12 of month 2 and stays with it.
    """
    cut: Data = {"interventions": [{"from": 1, "until": 3, "firm": "bolt", "set": {"price": 12.0}}]}
    assert asked({"kind": "match", "every": 1}, cut) == [18.0] * 4 + [12.0] * 2 + [18.0] * 2
    assert asked({"kind": "match", "every": 3}, cut) == [18.0] * 5 + [12.0] * 3


def test_promotions() -> None:
    """A quarter off every third month from month 0 on; the warm-up of two months has none."""
    rule = {"kind": "promotions", "depth": 0.25, "every": 3}
    assert asked(rule) == [20.0, 20.0, 15.0, 20.0, 20.0, 15.0, 20.0, 20.0]


def test_two_premiums_stay_in_bounds() -> None:
    """Two who ask a half more than each other climb to twice their list price, not for ever."""
    rule: Data = {"kind": "premium", "over": 0.5, "every": 1}
    two = {"firms": {"acme": {"pricing": rule}, "bolt": {"pricing": rule, "price": 20.0}}}
    market = made({**LIKE, "horizon": 8, "firms": {}}, two)
    found = [float(stepped(market, 1).firm("acme").charged) for _ in range(5)]
    assert found == [30.0, 40.0, 40.0, 40.0, 40.0]


def test_alone_there_is_nobody_to_follow() -> None:
    """A firm without rivals asks its list price."""
    market = made({**LIKE, "firms": {"acme": {"pricing": {"kind": "premium", "over": 1.0}}}})
    assert stepped(market, 3).firm("acme").charged == 20.0


def gaps(market: Market) -> list[float]:
    """(8 steps,) how dear Acme's price feels, beside what its logarithm says."""
    found = []
    for _ in range(8):
        row = stepped(market, 1).firm("acme").terms
        found.append(float(row["price_gap"]) - math.log(float(row["price"]) / 20.0))
    return found


def test_what_is_remembered() -> None:
    """Half price in month 0: ln 2 is gained, at weight ½; half of the memory goes along.

    From 20 it goes to 15; back at 20, ln (20/15) is lost, at weight 2; then from 17.5, 18.75, ...
    """
    memory = {"mechanisms": {"price_memory": {"adjusting": 0.5, "gain": 0.5, "loss": 2.0}}}
    cut = {"interventions": [{"until": 1, "firm": "acme", "set": {"price": 10.0}}]}
    found = gaps(made(LIKE, memory, cut))
    usual = [15.0, 17.5, 18.75, 19.375, 19.6875]
    expected = [0.0, 0.0, -0.5 * math.log(2), *(2.0 * math.log(20.0 / each) for each in usual)]
    assert found == pytest.approx(expected)


def test_a_price_that_moves_is_booked_as_it_is() -> None:
    """Revenue is units times the price of the month."""
    ledger: Any = lived(
        LIKE, {"firms": {"acme": {"pricing": {"kind": "promotions", "depth": 0.25, "every": 2}}}}
    ).history.ledger()[:, 0]
    assert ledger["revenue"] == pytest.approx(ledger["units"] * ([15.0, 20.0] * 4))


def test_prices_go_along() -> None:
    """A branch goes on with the prices and memories it had."""
    rule: Data = {"firms": {"acme": {"pricing": {"kind": "match", "every": 3}}}}
    memory: Data = {"mechanisms": {"price_memory": {"loss": 1.0}}}
    cut: Data = {"interventions": [{"from": 1, "until": 3, "firm": "bolt", "set": {"price": 12.0}}]}
    market = stepped(made(LIKE, PRICES, rule, memory, cut), 6)
    future = market.branch().run_model()
    market.run_model()
    assert future.firm("acme").memory() == market.firm("acme").memory()
    assert (future.history.ledger()["revenue"] == market.history.ledger()["revenue"]).all()
