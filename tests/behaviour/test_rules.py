"""The mechanisms side by side: every parameter is declared in full, all are scaled together."""

from collections.abc import Iterator
from typing import NamedTuple, get_type_hints

import pytest

from sim.behaviour.parameter import Parameter, declared, neutral, per_step
from sim.behaviour.rules import MECHANISMS, Rules

WEEK = 12 / 52


def parameters() -> Iterator[tuple[str, type, object, Parameter]]:
    for mechanism, declaration in MECHANISMS.items():
        kinds = get_type_hints(declaration)
        for name, parameter in declared(declaration).items():
            default = declaration._field_defaults[name]
            yield f"{mechanism}.{name}", kinds[name], default, parameter


DECLARED = list(parameters())
NAMES = [name for name, *_ in DECLARED]


def fits(value: object, parameter: Parameter) -> bool:
    assert isinstance(value, float | int)
    nothing = parameter.nothing and value == -float("inf")
    return nothing or parameter.low <= value <= parameter.high


@pytest.mark.parametrize(("name", "kind", "default", "parameter"), DECLARED, ids=NAMES)
def test_every_parameter_is_declared_in_full(
    name: str, kind: type, default: object, parameter: Parameter
) -> None:
    """Meaning, unit and source in words; every default and neutral value inside the range."""
    assert parameter.meaning
    assert parameter.unit
    assert parameter.source
    assert parameter.low < parameter.high
    assert type(default) is kind
    for value in (default, parameter.neutral, parameter.repertoire):
        assert value is None or fits(value, parameter)


@pytest.mark.parametrize(("name", "kind", "default", "parameter"), DECLARED, ids=NAMES)
def test_units_say_how_time_enters(
    name: str, kind: type, default: object, parameter: Parameter
) -> None:
    """Yes or no is 0 or 1, a share lies in 0 to 1, and what is scaled is meant per month."""
    if kind is bool:
        assert parameter.unit == "true or false"
    if kind is bool or parameter.unit.startswith("share"):
        assert (parameter.low, parameter.high) == (0, 1)
    assert parameter.unit.endswith("per month") == (parameter.scale != "none")


def test_mechanisms_are_the_fields_of_the_rules() -> None:
    """A scenario's names and the rules' fields are the same, in the same order."""
    assert tuple(MECHANISMS) == Rules._fields
    for name, declaration in MECHANISMS.items():
        assert type(getattr(Rules(), name)) is declaration


@pytest.mark.parametrize("declaration", MECHANISMS.values(), ids=MECHANISMS.keys())
def test_what_is_absent_is_absent_in_any_step(declaration: type[NamedTuple]) -> None:
    """Scaling a neutral mechanism to a week leaves it neutral."""
    silent = neutral(declaration)
    for name, parameter in declared(declaration).items():
        if parameter.neutral is not None:
            assert getattr(per_step(silent, WEEK), name) == parameter.neutral


def test_a_step_of_a_month_changes_nothing() -> None:
    """Values are declared per month."""
    assert Rules().per_step(1.0) == Rules()


def test_all_mechanisms_are_scaled() -> None:
    """In a week (12/52 of a month) tellings are proportional, and forgetting compounds."""
    week = Rules().per_step(WEEK)
    assert week.word_of_mouth.base == pytest.approx(0.25 * 12 / 52)
    assert (1 - week.forgetting.salience) ** (52 / 12) == pytest.approx(1 - 0.06)
    assert (1 - week.needs.look_rate) ** (52 / 12) == pytest.approx(1 - 0.2)
    assert week.trust == Rules().trust
