"""Agencies: what they make of a firm's advertising money, and what they keep of it."""

import math
from typing import Any

import pytest

from sim.market.model import Market
from tests.market.test_partners import calm
from tests.market.worlds import ALONE, LIKE, Data, lived, made, same, stepped

SPEND: Data = {
    "firms": {"acme": {"policy": {"budget": {"amount": 2}, "split": {"advertising": 1.0}}}},
    "instruments": {"advertising": {"ceiling": 0.5, "rate": 1.0}},
}


def advised(*changes: Data, **said: Any) -> Market:
    """One firm that spends 2 a month on advertising to one person, through an agency."""
    agency = {"to": "acme", "contract": "oral", "fee": 0.0} | said
    return made(ALONE, SPEND, {"agencies": {"spark": agency}}, *changes)


def worth(market: Market) -> float:
    """Money that would reach as many without an agency."""
    return -math.log(1.0 - float(market.firms[0].terms["reach"]) / 0.5)


def counsel(**values: float) -> Data:
    """Calm ties, and counsel in which effort is not at stake."""
    return calm(counsel={"at_stake": 0.0, "house": 0.6, "power": 2.0} | values)


def test_better_campaigns_are_money() -> None:
    """Campaigns of .8 instead of .6 at a power of 2: money does 1.4 as much."""
    assert worth(stepped(advised(counsel(), quality=0.8), 1)) == pytest.approx(2 * 1.4)


def test_the_fee_is_part_of_the_money() -> None:
    """A quarter of 2 is kept; spending is still 2, and nothing else is charged."""
    market = stepped(advised(counsel(), quality=0.6, fee=0.25), 3)
    ledger = market.history.ledger()[:, 0]
    assert worth(market) == pytest.approx(1.5)
    assert ledger["advertising"].tolist() == [2, 2, 2]
    assert ledger["fees"].tolist() == [0.5, 0.5, 0.5]
    assert not ledger["partnering"].any()


def test_an_agency_learns_the_firm_and_takes_that_along() -> None:
    """Let go after two months, another is found after one: half a stranger, then less of one."""
    rules = counsel(stranger=0.5, learning=0.5) | {}
    rules["mechanisms"]["renewal"] = {"tolerance": 0.2, "leave": 0, "ramp_up": 0, "spread": 0}
    market = advised(rules, quality=0.8, trust=0.0, term=2, search_time=1)
    found = [worth(stepped(market, 1)) / 2 for _ in range(6)]
    strangers = [1 + 2 * (0.8 * share - 0.6) for share in (0.5, 0.75, 0.875)]
    assert found == pytest.approx([1.4, 1.4, 1.0, *strangers])


def test_effort_is_at_stake() -> None:
    """Effort of .65 with a fifth at stake: .93 of .8."""
    rules = calm(partnership={"liking_weight": 0.0}, counsel={"at_stake": 0.2})
    market = stepped(advised(rules, quality=0.8, trust=0.4, commitment=0.2), 1)
    assert worth(market) == pytest.approx(2 * (1 + 2 * (0.8 * 0.93 - 0.6)))


def test_an_agency_like_the_firm_itself_changes_nothing() -> None:
    """No fee, and counsel that is off: every purchase of every person is the same."""
    spark = {"agencies": {"spark": {"to": "acme", "fee": 0.0}}}
    change = calm(counsel="off")
    one, other = lived(LIKE, change), lived(LIKE, change, spark)
    assert same(one.world.relations, other.world.relations)
    assert same(one.world.accounts, other.world.accounts)
