"""A help desk as a scenario declares it."""

import pytest

from sim.scenario.helpdesk import Helpdesk
from sim.scenario.loading import scenario_from
from sim.scenario.problems import ScenarioError


def test_nobody_queues_unless_it_is_said() -> None:
    """None by default; what is left out of one has a default, and it only reacts."""
    case = scenario_from({"firms": {"acme": {}, "bolt": {"helpdesk": {"agents": 3}}}})
    assert case.spec.firms["acme"].helpdesk is None
    assert case.spec.firms["bolt"].helpdesk == Helpdesk(agents=3)
    assert Helpdesk().proactive == 0.0


def test_a_machine_needs_a_help_desk() -> None:
    """Automation without anything to automate is told as a mistake."""
    campaigns = [{"instrument": "automation", "per_head": 1}]
    with pytest.raises(ScenarioError, match="must get no money from a firm without helpdesk"):
        scenario_from({"firms": {"acme": {"policy": {"campaigns": campaigns}}}})
