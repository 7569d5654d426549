"""Account managers as a scenario declares them."""

from typing import Any

import pytest

from sim.scenario.loading import scenario_from
from sim.scenario.managers import Manager, Managers
from sim.scenario.problems import ScenarioError


def of(managers: Any, **changes: Any) -> dict[str, Any]:
    """A market of business accounts with one firm of these managers."""
    firms = {"acme": {"managers": managers}, "bolt": {}}
    return {"setting": "b2b", "population": {"size": 20}, "firms": firms} | changes


def test_several_alike_have_numbers() -> None:
    """One keeps the name; of three each gets a number."""
    declared = Managers(people={"anna": Manager(), "team": Manager(count=3)})
    assert list(declared.posts()) == ["anna", "team_1", "team_2", "team_3"]


@pytest.mark.parametrize(
    ("managers", "changes", "where", "words"),
    [
        ({"people": {"anna": {}}}, {"setting": "subscription"}, "managers", "null but in b2b"),
        ({"people": {"anna": {"joins": "bolr"}}}, {}, "anna.joins", "must name one of the firms"),
        ({"people": {"a": {"count": 200}, "b": {"count": 51}}}, {}, "people", "at most 250"),
        ({"people": {"a": {"count": 2}, "a_1": {}}}, {}, "people", "different names"),
    ],
)
def test_what_cannot_be_is_refused(managers: Any, changes: Any, where: str, words: str) -> None:
    """The error names the place and the rule."""
    with pytest.raises(ScenarioError) as caught:
        scenario_from(of(managers, **changes))
    (problem,) = caught.value.problems
    assert problem.key.endswith(where)
    assert words in problem.rule


def test_pressure_is_for_business_accounts() -> None:
    """Elsewhere it would have no effect, and is refused."""
    with pytest.raises(ScenarioError, match=r"firms.acme.pressure: must be 0 but in b2b"):
        scenario_from({"firms": {"acme": {"pressure": 0.5}}})


def test_hospitality_needs_managers() -> None:
    """A firm without managers cannot spend on it."""
    with pytest.raises(ScenarioError, match="from a firm without managers"):
        scenario_from(of(None) | {"firms": {"acme": {"policy": {"split": {"hospitality": 1.0}}}}})
