"""Comparing policies: intervals by hand, verdicts in words, refusals, the same on two processes."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.compare import Comparison, compare
from sim.experiments import arms, runner
from sim.experiments.arms import OUTCOMES, Design, Failure, Future
from sim.experiments.runner import Result
from sim.scenario.loading import Case, scenario_from
from sim.scenario.problems import ScenarioError
from tests.market.worlds import LIKE, Data

POLICIES: Data = {
    "as_today": {},
    "the_same": {},
    "gift": {"firms.acme.unit_cost": 5},
}
SMALL: Data = {**LIKE, "policies": POLICIES, "compare": {"runs": 3}}


def comparison(policies: Data, failures: int = 0, **arms: list[float]) -> Comparison:
    """A comparison whose arms have these present values, world by world."""
    futures = [
        Future(number, arm, dict.fromkeys(OUTCOMES, 100.0) | {"npv": value}, np.array([value]))
        for arm, values in arms.items()
        for number, value in enumerate(values)
    ]
    case = scenario_from({**LIKE, "policies": policies})
    broken = [Failure(90 + number, "Traceback ...") for number in range(failures)]
    return Comparison(case, tuple(arms), futures, broken, 1.0)


# ── words ─────────────────────────────────────────────────────────────────────────────────────


def test_a_sure_winner() -> None:
    """The interval lies above 0: the winner, by how much, against whom, in how many worlds."""
    found = comparison(POLICIES, as_today=[100, 110, 90], gift=[120, 131, 111])
    assert found.answer == (
        "gift earns acme most: over 6 months its net present value is 21 EUR [19, 22] (20.7%) "
        "above that of as_today, the next best, and it is the highest in 100% of 3 paired worlds."
    )
    assert found.ranking == ["gift", "as_today"]


def test_the_baseline_may_win() -> None:
    """The first policy is a competitor like the others."""
    found = comparison(POLICIES, as_today=[120, 131, 111], gift=[100, 110, 90])
    assert found.answer.startswith("as_today earns acme most:")
    assert "above that of gift, the next best" in found.answer


def test_no_sure_winner() -> None:
    """The interval holds 0: it says so, and what would help."""
    found = comparison(POLICIES, as_today=[100, 110, 90], gift=[130, 70, 103])
    assert found.answer.startswith("No sure winner for acme: gift is ahead of as_today by 1 EUR [")
    assert "an interval that holds 0. More paired worlds (--runs)" in found.answer
    assert "from 3." in found.answer


def test_the_best_two_decide() -> None:
    """Against the next best, not the baseline: a close second leaves no sure winner."""
    found = comparison(POLICIES, as_today=[0, 0, 0], gift=[99, 104, 100], the_same=[100, 103, 99])
    assert found.answer.startswith("No sure winner")
    assert found.ranking == ["gift", "the_same", "as_today"]


def test_a_gain_on_nothing_has_no_per_cent() -> None:
    """Where the next best earns exactly nothing, the gain is said in money only."""
    found = comparison(POLICIES, as_today=[0, 0, 0], gift=[9, 10, 11])
    assert "is 10 EUR [8, 12] above that of as_today" in found.answer


@pytest.mark.parametrize("values", [[], [1.0]])
def test_no_answer_from_less_than_two_worlds(values: list[float]) -> None:
    """Where all but one world broke there is no answer, and the notes name what broke."""
    found = comparison(POLICIES, failures=2, as_today=values, gift=values)
    assert found.answer == "No answer: fewer than two paired worlds were finished."
    assert found.notes[-1] == "2 paired worlds broke and are left out: 90, 91."
    assert found.to_json()["runs"] == len(values)
    assert found.cash.shape[:2] == (2, len(values))


def test_notes_say_the_closure_and_the_spending() -> None:
    """Notes: closure, rivals, warm-up; and arms whose spending differs by more than 1 %."""
    found = comparison(POLICIES, as_today=[1, 2], gift=[1, 2])
    assert found.notes == ["Closure replace; rivals hold; 2 steps of warm-up shared."]
    found.futures[-1].outcomes["spending"] = 104.0
    uneven = Comparison(found.case, found.arms, found.futures, [], 1.0)
    assert uneven.notes[1] == (
        "The arms did not spend the same: gift spent 102 EUR, as_today 100; part of the "
        "difference is the budget's."
    )


# ── whole comparisons ─────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def small() -> Comparison:
    """Three policies of a small market, three worlds, in this process."""
    return compare(SMALL, jobs=1)


def test_equal_policies_do_not_differ(small: Comparison) -> None:
    """The paired differences of two policies that say the same are exactly 0."""
    for name in OUTCOMES:
        row = difference(small, "the_same", name)
        assert (row["mean"], row["low"], row["high"]) == (0, 0, 0)
    assert difference(small, "gift", "npv")["mean"] > 0
    assert difference(small, "gift", "npv")["won"] == 1


def difference(found: Comparison, arm: str, metric: str) -> Any:
    """The row of an arm and a metric in the table of differences."""
    table = found.differences
    return table[(table["arm"] == arm) & (table["metric"] == metric)].iloc[0]


def test_a_gift_is_arithmetic(small: Comparison) -> None:
    """Five less a unit, without any effect on people, is five times the discounted units."""
    gain = small.values("gift", "profit") - small.values("as_today", "profit")
    for name in ("retention", "market_share", "satisfaction", "spending"):
        assert np.array_equal(small.values("gift", name), small.values("as_today", name))
    assert (gain > 0).all()
    assert small.answer.startswith("gift earns acme most")
    assert difference(small, "gift", "profit")["mean"] == pytest.approx(gain.mean())


def test_tables_have_a_row_for_everything(small: Comparison) -> None:
    """Outcomes by world and arm, means by arm and metric, differences without the baseline."""
    assert len(small.outcomes) == 3 * 3
    assert small.outcomes["arm"].tolist() == list(POLICIES) * 3
    assert len(small.summary) == 3 * len(OUTCOMES)
    assert len(small.differences) == 2 * len(OUTCOMES)
    assert small.cash.shape == (3, 3, 6)
    assert small.runs == 3
    assert small.focal == "acme"
    assert repr(small) == "<Comparison of as_today, the_same, gift for acme, 3 paired worlds>"


def test_two_processes_give_the_same(small: Comparison) -> None:
    """The numbers do not depend on how many processes live the worlds."""
    side_by_side = compare(SMALL, jobs=2)
    assert side_by_side.outcomes.equals(small.outcomes)
    assert np.array_equal(side_by_side.cash, small.cash)
    assert side_by_side.answer == small.answer


def test_more_worlds_keep_the_first_ones(small: Comparison) -> None:
    """Asking for more worlds only adds some; another seed is another set."""
    more = compare(SMALL, runs=4, jobs=1)
    assert more.outcomes.iloc[:9].equals(small.outcomes)
    assert not compare(SMALL, seed=2, jobs=1).outcomes.equals(small.outcomes)


def test_another_focal_firm() -> None:
    """The focal firm is the scenario's choice; the first firm if it makes none."""
    found = compare(
        SMALL, overrides={"compare.focal": "bolt"}, policies=["as_today", "gift"], jobs=1
    )
    assert found.focal == "bolt"
    assert found.arms == ("as_today", "gift")
    assert found.values("gift", "npv").mean() == pytest.approx(found.base("npv").mean(), rel=0.3)


