"""Investors: what money costs, how far a firm may be in debt, and what it must cut."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.market.investors import Investor
from sim.market.measures import equity_seen, measured
from sim.market.model import Market
from sim.market.run import Run
from sim.market.saving import load_market
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, same, stepped

STEADY: Data = {"mechanisms": {"capital": {"base": 0.02, "risk": 0, "level": 0, "stock": 0}}}
"""Capital at 2 % a month whatever happens."""


def lent(*changes: Data, **said: Any) -> Market:
    """One firm with one customer, who brings 8 a month, and an investor."""
    return made(ALONE, {"investors": {"bank": {"to": "acme"} | said}}, *changes)


def costs(fixed: float, budget: float = 0.0) -> Data:
    """Fixed cost and a budget for advertising, a month."""
    policy = {"budget": {"amount": budget}, "split": {"advertising": 1.0}}
    return {"firms": {"acme": {"fixed_cost": fixed, "policy": policy}}}


def books(market: Market, name: str) -> list[float]:
    """A column of the firm's ledger."""
    values: list[float] = market.history.ledger()[name][:, 0].tolist()
    return values


def test_debt_bears_interest() -> None:
    """A loss of 100 each month: 2 % of 100, then of 202, then of 306.04, with what was charged."""
    market = stepped(lent(STEADY, costs(108)), 4)
    assert books(market, "interest") == pytest.approx([0, 2, 4.04, 6.1208])
    table = Run(market, 0.0).firms
    assert table["cash"].iloc[-1] == pytest.approx(-400 - 12.1608)
    assert table["contribution"].tolist() == pytest.approx([8] * 4)


def test_cash_at_hand_bears_none() -> None:
    """Who begins with 150 borrows 50 after two losses of 100, and pays for that."""
    assert books(stepped(lent(STEADY, costs(108), cash=150), 3), "interest") == pytest.approx(
        [0, 0, 1]
    )


def test_a_firm_spends_what_it_has() -> None:
    """It wants 30 a month and earns 8: after two months 6 are left of a line of 50, and 8 come in.

    From then on it has the 8 that it earns, and is 50 in debt.
    """
    free = STEADY | {"mechanisms": {"capital": {"base": 0, "risk": 0, "level": 0, "stock": 0}}}
    market = stepped(lent(free, costs(0, 30), line=50), 5)
    assert books(market, "advertising") == pytest.approx([30, 30, 14, 8, 8])
    assert min(Run(market, 0.0).firms["cash"]) >= -50 - 1e-9


def test_patience_ends_and_comes_back_with_the_money() -> None:
    """More than two losses in a row: nothing is lent until the debt is paid."""
    market = lent(STEADY, costs(108), line=1000, patience=2)
    lines = []
    for _ in range(5):
        market.step()
        lines.append(market.investors[0].line)
    assert lines == [1000, 1000, 1000, 0, 0]
    market.investors[0].balance = 200.0
    assert stepped(market, 1).investors[0].line == 1000


def test_without_means_there_is_no_campaign() -> None:
    """Nothing is lent and nothing earned: nothing is spent, in campaigns neither."""
    campaign = {"instrument": "advertising", "per_head": 3.0}
    policy = {"budget": {"amount": 5}, "split": {"service": 1.0}, "campaigns": [campaign]}
    change = {"firms": {"acme": {"fixed_cost": 100, "policy": policy}}}
    market = stepped(lent(STEADY, change, line=0), 4)
    assert sum(books(market, "service")[1:]) == sum(books(market, "advertising")[1:]) == 0


def test_unsteady_cash_flow_makes_capital_dear() -> None:
    """Half of the months lose 10 of 20 and half gain 8: risk .45 and margin -.05 of revenue."""
    rule = {"base": 0.01, "risk": 0.02, "level": 0.01, "stock": 0.0}
    change = {"mechanisms": {"capital": rule}, "horizon": 24}
    swings = [
        {"from": n, "until": n + 1, "firm": "acme", "set": {"fixed_cost": 18}}
        for n in range(0, 24, 2)
    ]
    market = stepped(lent(change, {"interventions": swings}, cash=1000), 13)
    found = market.investors[0].cost
    assert found == pytest.approx(0.01 + 0.02 * 0.45 + 0.01 * 0.05)
    assert market.history.ledger()["cost_of_capital"][-1, 0] == found


def test_relationships_are_learnt_with_a_lag() -> None:
    """From the month in which equity is known a tenth of the way is gone, each month anew."""
    market = lent({"horizon": 24, "discount_rate": 0.05}, cash=1000)
    stepped(market, 13)
    assert market.investors[0].believed == 0
    seen = []
    for _ in range(2):
        seen.append(float(equity_seen(market)[0]))
        market.step()
    assert market.investors[0].believed == pytest.approx(0.1 * seen[1] + 0.9 * 0.1 * seen[0])


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_what_an_investor_sees_is_what_is_measured(setting: str) -> None:
    """Customer equity by the last year's books is that of the whole history."""
    market = lived(LIKE, {"setting": setting, "horizon": 30})
    whole = measured(market, market.history.ledger())["customer_equity"][-1]
    assert np.isfinite(whole).any()
    assert equity_seen(market) == pytest.approx(whole, nan_ok=True)


def test_value_is_cash_flow_over_what_it_costs() -> None:
    """8 a month at 2 % are 400; before a year is over nobody knows."""
    table = Run(stepped(lent(STEADY, cash=100), 12), 0.0).firms
    assert table["cost_of_capital"].tolist() == [0.02] * 12
    assert table["firm_value"].iloc[:11].isna().all()
    assert table["firm_value"].iloc[11] == pytest.approx(400)


def test_enough_money_is_like_no_investor() -> None:
    """Who never borrows and can pay for all that it wants lives as without."""
    bank = {"investors": {"bank": {"to": "acme", "cash": 1e9}}}
    one, other = lived(LIKE), lived(LIKE, bank)
    assert same(one.world.relations, other.world.relations)
    assert same(one.world.accounts, other.world.accounts)
    assert len(other.agents_by_type[Investor]) == 1


@pytest.mark.parametrize("at", [0, 3, 7])
def test_saved_and_branched_investors_go_on(at: int, tmp_path: Path) -> None:
    """Saved, branched or lived at once, they come to the same."""
    change: Data = {
        "firms": {"acme": {"fixed_cost": 900}},
        "investors": {"bank": {"to": "acme", "line": 500, "patience": 1}},
    }
    whole, market = lived(LIKE, change), stepped(made(LIKE, change), at)
    assert whole.investors[0].is_withdrawn
    for other in (load_market(market.save(tmp_path)), market.branch(), market):
        other.run_model()
        assert alike(other, whole)
        assert other.investors[0].memory() == whole.investors[0].memory()
