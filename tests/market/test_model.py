"""The market as a whole: its clock, its books, its branches."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.market.model import Market, latest, switching_costs
from sim.market.run import Run
from sim.market.state import NEVER
from sim.scenario.loading import load_scenario, scenario_from
from sim.scenario.problems import ScenarioError
from sim.scenario.shipped import path_of
from tests.market.worlds import ALONE, LIKE, Data, alike, lived, made, same, stepped

SETTINGS = ["subscription", "repertoire"]


def test_four_ways_to_name_a_scenario() -> None:
    """A shipped name, a file, plain data and a case all lead to the same market."""
    small = {"population.size": 60, "warm_up": 0, "horizon": 2}
    case = load_scenario("sim:first_market")
    ways: list[Any] = ["sim:first_market", path_of("first_market"), case.resolved(), case]
    first, *others = (Market(way, overrides=small).run_model() for way in ways)
    assert first.spec.title == "A first market of four like firms"
    assert all(alike(first, other) for other in others)


def test_without_a_name_it_is_the_first_market() -> None:
    """A market of nothing in particular is the shipped first one."""
    assert Market(overrides={"population.size": 50}).spec.title.startswith("A first market")


def test_an_unusable_scenario_is_refused() -> None:
    """A wrong override ends in a scenario error that names the key and the nearest known one."""
    with pytest.raises(ScenarioError, match=r"firms\.acme\.pric: .* did you mean price"):
        Market(LIKE, overrides={"firms.acme.pric": 3.0})


def test_clock_and_month() -> None:
    """Months count from the end of the warm-up, and the market runs until its horizon."""
    market = made(LIKE)
    seen = []
    while market.running:
        seen.append((market.clock, market.month))
        market.step()
    assert seen == [(step, step - 2) for step in range(8)]
    assert repr(market) == "<Market '': 80 people, 3 firms, month 6>"


def test_a_warm_up_alone() -> None:
    """A market may be lived further than its horizon, by hand."""
    market = stepped(lived(LIKE), 2)
    assert market.month == 8
    assert len(market.history.ledgers) == 10


@pytest.mark.parametrize(
    ("month", "step", "expected"),
    [(0, "month", 0), (11, "month", 11), (12, "month", 0), (-1, "month", 11), (-13, "month", 11),
     (4, "week", 0), (5, "week", 1), (51, "week", 11), (52, "week", 0), (-1, "week", 11)],
)  # fmt: skip
def test_month_of_the_year(month: int, step: str, expected: int) -> None:
    """Month 0 opens a year, the month before closes one; a week lies in the month it begins in."""
    market = made(LIKE, {"step": step, "warm_up": 60})
    market.clock = 60 + month
    assert market.month_of_year() == expected


def test_the_books_open_in_month_0() -> None:
    """At the end of the warm-up accounts are 0 and leavers forgotten; memories stay."""
    change = {"customers": {"exit": 0.2}, "warm_up": 6}
    before, after = stepped(made(LIKE, change), 5), stepped(made(LIKE, change), 6)
    assert np.abs(before.world.accounts["profit"]).sum() > 0
    assert before.history.departed
    assert np.abs(after.world.accounts["profit"]).sum() == 0
    assert (after.world.accounts["break_even"] == NEVER).all()
    assert not after.history.departed
    assert after.world.relations["purchases"].sum() > 100
    assert all(not any(firm.waiting.values()) for firm in after.firms)


def test_a_firm_by_name() -> None:
    """Firms are found by name; a name that is not there is answered with those that are."""
    market = made(LIKE)
    assert market.firm("bolt") is market.firms[1]
    with pytest.raises(KeyError, match="no firm 'zero'; the firms are acme, bolt, cora"):
        market.firm("zero")


def test_the_latest_numbers() -> None:
    """Customers, revenue and profit of the step just lived."""
    market = stepped(made(ALONE), 1)
    assert latest(market, "acme", "customers") == 1
    assert latest(market, "acme", "revenue") == 20
    assert latest(market, "acme", "profit") == 8


def test_the_order_of_firms_does_not_move_a_digit() -> None:
    """.1 + .2 + .3 is not .3 + .2 + .1 in doubles; the mean quality of the market is the same."""
    found = set()
    for qualities in ((0.1, 0.2, 0.3), (0.3, 0.2, 0.1), (0.2, 0.3, 0.1)):
        market = made(LIKE)
        market.world.firms["promise"] = qualities
        market.history.last["quality"] = qualities
        promised = market.market_quality()
        market.history.last["purchases"] = 1
        found.add((promised, market.market_quality()))
    assert len(found) == 1


def test_switching_costs_as_a_table() -> None:
    """Rows are where one comes from, the last one from nowhere; `never` is infinite."""
    costs = {"acme": {"bolt": 1.5, "cora": "never"}, "none": {"acme": 0.5}}
    table = switching_costs(made(LIKE, {"switching_costs": costs}).spec)
    assert table.tolist() == [[0, 1.5, np.inf], [0, 0, 0], [0, 0, 0], [0.5, 0, 0]]


# ── other futures ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("at", [0, 1, 2, 5])
def test_a_branch_without_overrides_goes_on(setting: str, at: int) -> None:
    """A branch of any moment becomes the market that it would have become."""
    change: Data = {
        "setting": setting,
        "customers": {"exit": 0.1},
        "record": {"transactions": True, "customers_at": [0, 4]},
    }
    market = stepped(made(LIKE, change), at)
    branch = market.branch().run_model()
    whole = lived(LIKE, change)
    assert alike(branch, whole)
    one, other = Run(branch, 0.0), Run(whole, 0.0)
    assert one.firms.equals(other.firms)
    assert one.customers.equals(other.customers)
    assert one.transactions.equals(other.transactions)
    assert one.customers_at(4).equals(other.customers_at(4))


@pytest.mark.parametrize("setting", SETTINGS)
def test_branches_do_not_disturb_each_other(setting: str) -> None:
    """Two branches lived in turns, and their parent after them, are what each is alone."""
    change = {"setting": setting}
    market = stepped(made(LIKE, change), 3)
    dear, cheap = (market.branch({"firms.acme.price": price}) for price in (30.0, 10.0))
    alone = market.branch({"firms.acme.price": 30.0}).run_model()
    for _ in range(5):
        dear.step()
        cheap.step()
    assert alike(dear, alone)
    assert not alike(dear, cheap)
    assert dear.history.ledger()["purchases"][-1, 0] < cheap.history.ledger()["purchases"][-1, 0]
    assert market.clock == 3
    assert len(market.history.ledgers) == 3
    assert alike(market.run_model(), lived(LIKE, change))


def test_a_branch_keeps_what_firms_carry() -> None:
    """Money carried over, spending that waits and the network are the parent's."""
    market = stepped(made(LIKE), 3)
    market.firms[0].carried["loyalty"] = 77.0
    market.firms[0].waiting["advertising"] = 33.0
    market.firms[0].goodwill = 2.0
    branch = market.branch()
    assert branch.firms[0].carried == market.firms[0].carried
    assert branch.firms[0].carried is not market.firms[0].carried
    assert branch.firms[0].waiting == {"advertising": 33, "win_back": 0}
    assert branch.firms[0].goodwill == 2
    assert same(branch.ties.tie, market.ties.tie)