def test_the_first_named_policy_is_the_baseline(small: Comparison) -> None:
    """Policies may be given in another order; differences turn round."""
    turned = compare(SMALL, policies=["gift", "as_today"], jobs=1)
    mean = difference(turned, "as_today", "npv")["mean"]
    assert mean == pytest.approx(-difference(small, "gift", "npv")["mean"])


def test_saved_comparisons(small: Comparison, tmp_path: Path) -> None:
    """Tables as Parquet, the scenario, and a manifest with the answer in words."""
    folder = small.save(tmp_path / "comparison")
    assert pd.read_parquet(folder / "outcomes.parquet").equals(small.outcomes)
    assert pd.read_parquet(folder / "differences.parquet").equals(small.differences)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["answer"] == small.answer
    assert manifest["arms"] == list(POLICIES)
    assert manifest["scenario"]["policies"] == small.case.resolved()["policies"]
    again = compare(folder / "scenario.yaml", jobs=1)
    assert again.outcomes.equals(small.outcomes)


def test_plain_data_of_a_comparison(small: Comparison) -> None:
    """Everything as JSON: means and intervals, what is missing being null."""
    data: Any = json.loads(json.dumps(small.to_json()))
    assert data["focal"] == "acme"
    same = next(r for r in data["differences"] if (r["arm"], r["metric"]) == ("the_same", "npv"))
    assert same["mean"] == 0
    assert same["pairing_gain"] is None


