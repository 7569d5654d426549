"""Interventions: one act each, a time that is no empty one, and what becomes of a value."""

from typing import Any

import numpy as np
import pytest

from sim.scenario.interventions import Intervention
from sim.scenario.loading import scenario_from
from sim.scenario.problems import ScenarioError

Data = dict[str, Any]


def of(**keys: Any) -> Intervention:
    """One intervention as a scenario says it; ``since`` stands for ``from``."""
    said = {"from" if key == "since" else key: value for key, value in keys.items()}
    spec = scenario_from({"firms": {"acme": {}, "bolt": {}}, "interventions": [said]}).spec
    (found,) = spec.interventions
    return found


def test_by_default_it_is_always_and_everybody() -> None:
    """From month 0, to the end, all firms, all people."""
    found = of(hold=0.3)
    assert (found.since, found.until, found.firm, found.group) == (0, None, None, None)
    assert found.firms(["acme", "bolt"]) == ["acme", "bolt"]
    assert of(firm="bolt", hold=0.3).firms(["acme", "bolt"]) == ["bolt"]


def test_from_is_called_so_in_a_file_and_back() -> None:
    """The word `from` goes in and comes out, so that a resolved scenario can be run again."""
    data: Data = {"firms": {"acme": {}}, "interventions": [{"from": 3, "shift": {"price": -2}}]}
    case = scenario_from(data)
    assert case.resolved()["interventions"][0]["from"] == 3
    assert scenario_from(case.resolved()).digest() == case.digest()


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({}, "exactly one of set, shift, hold, does none of them"),
        ({"hold": 0.1, "shift": {"price": 1}}, "exactly one of .* does shift and hold"),
        ({"since": 6, "until": 6, "hold": 0.1}, "from 6 until 6 is no time; `from` is the first"),
        ({"set": {}}, "set: must have at least 1 entries"),
        ({"hold": 1.1}, "hold: must be at most 1, is 1.1"),
        ({"hold": {"points_of_retention": 0}}, "must be greater than 0"),
        ({"hold": {"points": 5}}, "points_of_retention: must be given"),
        ({"since": -1, "hold": 0.1}, "from: must be at least 0"),
        ({"set": {"price": "cheap"}}, "set.price: must be a number"),
    ],
)
def test_what_is_no_intervention(keys: Data, words: str) -> None:
    """Refused in words: no act or two, no time, no value, no chance."""
    with pytest.raises(ScenarioError, match=words):
        of(**keys)


def test_set_and_shift() -> None:
    """Setting forgets the old value, shifting adds to it; whole columns too."""
    assert of(set={"price": 25}).changed("price", 20.0) == 25
    assert of(shift={"price": -2}).changed("price", 20.0) == 18
    ages = np.array([1.0, 2.0])
    assert of(shift={"trust": 0.5}).changed("trust", ages).tolist() == [1.5, 2.5]


def test_the_chance_to_stay() -> None:
    """A number is the chance itself; points have one once it is found; a set holds nobody."""
    asked = {"points_of_retention": 5}
    assert of(hold=0.3).chance == 0.3
    assert of(set={"price": 25}).chance == 0
    assert (of(hold=asked).chance, of(hold=asked).points) == (0, 5)
    assert of(hold={**asked, "chance": 0.2}).chance == 0.2
    assert of(hold=asked).is_unsolved
    assert not of(hold={**asked, "chance": 0.0}).is_unsolved
    assert not of(hold=0.3).is_unsolved


def test_its_act() -> None:
    """Each says what it does."""
    acts = [of(hold=0.0).act, of(set={"price": 1}).act, of(shift={"price": 1}).act]
    assert acts == ["hold", "set", "shift"]
