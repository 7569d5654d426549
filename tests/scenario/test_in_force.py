"""What is in force in a step: dates, order, offers, parameters, chances to stay."""

from typing import Any

import pytest

from sim.scenario.in_force import begins, dates, declared_terms, lasting, terms
from sim.scenario.loading import scenario_from
from sim.scenario.schema import Scenario

Data = dict[str, Any]


def spec(*interventions: Data, **more: Any) -> Scenario:
    """Two firms at 20, three steps of warm-up, and interventions."""
    data = {"warm_up": 3, "firms": {"acme": {}, "bolt": {}}, "interventions": list(interventions)}
    return scenario_from({**data, **more}).spec


def prices(found: Scenario, month: int) -> list[float]:
    """What each firm asks in a month."""
    return [firm.price for firm in terms(found, found.warm_up + month).firms.values()]


def test_without_interventions_it_is_what_was_declared() -> None:
    """Nobody intervenes: the very firms, rules and responses of the scenario."""
    found = spec()
    assert terms(found, 0) == declared_terms(found)
    assert terms(found, 0).firms == found.firms
    assert terms(found, 0).holds == {"acme": 0, "bolt": 0}


def test_from_is_included_and_until_is_not() -> None:
    """From 2 until 4 is the months 2 and 3."""
    found = spec({"from": 2, "until": 4, "firm": "acme", "shift": {"price": -2}})
    assert [prices(found, month)[0] for month in range(6)] == [20, 20, 18, 18, 20, 20]
    assert {prices(found, month)[1] for month in range(6)} == {20}
    assert dates(found) == {5, 7}


@pytest.mark.parametrize(("month", "week"), [(0, 0), (1, 4), (3, 13), (12, 52)])
def test_months_become_the_nearest_weeks(month: int, week: int) -> None:
    """A month is 52/12 weeks; month 0 follows the warm-up."""
    found = spec({"from": month, "hold": 0.1}, step="week")
    assert begins(found, found.interventions[0]) == 3 + week


def test_several_work_in_the_order_of_the_file() -> None:
    """Set to 30, then 2 more; or 2 more, then set to 30."""
    to_30: Data = {"set": {"price": 30}}
    more: Data = {"shift": {"price": 2}}
    assert prices(spec(to_30, more), 0) == [32, 32]
    assert prices(spec(more, to_30), 0) == [30, 30]
    assert len(list(lasting(spec(more, to_30), 3))) == 2


def test_two_holds_are_two_chances() -> None:
    """Of those who would leave .5 stay, and of the rest .5 again: .75."""
    found = spec({"hold": 0.5}, {"firm": "acme", "hold": 0.5})
    assert terms(found, 3).holds == {"acme": 0.75, "bolt": 0.5}


def test_parameters_by_path() -> None:
    """A mechanism's number and an instrument's, for everybody."""
    paths: Data = {"mechanisms.choice.staying": 1, "instruments.service.ceiling": 0.2}
    found = terms(spec({"set": paths}), 3)
    assert found.rules.choice.staying == 1
    assert found.responses["service"].ceiling == 0.2
    untouched = declared_terms(spec())
    assert found.rules.trust == untouched.rules.trust
    assert found.responses["save"] == untouched.responses["save"]
    shifted = terms(spec({"shift": {"mechanisms.choice.staying": 1}}), 3)
    assert shifted.rules.choice.staying == untouched.rules.choice.staying + 1
