"""Lines and launches as a scenario says them."""

from typing import Any

import pytest

from sim.scenario.lines import Launch, Line
from sim.scenario.loading import scenario_from
from sim.scenario.problems import ScenarioError


def firm(**own: Any) -> dict[str, Any]:
    """A market of one firm that says so much of itself."""
    return {"horizon": 12, "firms": {"acme": own}}


def test_a_firm_sells_its_main_product_only() -> None:
    """Lines and launches are there where they are declared; a name is enough."""
    spec = scenario_from(firm()).spec.firms["acme"]
    assert (spec.lines, spec.launch) == ({}, None)
    spec = scenario_from(firm(lines={"care": {}}, launch={"month": 3})).spec.firms["acme"]
    assert (spec.lines, spec.launch) == ({"care": Line()}, Launch(month=3))


def test_lines_are_eight_at_most() -> None:
    """A ninth is refused."""
    lines: dict[str, Any] = {f"l{n}": {} for n in range(9)}
    with pytest.raises(ScenarioError, match="at most 8"):
        scenario_from(firm(lines=lines))


def test_who_has_no_lines_cannot_cross_sell() -> None:
    """The error says what to declare; with a line it is fine; a new product alone is no line."""
    policy = {"split": {"cross_sell": 1.0}}
    for own in ({}, {"launch": {"month": 3}}):
        with pytest.raises(ScenarioError, match=r"declare firms\.acme\.lines"):
            scenario_from(firm(policy=policy, **own))
    scenario_from(firm(policy=policy, lines={"care": {}}))


def test_a_launch_lies_within_the_horizon() -> None:
    """Month 11 of 12 is lived, month 12 is not."""
    scenario_from(firm(launch={"month": 11}))
    with pytest.raises(ScenarioError, match="must be a month that will be lived"):
        scenario_from(firm(launch={"month": 12}))


def test_a_side_of_the_frontier_has_only_what_the_firm_can_use() -> None:
    """Money for keeping customers goes into cross-selling only where there are lines."""
    mixed = {"compare": {"frontier": {"keeping": {"cross_sell": 1.0}}}}
    scenario_from(firm(lines={"care": {}}) | mixed)
    with pytest.raises(ScenarioError, match="must be an instrument of retention"):
        scenario_from(firm() | mixed)
