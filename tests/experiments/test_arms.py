"""One paired world: one warm-up, one future per policy, the same luck in all of them."""

import numpy as np
import pytest

from sim.experiments.arms import (
    OUTCOMES,
    Design,
    design_of,
    future_of,
    live,
    mean_of_known,
)
from sim.market.model import Market
from sim.market.run import Run
from sim.scenario.loading import Case, scenario_from
from tests.market.worlds import LIKE, Data, same, stepped

POLICIES: Data = {
    "as_today": {},
    "the_same": {},
    "dear": {"firms.acme.price": 24},
    "served": {"firms.acme.policy.split": {"service": 1.0}},
}


def case(**changes: object) -> Case:
    """A small market with four policies."""
    return scenario_from({**LIKE, "warm_up": 3, "policies": POLICIES, **changes})


def design(of: Case) -> Design:
    """All its policies, compared for acme."""
    return design_of(of, {name: of.under_policy(name) for name in POLICIES}, "acme")


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_equal_policies_have_equal_futures(setting: str) -> None:
    """Two policies that say the same differ by nothing at all; others differ."""
    futures = live(design(case(setting=setting)), 0)
    assert [future.arm for future in futures] == list(POLICIES)
    first, second, *others = futures
    assert first.outcomes == second.outcomes
    assert np.array_equal(first.cash, second.cash)
    assert all(other.outcomes["npv"] != first.outcomes["npv"] for other in others)


def test_arms_share_the_warm_up() -> None:
    """An arm is the market lived under the base until month 0 and under its policy from then on."""
    whole = case()
    by_hand = stepped(Market(whole), 3)
    arm = by_hand.branch_into(whole.under_policy("dear")).run_model()
    assert same(arm.history.ledger()[:3], Market(whole).run_model().history.ledger()[:3])
    found = next(future for future in live(design(whole), 0) if future.arm == "dear")
    assert found.outcomes == future_of(arm, "dear", "acme").outcomes


def test_a_policy_that_begins_at_once_is_another_market() -> None:
    """Service rises at month 0, not in the warm-up: always to have served well is another thing."""
    whole = case()
    always = Market(whole.under_policy("served")).run_model()
    found = next(future for future in live(design(whole), 0) if future.arm == "served")
    assert found.outcomes != future_of(always, "served", "acme").outcomes


def test_outcomes_are_those_of_the_run() -> None:
    """The last present value and cash, the mean of monthly shares, the sum of spending."""
    market = Market(case()).run_model()
    future, table = future_of(market, "as_today", "bolt"), Run(market, 0.0).firms
    own = table[table["firm"] == "bolt"]
    assert tuple(future.outcomes) == OUTCOMES
    assert future.outcomes["npv"] == own["npv"].iloc[-1]
    assert future.outcomes["profit"] == own["cash"].iloc[-1] == future.cash[-1]
    for name in ("retention", "market_share", "satisfaction"):
        assert future.outcomes[name] == pytest.approx(own[name].mean())
    assert future.outcomes["spending"] == pytest.approx(own["spending"].sum())
    discount = 1.01 ** -np.arange(len(own))
    assert future.outcomes["outlay"] == pytest.approx((own["spending"] * discount).sum())
    assert future.cash.tolist() == own["cash"].tolist()
    assert (future.replication, future.arm) == (0, "as_today")


def test_replications_are_worlds_of_their_own() -> None:
    """Another replication is other luck; the same one is the same."""
    plan = design(case())
    one, other, again = (live(plan, number)[0].outcomes for number in (0, 1, 0))
    assert one != other
    assert one == again


def test_a_design_is_plain_data() -> None:
    """A design can be sent to another process: text, numbers and a folder."""
    plan = design(case())
    assert plan.base == case().resolved()
    assert plan.arms["dear"]["firms"]["acme"]["price"] == 24
    assert plan.focal == "acme"
    assert plan.folder.is_absolute()


def test_a_firm_without_customers_has_missing_outcomes() -> None:
    """Retention of nobody is missing, and no warning is given about it."""
    nobody = {"acme": {"appeal": -50, "policy": {"budget": {"amount": 0}}}, "bolt": {}}
    outcomes = live(design(case(firms=nobody)), 0)[0].outcomes
    assert np.isnan(outcomes["retention"])
    assert outcomes["npv"] == 0


def test_mean_of_known() -> None:
    """Missing numbers are left out; of none there is no mean."""
    assert mean_of_known(np.array([1.0, np.nan, 3.0])) == 2
    assert np.isnan(mean_of_known(np.array([np.nan])))
