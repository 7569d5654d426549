"""What Mesa 3.5 wants: a model with agents, a clock, a collector, a scenario; batches of runs."""

import mesa
import numpy as np
import pytest

from sim.market.firms import Firm, profit
from sim.market.mesa_adapter import MarketScenario
from sim.market.model import Market
from tests.market.worlds import LIKE, alike, lived, made


def test_a_market_is_a_mesa_model() -> None:
    """Firms are its agents; its scenario carries ours, frozen, and knows its model."""
    market = made(LIKE)
    assert isinstance(market, mesa.Model)
    assert list(market.agents) == market.firms
    assert market.agent_types == [Firm]
    assert isinstance(market.scenario, MarketScenario)
    assert market.scenario.spec is market.spec
    assert market.scenario.model is market
    assert [firm.unique_id for firm in market.agents] == [1, 2, 3]


def test_run_for_and_run_until() -> None:
    """Mesa's clock counts the market's steps, and lives the same market."""
    market = made(LIKE)
    market.run_for(3)
    assert (market.clock, market.steps, market.time, market.month) == (3, 3, 3, 1)
    market.run_until(8)
    assert (market.clock, market.steps, market.time, market.month) == (8, 8, 8, 6)
    assert not market.running
    assert alike(market, lived(LIKE))


def test_the_clock_of_a_branch() -> None:
    """A branch goes on at the time of its parent, so `run_until` means the same for both."""
    market = made(LIKE)
    market.run_for(3)
    branch = market.branch()
    assert (branch.time, branch.steps) == (3, 3)
    branch.run_until(5)
    assert (branch.clock, branch.steps, branch.time) == (5, 5, 5)
    branch.run_for(1)
    market.run_for(3)
    assert branch.clock == market.clock == 6
    assert alike(branch, market)


def test_collected_columns() -> None:
    """After each step each firm's customers, revenue and profit are collected, as in the ledger."""
    market = lived(LIKE)
    table, ledger = market.datacollector.get_model_vars_dataframe(), market.history.ledger()
    assert list(table.columns) == [
        f"{firm}.{what}" for firm in LIKE["firms"] for what in ("customers", "revenue", "profit")
    ]
    for position, firm in enumerate(LIKE["firms"]):
        assert np.array_equal(table[f"{firm}.customers"], ledger["customers"][:, position])
        assert np.array_equal(table[f"{firm}.revenue"], ledger["revenue"][:, position])
        assert np.array_equal(table[f"{firm}.profit"], profit(ledger)[:, position])


def test_batch_run() -> None:
    """Mesa's own batches pass scenarios, overrides, replications and seeds, and get the columns."""
    rows = mesa.batch_run(
        Market,
        {
            "scenario": [LIKE],
            "overrides": [{"firms.acme.price": price} for price in (20.0, 24.0)],
            "replication": [0, 1],
        },
        rng=[1, 7],
        number_processes=1,
        display_progress=False,
    )
    assert len(rows) == 2 * 2 * 2
    assert {row["Step"] for row in rows} == {8}
    revenues = [row["acme.revenue"] for row in rows]
    assert len(set(revenues)) == 8
    alone = Market(LIKE, overrides={"firms.acme.price": 24.0, "seed": 7}, replication=1)
    assert alone.run_model().history.last["revenue"][0] == revenues[-1]


def test_batch_run_month_by_month() -> None:
    """With a collection period of one there is a row for every step."""
    rows = mesa.batch_run(
        Market,
        {"scenario": [LIKE]},
        number_processes=1,
        display_progress=False,
        data_collection_period=1,
    )
    expected = lived(LIKE).datacollector.model_vars["bolt.customers"]
    assert [row["bolt.customers"] for row in rows] == expected


@pytest.mark.parametrize("seed", [3, np.int64(3)])
def test_mesas_seed_is_the_scenarios(seed: int) -> None:
    """`rng` takes the place of the scenario's seed."""
    assert Market(LIKE, rng=seed).spec.seed == 3
    assert alike(Market(LIKE, rng=seed), Market({**LIKE, "seed": 3}))