# ── what breaks ───────────────────────────────────────────────────────────────────────────────


def test_a_world_that_breaks_is_a_row(small: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    """One world breaks; the others are finished, and the notes say which one is missing."""

    def sometimes(design: Design, number: int) -> list[Future]:
        if number == 1:
            raise RuntimeError("the power went")
        return arms.live(design, number)

    monkeypatch.setattr(runner, "live", sometimes)
    found = compare(SMALL, jobs=1)
    assert found.runs == 2
    assert [failure.replication for failure in found.failures] == [1]
    assert "the power went" in found.to_json()["failures"][0]["error"]
    assert "1 paired worlds broke and are left out: 1." in found.notes
    kept = small.outcomes[small.outcomes["replication"] != 1].reset_index(drop=True)
    assert found.outcomes.equals(kept)


def test_an_interrupted_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    """After Ctrl-C the finished worlds are a comparison like any other."""

    def stopped(design: Design, number: int) -> Result:
        if number == 2:
            raise KeyboardInterrupt
        return attempt(design, number)

    attempt = runner.attempt
    told: list[bool] = []
    monkeypatch.setattr(runner, "attempt", stopped)
    found = compare(SMALL, jobs=1, interrupted=lambda: told.append(True))
    assert told == [True]
    assert found.runs == 2
    assert len(found.differences) == 2 * len(OUTCOMES)


# ── refusals ──────────────────────────────────────────────────────────────────────────────────


def case(**policies: Data) -> Case:
    """A scenario with these policies beside the baseline."""
    return scenario_from({**LIKE, "policies": {"as_today": {}, **policies}})


SHARE: Data = {"firms.acme.policy.budget": {"share_of_revenue": 0.1}}


@pytest.mark.parametrize(
    ("policies", "asked", "words"),
    [
        ({"dear": {}}, ["as_today", "deer"], "must name policies .* is deer; did you mean dear"),
        (
            {"dear": {}},
            ["dear"],
            "must have at least two policies to compare, is 1; write at least",
        ),
        ({}, None, "must have at least two policies"),
        ({"dear": {}}, ["dear", "dear"], "must have at least two policies"),
        ({"share": SHARE}, None, "policy share: must not spend a share of revenue; use amount"),
        ({"more": {"population.size": 90}}, None, "population: must stay as it is in a market"),
        ({"long": {"horizon": 9}}, None, "policy long: must not change the horizon or the"),
        ({"now": {"discount_rate": 0.5}}, None, "policy now: must not change the horizon or"),
        ({"other": {"firms.zero": {}}}, None, "must be the same firms in a market that has begun"),
    ],
)
def test_refusals(policies: Data, asked: list[str] | None, words: str) -> None:
    """What cannot be compared is refused before anything is lived, with rule, value and remedy."""
    with pytest.raises(ScenarioError, match=words):
        compare(case(**policies), policies=asked, jobs=1)
