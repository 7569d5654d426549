"""Staff as a scenario declares them: two departments, and whom training is for."""

import pytest

from sim.scenario.loading import scenario_from
from sim.scenario.problems import ScenarioError
from sim.scenario.staff import Department, Staff


def test_who_is_trained() -> None:
    """Everybody, or the front line alone."""
    assert list(Staff().trainees) == list(Staff().departments) == ["front", "back"]
    assert list(Staff(trained="front").trainees) == ["front"]


def test_a_firm_has_no_staff_unless_it_says_so() -> None:
    """None by default; what is left out of a department has a default."""
    firms = {"acme": {}, "bolt": {"staff": {"front": {"heads": 3}}}}
    case = scenario_from({"firms": firms})
    assert case.spec.firms["acme"].staff is None
    assert case.spec.firms["bolt"].staff == Staff(front=Department(heads=3.0))


def test_training_needs_staff() -> None:
    """Money for the training of nobody is a mistake, and is told as one."""
    split = {"policy": {"split": {"staff": 1.0}}}
    scenario_from({"firms": {"acme": {**split, "staff": {}}}})
    with pytest.raises(ScenarioError) as error:
        scenario_from({"firms": {"acme": split}})
    assert "must get no money from a firm without staff" in str(error.value)
    assert "declare firms.acme.staff" in str(error.value)
