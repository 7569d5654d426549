"""What a firm does with its knowledge, as a scenario declares it."""

import pytest

from sim.market.dealings import wants_dealings
from sim.scenario.crm import Crm
from sim.scenario.loading import scenario_from
from sim.scenario.problems import ScenarioError


def test_nobody_is_known_unless_it_is_said() -> None:
    """None by default; what is left out has a default, and the firm is careful."""
    spec = scenario_from({"firms": {"acme": {}, "bolt": {"crm": {"personalisation": 0.8}}}}).spec
    assert spec.firms["acme"].crm is None
    assert spec.firms["bolt"].crm == Crm(personalisation=0.8, careful=True)


def test_a_table_is_kept_only_where_somebody_is_known() -> None:
    """Knowledge asks for the table of dealings."""
    assert not wants_dealings(scenario_from({"firms": {"acme": {}}}).spec)
    assert wants_dealings(scenario_from({"firms": {"acme": {"crm": {}}}}).spec)


def test_money_needs_something_to_be_done_with_it() -> None:
    """Spending on knowledge without crm is told as a mistake."""
    campaigns = [{"instrument": "crm", "per_head": 1}]
    with pytest.raises(ScenarioError, match="must get no money from a firm without crm"):
        scenario_from({"firms": {"acme": {"policy": {"campaigns": campaigns}}}})
