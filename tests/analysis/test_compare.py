"""Comparing policies: intervals by hand, verdicts in words, refusals, the same on two processes."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.compare import Comparison, compare
from sim.experiments import arms, runner
from sim.experiments.arms import Design, Future, Series, future_of
from sim.experiments.outcomes import ALWAYS, RUN_OFF
from sim.experiments.runner import Result
from sim.market.model import Market
from tests.analysis.told import POLICIES, comparison
from tests.market.worlds import LIKE, Data

SMALL: Data = {**LIKE, "policies": POLICIES, "compare": {"runs": 3}}


@pytest.mark.parametrize("values", [[], [1.0]])
def test_less_than_two_worlds_are_data_still(values: list[float]) -> None:
    """Tables without intervals, and no warning about it."""
    found = comparison(as_today=values, gift=values)
    data = found.to_json()
    assert data["runs"] == len(values)
    assert data["best"][0]["won"] == (0.5 if values else None)
    assert found.cash.shape[:2] == (2, len(values))


def test_the_best_is_told_in_two_numbers() -> None:
    """Highest in two of three worlds, and in so many of the 27 resamples, spread like Student's."""
    found = comparison(as_today=[1.0, 2.0, 9.0], gift=[2.0, 3.0, 8.8], the_same=[0.0, 0.0, 0.0])
    table = found.best.set_index("arm")
    assert table["won"].to_dict() == pytest.approx(
        {"as_today": 1 / 3, "gift": 2 / 3, "the_same": 0}
    )
    assert table["npv"].tolist() == pytest.approx([4, 4.6, 0])
    worlds = np.array([[1.0, 2.0, 9.0], [2.0, 3.0, 8.8], [0.0, 0.0, 0.0]])
    drawn = np.array([worlds[:, list(w)].mean(axis=1) for w in product(range(3), repeat=3)])
    centre = worlds.mean(axis=1)
    wide = centre + 4.302653 / 1.959964 * np.sqrt(3 / 2) * (drawn - centre)
    expected = np.mean(wide.argmax(axis=1) == 1)
    assert 0.3 < expected < 0.7
    assert table["confidence"]["gift"] == pytest.approx(expected, abs=4 * 0.5 / np.sqrt(4000))
    assert table["confidence"].sum() == pytest.approx(1)
    assert found.ranking == ["gift", "as_today", "the_same"]


# ── whole comparisons ─────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def small() -> Comparison:
    """Three policies of a small market, three worlds, in this process."""
    return compare(SMALL, jobs=1)


def test_equal_policies_do_not_differ(small: Comparison) -> None:
    """The paired differences of two policies that say the same are exactly 0."""
    for name in set(ALWAYS) - {"customer_equity"}:
        row = difference(small, "the_same", name)
        assert (row["mean"], row["low"], row["high"]) == (0, 0, 0)
    assert np.isnan(difference(small, "the_same", "customer_equity")["mean"])
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
    assert len(small.summary) == 3 * len((*ALWAYS, *RUN_OFF))
    assert len(small.differences) == 2 * len((*ALWAYS, *RUN_OFF))
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
    assert len(found.differences) == 2 * len((*ALWAYS, *RUN_OFF))


# ── batches, and an answer on the way ─────────────────────────────────────────────────────────

