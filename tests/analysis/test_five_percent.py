"""Five points in several closures: what is lived, told, refused, written."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sim.analysis import closure
from sim.analysis.five_percent import FivePercent, five_percent
from sim.scenario.loading import scenario_from
from sim.scenario.paths import merge
from sim.scenario.problems import ScenarioError
from tests.market.worlds import LIKE, Data

FOUND: Data = {"hold": {"points_of_retention": 5, "chance": 0.3}}
"""A question that has been answered before, so that nothing is searched for."""
SMALL: Data = merge(
    LIKE,
    {
        "horizon": 18,
        "policies": {
            "as_today": {},
            "dearer": {"firms.acme.policy.budget": {"per_head": 0.6}},
            "gift": {"interventions": [{**FOUND, "firm": "acme"}]},
        },
    },
)


@pytest.fixture(scope="module")
def found() -> FivePercent:
    """Two closures in three paired worlds of 80 people."""
    return five_percent(SMALL, closures=["cohort", "replace"], runs=3, pairs=1, jobs=1)


def test_rows_are_those_of_the_closures(found: FivePercent) -> None:
    """Two closures, two arms, a year and the horizon; the last of each course is the horizon."""
    table = found.table
    assert len(table) == 2 * 2 * 2
    assert (found.years, found.runs, found.arms) == (1.5, 3, ["dearer", "gift"])
    assert [row["years"] for row in found.course("cohort", "gift")] == [1.0, 1.5]
    rows = found.rows("gift")
    assert [(row["closure"], row["years"]) for row in rows] == [("cohort", 1.5), ("replace", 1.5)]
    assert rows[0]["form"] == "lost for good"


def test_it_is_about_the_arm_that_asks(found: FivePercent) -> None:
    """The second policy spends more, the third asks for points."""
    assert found.asking == "gift"
    assert found.headline.startswith("With 5 points more retention at acme, acme ")
    assert repr(found) == "<FivePercent of acme under cohort, replace: 3 paired worlds>"


def test_everything_as_plain_data(found: FivePercent, tmp_path: Path) -> None:
    """JSON holds what the table and the words do; the folder holds the same, and the scenario."""
    data = json.loads(json.dumps(found.to_json()))
    assert data["answer"] == found.answer
    assert data["table"][0]["gain"] == pytest.approx(found.table["gain"][0], nan_ok=True)
    assert [each["runs"] for each in data["closures"]] == [3, 3]
    assert data["closures"][0]["chances"] == {"gift": [0.3]}
    folder = found.save(tmp_path / "five")
    saved = json.loads((folder / "five_percent.json").read_text())
    assert saved["answer"] == data["answer"]
    assert saved["scenario_hash"] == found.case.digest()
    assert pd.read_parquet(folder / "five_percent.parquet")["gain"].equals(found.table["gain"])
    assert (folder / "scenario.yaml").exists()


def test_who_waits_is_told_of_both_kinds_of_worlds() -> None:
    """Paired worlds over all closures; those of the search closure by closure."""
    paired: list[tuple[int, int]] = []
    searched: list[tuple[str, int]] = []
    five_percent(
        SMALL,
        closures=["cohort", "replace"],
        runs=2,
        pairs=1,
        jobs=1,
        progress=lambda *told: paired.append(told),
        searching=lambda *told: searched.append(told),
    )
    assert paired == [(1, 4), (2, 4), (3, 4), (4, 4)]
    each = [1, 2, 3, 4]  # a warm-up, and two years under every policy
    assert searched == [(name, n) for name in ("cohort", "replace") for n in each]


def test_ctrl_c_leaves_the_closures_that_are_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pressed in the second; without anybody to be told it is passed on."""
    stops: list[int] = []

    def lived(case: Any, *rest: Any) -> Any:
        if case.spec.population.entry.closure == "replace":
            raise KeyboardInterrupt
        return closure.lived(case, *rest)

    monkeypatch.setattr("sim.analysis.five_percent.lived", lived)
    asked: Any = {"closures": ["cohort", "replace"], "runs": 2, "pairs": 1, "jobs": 1}
    left = five_percent(SMALL, **asked, interrupted=lambda: stops.append(1))
    assert ([each.name for each in left.closures], stops) == (["cohort"], [1])
    with pytest.raises(KeyboardInterrupt):
        five_percent(SMALL, **asked)


def test_nothing_finished_is_no_answer() -> None:
    """No rows, no sentences, and words that say so."""
    nothing = FivePercent(scenario_from(SMALL), [], 0.0)
    assert nothing.answer == "No answer: fewer than two paired worlds were finished."
    assert (len(nothing.table), nothing.sentences, nothing.runs) == (0, [], 0)
    assert nothing.to_json()["table"] == []


def test_one_world_is_not_finished(found: FivePercent) -> None:
    """There is no interval of one world: the closure is left out of the table."""
    first, second = found.closures
    one = first._replace(futures=first.futures[:3])
    rest = FivePercent(found.case, [one, second], 1.0)
    assert set(rest.table["closure"]) == {"replace"}
    assert rest.runs == 3


@pytest.mark.parametrize(
    ("changes", "asked", "words"),
    [
        ({"policies": {"a": {}, "b": {"firms.acme.price": 21}}}, {}, "asks for points of reten"),
        ({"policies": {"gift": {"interventions": [FOUND]}, "b": {}}}, {}, "beside the first"),
        ({"policies": {}}, {}, "policies: must have at least two policies"),
        ({}, {"closures": ["replaced"]}, "must be a closure .* is 'replaced'; did you mean repl"),
        ({}, {"runs": 1}, "compare.runs: must be at least 2, is 1"),
    ],
)
def test_what_has_no_answer_is_refused(changes: Data, asked: Any, words: str) -> None:
    """In words, before anything is lived."""
    with pytest.raises(ScenarioError, match=words):
        five_percent({**SMALL, **changes}, pairs=1, jobs=1, **asked)
