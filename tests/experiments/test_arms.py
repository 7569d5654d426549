"""One paired world: one warm-up, one future per policy, the same luck in all of them."""

import numpy as np
import pytest

from sim.experiments.arms import Design, design_of, future_of, live, side_by_side
from sim.experiments.outcomes import outcomes
from sim.market.model import Market
from sim.scenario.loading import Case, scenario_from
from tests.market.worlds import LIKE, Data, same, stepped

POLICIES: Data = {
    "as_today": {},
    "the_same": {},
    "dear": {"firms.acme.price": 24},
    "served": {"firms.acme.policy.split": {"service": 1.0}},
}

DEAR: Data = {"acme": {"price": 24}, "bolt": {}, "cora": {}}


def case(**changes: object) -> Case:
    """A small market with four policies."""
    return scenario_from({**LIKE, "warm_up": 3, "policies": POLICIES, **changes})


def design(of: Case) -> Design:
    """All its policies, compared for acme."""
    return design_of(of, {name: of.under_policy(name) for name in POLICIES}, "acme")


def equal(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two futures have the same outcomes to the last bit, what is undefined included."""
    values = np.array([*one.values()]), np.array([*other.values()])
    return one.keys() == other.keys() and np.array_equal(*values, equal_nan=True)


@pytest.mark.parametrize("setting", ["subscription", "repertoire"])
def test_equal_policies_have_equal_futures(setting: str) -> None:
    """Two policies that say the same differ by nothing at all; others differ."""
    futures = live(design(case(setting=setting)), 0)
    assert [future.arm for future in futures] == list(POLICIES)
    first, second, *others = futures
    assert equal(first.outcomes, second.outcomes)
    assert np.array_equal(first.cash, second.cash)
    assert all(other.outcomes["npv"] != first.outcomes["npv"] for other in others)


def test_arms_share_the_warm_up() -> None:
    """An arm is the market lived under the base until month 0 and under its policy from then on."""
    whole = case()
    by_hand = stepped(Market(whole), 3)
    arm = by_hand.branch_into(whole.under_policy("dear")).run_model()
    assert same(arm.history.ledger()[:3], Market(whole).run_model().history.ledger()[:3])
    found = next(future for future in live(design(whole), 0) if future.arm == "dear")
    assert equal(found.outcomes, future_of(arm, "dear", "acme").outcomes)


def test_a_policy_that_begins_at_once_is_another_market() -> None:
    """Service rises at month 0, not in the warm-up: always to have served well is another thing."""
    whole = case()
    always = Market(whole.under_policy("served")).run_model()
    found = next(future for future in live(design(whole), 0) if future.arm == "served")
    assert not equal(found.outcomes, future_of(always, "served", "acme").outcomes)


def test_a_future_is_a_market_s_outcomes() -> None:
    """Of the firm that is asked for, with the number of the world and the name of the arm."""
    market = Market(case()).run_model()
    future, (found, cash) = future_of(market, "as_today", "bolt"), outcomes(market, "bolt")
    assert equal(future.outcomes, found)
    assert future.cash.tolist() == cash.tolist()
    assert (future.replication, future.arm) == (0, "as_today")


def test_scenarios_side_by_side_live_from_their_own_beginning() -> None:
    """Each arm is what its scenario comes to alone, warm-up included, in the same world."""
    cases = {"short": case(), "long": case(warm_up=5), "dear": case(firms=DEAR)}
    futures = live(side_by_side(cases, "acme"), 1)
    assert [future.arm for future in futures] == list(cases)
    for future in futures:
        alone = Market(cases[future.arm], replication=1).run_model()
        assert equal(future.outcomes, outcomes(alone, "acme")[0])
    assert len({future.outcomes["npv"] for future in futures}) == 3


def test_replications_are_worlds_of_their_own() -> None:
    """Another replication is other luck; the same one is the same."""
    plan = design(case())
    one, other, again = (live(plan, number)[0].outcomes for number in (0, 1, 0))
    assert not equal(one, other)
    assert equal(one, again)


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
