"""Channels as a scenario declares them."""

import pytest

from sim.scenario.channels import NAMES, Channel
from sim.scenario.loading import scenario_from
from sim.scenario.problems import ScenarioError


def test_one_channel_unless_it_is_said() -> None:
    """None are declared by default; those that are have defaults and keep their place."""
    firms = {"acme": {}, "bolt": {"channels": {"mobile": {}, "mail": {"reach": 0.8}}}}
    spec = scenario_from({"firms": firms}).spec
    assert spec.firms["acme"].channels is None
    assert spec.firms["bolt"].channels is not None
    assert spec.firms["bolt"].channels.used == {"mail": Channel(reach=0.8), "mobile": Channel()}


def test_the_places_of_channels() -> None:
    """They address draws, so they stay where they are."""
    assert NAMES == ("mail", "messenger", "social", "site", "mobile")


def test_no_channel_at_all_is_a_mistake() -> None:
    """Channels that are none are refused, with the remedy."""
    with pytest.raises(ScenarioError, match="channels must name at least one, they name none"):
        scenario_from({"firms": {"acme": {"channels": {}}}})
