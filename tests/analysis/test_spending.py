"""How much is spent, and on what: mixes and arms by hand."""

from typing import Any

import pytest

from sim.analysis.spending import (
    BUDGETS,
    TODAY,
    Mixes,
    frontier_arms,
    frontier_points,
    is_on,
    mixes_of,
    raised,
    refuse_foundations,
    refuse_unsteady_budget,
    share_kept,
    share_of,
    spending,
    split_of,
    worded,
)
from sim.scenario.loading import Case, scenario_from
from sim.scenario.problems import ScenarioError
from tests.market.worlds import LIKE

SPLIT = {"advertising": 0.5, "service": 0.3, "loyalty": 0.1, "recovery": 0.1}


def case(split: Any = None, budget: Any = None, **frontier: Any) -> Case:
    """Three firms of which acme spends so."""
    data = {**LIKE, "compare": {"frontier": frontier}}
    policy = {"split": SPLIT if split is None else split, "budget": budget or {"amount": 1000}}
    return scenario_from(data | {"firms": {**LIKE["firms"], "acme": {"policy": policy}}})


def money(of: Case) -> dict[str, float]:
    """Acme's money by instrument and month."""
    policy: Any = of.spec.firms["acme"].policy
    return {name: policy.budget.amount * share for name, share in policy.split.items()}


def test_mixes_are_today_s_by_side() -> None:
    """.5 on winning is all advertising; .3, .1, .1 on keeping are 60, 20 and 20 %."""
    winning, keeping = mixes_of(case())
    assert winning == {"advertising": 1}
    assert keeping == pytest.approx({"service": 0.6, "loyalty": 0.2, "recovery": 0.2})


@pytest.mark.parametrize(
    ("split", "winning", "keeping"),
    [
        ({"service": 1.0}, "advertising", "service"),
        ({"advertising": 1.0}, "advertising", "service"),
    ],
)
def test_a_side_without_money_has_a_mix(split: Any, winning: str, keeping: str) -> None:
    """Advertising on the one side, service on the other."""
    assert mixes_of(case(split)) == Mixes({winning: 1}, {keeping: 1})


def test_mixes_may_be_given() -> None:
    """The file's mix is taken as it stands; the other side stays today's."""
    found = mixes_of(case(keeping={"service": 0.9, "recovery": 0.1}))
    assert found == Mixes({"advertising": 1}, {"service": 0.9, "recovery": 0.1})


def test_a_split_is_made_from_mixes() -> None:
    """At 30 % for keeping: .7 advertising, .24 service, .06 loyalty."""
    split = Mixes({"advertising": 1.0}, {"service": 0.8, "loyalty": 0.2}).at(0.3)
    assert split == pytest.approx({"advertising": 0.7, "service": 0.24, "loyalty": 0.06})
    assert share_kept(split) == pytest.approx(0.3)


@pytest.mark.parametrize("budget", [{"amount": 1000.0}, {"per_head": 0.5}])
def test_budgets_are_multiplied_in_their_own_unit(budget: Any) -> None:
    """Twice the amount, or twice the money per head; the split is what it is told to be."""
    policy: Any = spending(case(budget=budget), 2.0, {"service": 1.0}).spec.firms["acme"].policy
    assert policy.budget.model_dump() == {unit: 2 * each for unit, each in budget.items()}
    assert policy.split == {"service": 1}


def test_extra_money_leaves_the_others_theirs() -> None:
    """10 % of 1,000 more for service: 400 instead of 300, everything else as it was."""
    before, after = money(case()), money(raised(case(), 0.1, {"service": 1.0}))
    assert after == pytest.approx(before | {"service": 400})


def test_extra_money_for_something_new() -> None:
    """50 % more, half of it for save, where nothing was spent: 250."""
    after = money(raised(case(), 0.5, {"save": 0.5, "loyalty": 0.5}))
    assert after == pytest.approx(money(case()) | {"save": 250, "loyalty": 350})


def test_points_of_a_frontier() -> None:
    """Five shares, today's .5 among them and not lived twice; the budgets, today's among them."""
    points = list(frontier_points(case(shares=5)))
    shares = [(point.at, point.arm) for point in points if point.kind == "share"]
    assert shares == [
        (0, "share 0"), (0.25, "share 0.25"), (0.5, TODAY), (0.75, "share 0.75"), (1, "share 1"),
    ]  # fmt: skip
    budgets = [(point.at, point.arm) for point in points if point.kind == "budget"]
    assert [at for at, _ in budgets] == list(BUDGETS)
    assert (1, TODAY) in budgets


def test_today_lies_between_the_shares() -> None:
    """With .45 for keeping, today is a point of its own; with another mix it is none."""
    split = {"advertising": 0.55, "service": 0.45}
    shares = [p.at for p in frontier_points(case(split, shares=5)) if p.kind == "share"]
    assert shares == pytest.approx([0, 0.25, 0.45, 0.5, 0.75, 1])
    other = frontier_points(case(split, shares=5, keeping={"loyalty": 1}))
    assert [p.at for p in other if p.kind == "share"] == [0, 0.25, 0.5, 0.75, 1]
    assert not is_on(split, Mixes({"advertising": 1}, {"loyalty": 1}))


def test_arms_of_a_frontier_by_hand() -> None:
    """Shares keep the 1,000, budgets keep the split; today is first and is as it is."""
    arms = frontier_arms(case(shares=5))
    assert next(iter(arms)) == TODAY
    assert arms[TODAY].resolved() == case(shares=5).resolved()
    assert len(arms) == 5 + 8 - 1
    assert money(arms["share 0.25"]) == pytest.approx(
        {"advertising": 750, "service": 150, "loyalty": 50, "recovery": 50}
    )
    assert money(arms["budget 1.5"]) == pytest.approx({n: 1500 * s for n, s in SPLIT.items()})
    assert sum(money(arms["budget 0"]).values()) == 0


@pytest.mark.parametrize(
    ("budget", "split", "words"),
    [
        ({"share_of_revenue": 0.1}, None, "budget: must not be a share of revenue .*; use amount"),
        ({"amount": 0}, None, r"acme\.policy\.budget: must be more than 0 .*, is 0; write what"),
        ({"per_head": 1}, {}, r"acme\.policy\.split: must name an instrument .*, is \{\}; write"),
    ],
)
def test_what_cannot_be_compared_is_refused(budget: Any, split: Any, words: str) -> None:
    """With place, rule, value and remedy."""
    with pytest.raises(ScenarioError, match=words):
        refuse_unsteady_budget(case(split, budget))
    refuse_unsteady_budget(case())


def test_a_frontier_is_of_two_sides() -> None:
    """Money for foundations is of neither: refused in a split, and left alone in a campaign."""
    split = {"advertising": 0.5, "service": 0.3, "staff": 0.2}
    training = [{"instrument": "staff", "per_head": 10}]
    staffed = case().override({"firms.acme.staff": {}, "firms.acme.policy.campaigns": training})
    refuse_foundations(staffed)
    with pytest.raises(ScenarioError, match="must spend on winning and keeping customers alone"):
        refuse_foundations(staffed.override({"firms.acme.policy.split": split}))
    assert [share_of(split, side) for side in ("acquisition", "foundations")] == [0.5, 0.2]


def test_mixes_in_words() -> None:
    """In per cent."""
    assert worded({"service": 0.8, "loyalty": 0.2}) == "service 80 %, loyalty 20 %"
    assert worded(split_of(case())).startswith("advertising 50 %, service 30 %")
