"""What may be set against what, and what is refused before anything is lived."""

import json
from pathlib import Path

import pytest

from sim.analysis.candidates import cases_of, distinct, policies_of, scenarios_of
from sim.scenario.loading import Case, scenario_from
from sim.scenario.problems import ScenarioError
from tests.market.worlds import LIKE, Data

SHARE: Data = {"firms.acme.policy.budget": {"share_of_revenue": 0.1}}


def case(**policies: Data) -> Case:
    """A scenario with these policies beside the baseline."""
    return scenario_from({**LIKE, "policies": {"as_today": {}, **policies}})


# ── how many worlds ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["1 %", "1%", ".01", "0.010", "1.0 %"])
def test_a_precision_is_read_as_it_is_written(text: str) -> None:
    """A share, or per cent; the outcome stays that of the scenario."""
    data = {**LIKE, "compare": {"precision": {"metric": "profit", "half_width": 0.5}}}
    (found,) = cases_of([data], precision=text)
    precision = found.spec.compare.precision
    assert precision is not None
    assert (precision.metric, precision.half_width) == ("profit", 0.01)


def test_runs_take_the_place_of_a_precision() -> None:
    """So many, and no more."""
    (found,) = cases_of([{**LIKE, "compare": {"precision": {}}}], runs=7)
    assert (found.spec.compare.runs, found.spec.compare.precision) == (7, None)


def test_overrides_reach_every_scenario() -> None:
    """Seed, --set and overrides; runs only the first, which is asked."""
    first, second = cases_of(
        [LIKE, LIKE], runs=3, seed=4, sets=["horizon=9"], overrides={"warm_up": 1}
    )
    for spec in (first.spec, second.spec):
        assert (spec.seed, spec.horizon, spec.warm_up) == (4, 9, 1)
    assert (first.spec.compare.runs, second.spec.compare.runs) == (3, 30)


@pytest.mark.parametrize(
    ("runs", "precision", "words"),
    [
        (3, 0.1, r"runs: must not be given together with a precision, is 3; give --runs for so"),
        (1, None, r"compare\.runs: must be at least 2, is 1"),
        (None, "0 %", r"half_width: must be greater than 0, is 0\.0; write a number above 0"),
        (None, "150 %", r"half_width: must be at most 1, is 1\.5"),
        (None, "sharp", r"half_width: must be a number, not text, is 'sharp'"),
        (None, "-1 %", r"half_width: must be a number, not text, is '-1 %'"),
        (None, -1.0, r"half_width: must be greater than 0, is -1"),
    ],
)
def test_numbers_of_worlds_that_are_refused(
    runs: int | None, precision: float | str | None, words: str
) -> None:
    """In words, with rule, value and remedy."""
    with pytest.raises(ScenarioError, match=words):
        cases_of([LIKE], runs, precision)


def test_a_precision_of_what_is_no_outcome() -> None:
    """Named with its place; what the horizon does not reach is none either."""
    for metric, words in {
        "profits": r"precision\.metric: must be an outcome, is 'profits'; did you mean profit\?",
        "npv_60": r"must be an outcome, is 'npv_60'",
    }.items():
        with pytest.raises(ScenarioError, match=words):
            cases_of([{**LIKE, "compare": {"precision": {"metric": metric}}}])


# ── policies ──────────────────────────────────────────────────────────────────────────────────


def test_policies_in_the_order_that_is_asked_for() -> None:
    """The first is the baseline."""
    whole = case(dear={"firms.acme.price": 30})
    assert list(policies_of(whole, None)) == ["as_today", "dear"]
    turned = policies_of(whole, ["dear", "as_today"])
    assert list(turned) == ["dear", "as_today"]
    assert turned["dear"].spec.firms["acme"].price == 30


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
def test_policies_that_are_refused(policies: Data, asked: list[str] | None, words: str) -> None:
    """What cannot be compared is refused before anything is lived, with rule, value and remedy."""
    with pytest.raises(ScenarioError, match=words):
        policies_of(case(**policies), asked)


# ── scenarios ─────────────────────────────────────────────────────────────────────────────────


def test_scenarios_may_differ_in_all_but_time_and_money() -> None:
    """People, firms, setting, warm-up; the seed is the first one's, the policies are ignored."""
    other = scenario_from(
        {
            "setting": "repertoire", "horizon": 6, "seed": 8, "warm_up": 9,
            "population": {"size": 20}, "firms": {"acme": {}, "zero": {}}, "policies": {"x": {}},
        }
    )  # fmt: skip
    arms = scenarios_of([case(dear={}), other], None)
    assert list(arms) == ["scenario", "scenario_2"]
    assert arms["scenario_2"].spec.setting == "repertoire"
    assert arms["scenario_2"].spec.seed == case().spec.seed


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"horizon": 7}, r"horizon: must be the same in all scenarios that are compared, 6 in the "
                         r"first, is 7; --set horizon=6 sets it in all of them"),
        ({"step": "week"}, r"step: must be the same .* month in the first, is week"),
        ({"discount_rate": 0.02}, r"discount_rate: must be .* 0\.01 in the first, is 0\.02"),
        ({"currency": "CHF"}, r"currency: must be the same .* EUR in the first, is CHF"),
        ({"firms": {"zero": {}}}, r"firms: must have the firm that is compared, acme, is zero"),
        ({"firms": {"acme": {"policy": {"budget": {"share_of_revenue": 0.1}}}}},
         r"firms\.acme\.policy\.budget: must not spend a share of revenue; use amount"),
    ],
)  # fmt: skip
def test_scenarios_that_are_refused(changes: Data, words: str) -> None:
    """What makes their money incomparable, in words."""
    with pytest.raises(ScenarioError, match=words):
        scenarios_of([case(), scenario_from({**LIKE, **changes})], None)


def test_policies_of_several_scenarios_are_refused() -> None:
    """It would not be clear whose."""
    with pytest.raises(ScenarioError, match="must not be chosen where several scenarios are comp"):
        scenarios_of([case(dear={}), case(dear={})], ["as_today", "dear"])


def test_a_problem_names_the_file_that_differs(tmp_path: Path) -> None:
    """The second one, at the line of the key."""
    files = [tmp_path / "here.yaml", tmp_path / "there.yaml"]
    for file, horizon in zip(files, (6, 7), strict=True):
        file.write_text(json.dumps({**LIKE, "horizon": horizon}, indent=1))
    with pytest.raises(ScenarioError, match=r"there\.yaml:3:\d+  horizon: must be the same"):
        scenarios_of(cases_of(files), None)


def test_arms_are_called_by_their_files(tmp_path: Path) -> None:
    """A name that is taken gets a number, and no file can drive a terminal."""
    names = ["a/market", "b/market", "b/market_2", "c/market", "c/\x1b[31mred"]
    cases = []
    for name in names:
        file = tmp_path / f"{name}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(LIKE))
        cases += cases_of([file])
    known = ["market", "market_2", "market_2_2", "market_3", "\\x1b[31mred"]
    assert list(distinct(cases)) == known
    assert list(distinct(cases_of(["sim:first_market"]))) == ["first_market"]
