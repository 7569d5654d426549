"""The list of instruments: each is declared in full and answers to money as it says."""

from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

import pytest

from sim.behaviour.parameter import Parameter, declared
from sim.policy import (
    advertising,
    automation,
    contact,
    crm,
    cross_sell,
    distributors,
    hospitality,
    integration,
    introductory_price,
    loyalty,
    recovery,
    referral_reward,
    save,
    service,
    staff,
    win_back,
)
from sim.policy.instrument import Instrument
from sim.policy.instruments import INSTRUMENTS
from sim.policy.targets import CODES, SELECTIONS

RESPONSES: dict[str, Callable[[float, Any], float]] = {
    "advertising": advertising.reach,
    "service": service.lift,
    "recovery": lambda spend, response: recovery.recover(0.0, spend, response),
    "loyalty": loyalty.reward,
    "save": save.seen,
    "introductory_price": introductory_price.discount,
    "referral_reward": referral_reward.inviting,
    "contact": contact.contacted,
    "cross_sell": cross_sell.offered,
    "crm": crm.collected,
    "win_back": win_back.approached,
    "staff": staff.trained,
    "integration": integration.built,
    "distributors": distributors.support,
    "hospitality": hospitality.gifts,
    "automation": lambda spend, response: automation.deflected(
        response.fixed + spend, 1.0, response
    ),
}


def parameters() -> Iterator[tuple[str, Parameter, float]]:
    for instrument in INSTRUMENTS.values():
        for name, parameter in declared(instrument.parameters).items():
            default = instrument.parameters._field_defaults[name]
            yield f"{instrument.name}.{name}", parameter, default


@pytest.mark.parametrize(("name", "parameter", "default"), list(parameters()))
def test_every_parameter_is_declared_in_full(
    name: str, parameter: Parameter, default: float
) -> None:
    """Meaning, unit and source in words, the default inside the range."""
    assert parameter.meaning
    assert parameter.unit
    assert parameter.source
    assert parameter.low <= default <= parameter.high


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=INSTRUMENTS.keys())
def test_every_instrument_is_declared_in_full(instrument: Instrument) -> None:
    """Its name is its key; whom, per what, what it moves and how are all said."""
    assert INSTRUMENTS[instrument.name] is instrument
    assert instrument.per
    assert instrument.moves
    assert instrument.targets
    assert set(instrument.settings) <= {"subscription", "repertoire", "b2b"}
    assert instrument.settings
    assert "ceiling · (1 − e^(−rate · " in instrument.form
    assert "spend per " in instrument.form
    assert set(get_type_hints(instrument.parameters)) >= {"ceiling", "rate"}


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=INSTRUMENTS.keys())
def test_a_choice_of_targets_is_of_known_ones(instrument: Instrument) -> None:
    """Where there is a choice it is among the words of a scenario and the named groups."""
    if len(instrument.targets) > 1:
        assert {*instrument.targets} <= {*CODES, *SELECTIONS, "a named group"}


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=INSTRUMENTS.keys())
def test_money_moves_the_response_from_none_to_the_ceiling(instrument: Instrument) -> None:
    """Nothing for nothing, the ceiling for a fortune, something between for something."""
    usual = instrument.parameters()
    response = RESPONSES[instrument.name]
    assert response(0.0, usual) == 0.0
    assert 0.0 < response(1.0, usual) < usual.ceiling
    assert response(1e6, usual) == pytest.approx(usual.ceiling)


def test_both_sides_can_be_served() -> None:
    """There is something to win customers with, to keep them with, and what both rest on."""
    sides = {instrument.side for instrument in INSTRUMENTS.values()}
    assert sides == {"acquisition", "retention", "foundations"}
    assert {*RESPONSES} == {*INSTRUMENTS}