NOISE = np.random.default_rng(7).normal(size=500)
LONG: Data = {**LIKE, "policies": {"as_today": {}, "gift": {}}}


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worlds whose gift is worth 5 more on 100, give or take 1, without living them."""

    def live(design: Design, number: int) -> list[Future]:
        values = {"as_today": 100.0, "gift": 105.0 + NOISE[number]}
        return [
            Future(number, arm, dict.fromkeys((*ALWAYS, *RUN_OFF), value), np.array([value]))
            for arm, value in values.items()
        ]

    monkeypatch.setattr(runner, "live", live)


@pytest.mark.usefixtures("pretended")
def test_worlds_are_lived_until_it_is_sharp_enough() -> None:
    """A spread of 1 % is told to 0.25 % by about 65 worlds: in tens, and not one batch more."""
    found = compare(LONG, precision=0.0025, jobs=1)
    assert found.runs in range(50, 90, 10)
    widths = {}
    for runs in (found.runs - 10, found.runs):
        row = difference(comparison_of(found, runs), "gift", "npv")
        widths[runs] = (row["high"] - row["mean"]) / 100
    assert widths[found.runs] <= 0.0025 < widths[found.runs - 10]
    assert found.look.width == pytest.approx(widths[found.runs])
    data = found.to_json()["precision"]
    assert (data["reached"], data["aim"], data["at_most"]) == (True, 0.0025, 200)
    assert data["half_width"] == pytest.approx(found.look.width)


def comparison_of(found: Comparison, runs: int) -> Comparison:
    """The first worlds of a comparison."""
    return Comparison(found.case, found.cases, found.futures[: runs * len(found.arms)], [], 1.0)


@pytest.mark.usefixtures("pretended")
@pytest.mark.parametrize(
    ("asked", "runs"), [({"precision": "10 %"}, 30), ({"precision": 1e-6}, 45), ({"runs": 7}, 7)]
)
def test_between_thirty_and_at_most(asked: Any, runs: int) -> None:
    """What 5 worlds would tell takes 30; what 45 do not tell is left; --runs is that many."""
    found = compare(LONG, overrides={"compare.at_most": 45}, jobs=1, **asked)
    assert found.runs == runs
    precision = found.to_json()["precision"]
    assert (precision and precision["reached"]) == {30: True, 45: False, 7: None}[runs]


@pytest.mark.usefixtures("pretended")
def test_a_precision_of_the_scenario() -> None:
    """As on the command line; --runs takes its place."""
    data = LONG | {"compare": {"precision": {"metric": "profit", "half_width": "10 %"}}}
    assert compare(data, jobs=1).runs == 30
    assert compare(data, jobs=1, runs=3).runs == 3


@pytest.mark.usefixtures("pretended")
@pytest.mark.parametrize(("runs", "times"), [(30, 1), (11, 1), (10, 0), (4, 0)])
def test_an_answer_on_the_way(runs: int, times: int) -> None:
    """After ten of more worlds, once, by those ten; not where ten are all."""
    told: list[str] = []
    whole = compare(LONG, runs=runs, jobs=1, preliminary=told.append)
    assert len(told) == times
    if told:
        ten = comparison_of(whole, 10)
        assert told[0].startswith(f"After 10 of {runs} paired worlds: gift earns acme most: over 6")
        assert f"{difference(ten, 'gift', 'npv')['mean']:,.0f} EUR" in told[0]


# ── several scenarios ─────────────────────────────────────────────────────────────────────────


def scenario(folder: Path, name: str, **changes: object) -> Path:
    """A file with a small market."""
    file = folder / f"{name}.yaml"
    file.write_text(json.dumps({**LIKE, "compare": {"runs": 2}, **changes}))
    return file


def test_two_scenarios_are_lived_apart(tmp_path: Path) -> None:
    """Each file is an arm with its own warm-up; each future is that of the file lived alone."""
    files = {
        "here": scenario(tmp_path, "here", seed=5),
        "there": scenario(tmp_path, "there", seed=9, warm_up=4, population={"size": 60}),
    }
    found = compare(*files.values(), jobs=1)
    assert (found.arms, found.apart, found.runs) == (("here", "there"), True, 2)
    for future in found.futures:
        alone = Market(files[future.arm], overrides={"seed": 5}, replication=future.replication)
        assert np.array_equal(future.cash, cash_of(alone))
    assert found.notes[:2] == [
        "here: Closure replace; rivals hold; 2 months of warm-up.",
        "there: Closure replace; rivals hold; 4 months of warm-up.",
    ]
    side_by_side = compare(*files.values(), jobs=2)
    assert side_by_side.outcomes.equals(found.outcomes)


def cash_of(market: Market) -> Series:
    """Cumulated profit of acme at the horizon."""
    return future_of(market.run_model(), "", "acme").cash


def test_the_same_scenario_twice_does_not_differ(tmp_path: Path) -> None:
    """The same people under the same luck: nothing to tell apart."""
    file = scenario(tmp_path, "market")
    found = compare(file, file, jobs=1)
    assert found.arms == ("market", "market_2")
    assert difference(found, "market_2", "npv")["mean"] == 0


def test_several_scenarios_are_saved_each(tmp_path: Path) -> None:
    """In a folder of the arm's name, from which the comparison can be made again."""
    files = [scenario(tmp_path, "here"), scenario(tmp_path, "there", population={"size": 60})]
    found = compare(*files, jobs=1)
    out = found.save(tmp_path / "out")
    again = compare(out / "here" / "scenario.yaml", out / "there" / "scenario.yaml", jobs=1)
    assert again.outcomes.drop(columns="arm").equals(found.outcomes.drop(columns="arm"))
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["closure"] == {"here": "replace", "there": "replace"}
    assert manifest["reactions"]["there"] == {"bolt": "hold", "cora": "hold"}