@pytest.mark.parametrize(
    ("override", "key"),
    [
        ({"seed": 3}, "seed"),
        ({"population.size": 90}, "population"),
        ({"customers.basket": 2}, "customers"),
        ({"setting": "repertoire"}, "setting"),
        ({"billing_months": 3}, "billing_months"),
        ({"active_months": 3}, "active_months"),
        ({"warm_up": 0}, "warm_up"),
        ({"firms.dune": {}}, "firms"),
    ],
)
def test_what_a_branch_cannot_change(override: Data, key: str) -> None:
    """A market that has begun keeps its people, setting and firms; the error names the key."""
    market = stepped(made(LIKE), 1)
    with pytest.raises(ScenarioError, match=rf"^{key}: must .* in a market that has begun"):
        market.branch(override)


def test_random_arrivals_keep_their_horizon() -> None:
    """Where arrivals are drawn up to the horizon a branch cannot move it; elsewhere it can."""
    entry = {"population": {"entry": {"closure": "poisson", "per_month": 9}}}
    with pytest.raises(ScenarioError, match=r"^horizon: must stay as it is in a market that has"):
        stepped(made(LIKE, entry), 3).branch({"horizon": 30})
    assert stepped(made(LIKE), 3).branch({"horizon": 9}).run_model().month == 9


def test_a_branch_into_another_case() -> None:
    """A case of the same market may change its mechanisms, firms and horizon."""
    market = stepped(made(LIKE), 3)
    other = scenario_from({**LIKE, "horizon": 9, "mechanisms": {"trust": "off"}})
    branch = market.branch_into(other).run_model()
    assert branch.month == 9
    assert branch.world.relations["trust"].max() == market.world.relations["trust"].max()


def test_a_branch_may_stop_or_begin_to_log() -> None:
    """Purchases are logged from the branch on, or no longer, without a trace in the numbers."""
    logging = {"record": {"transactions": True}}
    market = stepped(made(LIKE, logging), 5)
    silent = market.branch({"record.transactions": False}).run_model()
    assert len(silent.history.purchases) == len(market.history.purchases) == 3
    late = stepped(made(LIKE), 5).branch({"record.transactions": True}).run_model()
    assert len(late.history.purchases) == 3
    assert alike(silent, late)
    booked = late.history.ledger()["purchases"][5:].sum()
    assert sum(len(log) for log in late.history.purchases) == booked


def test_save_and_load_by_method(tmp_path: Path) -> None:
    """`save` returns the folder that it wrote."""
    assert made(LIKE).save(tmp_path / "market") == tmp_path / "market"
    assert (tmp_path / "market" / "state.npz").exists()
