"""The schema: built from the declarations, strict, frozen, closed to unknown keys."""

import json
import math
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError

from sim.behaviour.parameter import declared, neutral
from sim.behaviour.rules import MECHANISMS, Rules
from sim.policy.instruments import INSTRUMENTS
from sim.scenario import schema
from sim.scenario.interventions import Intervention
from sim.scenario.loading import scenario_from
from sim.scenario.paths import BY_NAME
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import Instruments, Mechanisms, Scenario, model_of, number, worded

PARTS = [("mechanisms", name, declaration) for name, declaration in MECHANISMS.items()] + [
    ("instruments", name, instrument.parameters) for name, instrument in INSTRUMENTS.items()
]
NAMES = [f"{section}.{name}" for section, name, _ in PARTS]
FIRMS: Any = {"firms": {"acme": {}, "bolt": {}}}


def scenario(**values: Any) -> Scenario:
    """A scenario of two firms from plain data, as a file would give it."""
    return Scenario.model_validate_json(json.dumps({**FIRMS, **values}))


@pytest.mark.parametrize(("section", "name", "declaration"), PARTS, ids=NAMES)
def test_every_parameter_is_a_field(section: str, name: str, declaration: Any) -> None:
    """A section has the fields, defaults, meanings, units and sources of its declaration."""
    fields = model_of(declaration, "Section").model_fields
    assert list(fields) == list(declaration._fields)
    found = getattr(getattr(scenario(), section), name)
    for field, parameter in declared(declaration).items():
        assert getattr(found, field) == worded(declaration._field_defaults[field])
        assert fields[field].description == parameter.meaning
        extra = fields[field].json_schema_extra
        assert isinstance(extra, dict)
        assert (extra["unit"], extra["source"]) == (parameter.unit, parameter.source)


def edges() -> list[tuple[str, str, str, Any]]:
    """Every number of every mechanism and instrument, with its declaration."""
    return [
        (section, name, field, parameter)
        for section, name, declaration in PARTS
        for field, parameter in declared(declaration).items()
        if not isinstance(declaration._field_defaults[field], bool)
    ]


@pytest.mark.parametrize(("section", "name", "field", "parameter"), edges())
def test_ranges_are_kept(section: str, name: str, field: str, parameter: Any) -> None:
    """A value at either end of its range is taken, one beyond it is refused."""
    for value in (parameter.low, parameter.high):
        found = getattr(scenario(**{section: {name: {field: value}}}), section)
        assert getattr(getattr(found, name), field) == value
    for value in (parameter.low - 1e-3, parameter.high + 1e-3):
        with pytest.raises(ValidationError):
            scenario(**{section: {name: {field: value}}})


def test_defaults_are_those_of_the_rules() -> None:
    """A scenario that says nothing has the rules as they are declared."""
    assert scenario().rules == Rules()
    assert scenario().responses == {name: i.parameters() for name, i in INSTRUMENTS.items()}


@pytest.mark.parametrize("name", MECHANISMS)
def test_off_is_neutral(name: str) -> None:
    """`off` puts every parameter at its neutral value, and leaves the other mechanisms alone."""
    rules = scenario(mechanisms={name: "off"}).rules
    assert getattr(rules, name) == neutral(MECHANISMS[name])
    assert rules._replace(**{name: getattr(Rules(), name)}) == Rules()


def test_off_is_for_mechanisms_only() -> None:
    """An instrument cannot be `off`; it is not spent on."""
    with pytest.raises(ValidationError):
        scenario(instruments={"service": "off"})


def test_none_is_minus_infinity() -> None:
    """`none` is written where minus infinity is meant, for parameters that allow it."""
    assert scenario(mechanisms={"choice": {"outside": "none"}}).rules.choice.outside == -math.inf
    assert (worded(-math.inf), number("none"), worded(0.5), number(0.5)) == (
        "none",
        -math.inf,
        0.5,
        0.5,
    )
    with pytest.raises(ValidationError):
        scenario(mechanisms={"choice": {"staying": "none"}})


@pytest.mark.parametrize(
    "values",
    [
        {"horizon": "12"},
        {"horizon": 12.5},
        {"horizon": True},
        {"discount_rate": "0.01"},
        {"discount_rate": True},
        {"setting": "subscripton"},
        {"warm_up": -1},
        {"horizon": 0},
        {"firms": {}},
        {"firms": {"1st": {}}},
        {"firms": {f"firm_{n}": {} for n in range(17)}},
        {"colour": "red"},
        {"population": {"size": 10, "colour": "red"}},
    ],
)
def test_what_is_refused(values: Any) -> None:
    """Nothing is converted, nothing is guessed, no key is unknown, no number beyond its range."""
    with pytest.raises(ValidationError):
        scenario(**values)


def test_a_whole_number_will_do_for_a_number() -> None:
    """12 may stand for 12.0."""
    assert scenario(discount_rate=0, firms={"acme": {"price": 12}}).firms["acme"].price == 12.0


def test_infinity_and_nothing_are_no_numbers() -> None:
    """Numbers are finite."""
    for value in (math.inf, math.nan):
        with pytest.raises(ValidationError):
            Scenario(**FIRMS, discount_rate=value)


def test_a_scenario_is_frozen() -> None:
    """What was checked stays as it was checked."""
    with pytest.raises(ValidationError):
        scenario().horizon = 3


def test_length_of_a_step() -> None:
    """A month is one month, a week 12/52 of it."""
    assert scenario().months == 1
    assert scenario(step="week").months == pytest.approx(12 / 52)
    assert pytest.approx(52 / 12) == schema.WEEKS_PER_MONTH


def test_the_focal_firm() -> None:
    """The firm that is compared is the first unless another is named."""
    assert scenario().focal == "acme"
    assert scenario(compare={"focal": "bolt"}).focal == "bolt"


def models(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """Every model within a model."""

    def inside(kind: Any) -> list[type[BaseModel]]:
        found = [kind] if isinstance(kind, type) and issubclass(kind, BaseModel) else []
        return found + [m for part in get_args(kind) for m in inside(part)]

    if model not in seen:
        seen.add(model)
        for field in model.model_fields.values():
            for other in inside(field.annotation):
                models(other, seen)
    return seen


def test_every_key_says_what_it_means() -> None:
    """Every key of the language has a meaning, and every number a unit."""
    everything = models(Scenario, set())
    assert {Mechanisms, Instruments} <= everything
    for model in everything:
        for name, field in model.model_fields.items():
            if name in ("distribution", "kind", "closure"):
                continue
            assert field.description, f"{model.__name__}.{name}"
            extra = field.json_schema_extra
            assert isinstance(extra, dict)
            assert extra["source"], f"{model.__name__}.{name}"
            if field.annotation in (float, int):
                assert extra["unit"], f"{model.__name__}.{name}"


def keyed_by_name(kind: Any) -> bool:
    """Whether a type is a mapping whose keys the scenario chooses, or may be one."""
    return get_origin(kind) is dict or any(keyed_by_name(part) for part in get_args(kind))


def test_keys_that_are_names_are_known() -> None:
    """Each mapping by name but those of interventions, which are replaced with their list.

    `start.customers` is called as the traits of people are, and may only be set as a whole.
    """
    found = {
        name
        for model in models(Scenario, set()) - {Intervention}
        for name, field in model.model_fields.items()
        if keyed_by_name(field.annotation)
    }
    assert found == BY_NAME | {"customers"}


def test_the_json_schema_is_closed() -> None:
    """The schema for editors can be made, and no part of it allows unknown keys."""
    made = Scenario.model_json_schema()
    assert made["required"] == ["firms"]
    parts = [part for part in made["$defs"].values() if part.get("type") == "object"]
    assert len(parts) > 30
    assert all(part["additionalProperties"] is False for part in parts)


def test_forgetting_by_half_life() -> None:
    """A half-life of one month is a share of .5; with a share beside it the scenario is refused."""
    half = {"mechanisms": {"forgetting": {"salience": {"half_life_months": 1}}}}
    assert scenario_from({"firms": {"acme": {}}} | half).spec.rules.forgetting.salience == 0.5
    repertoire = {"firms": {"acme": {}}, "setting": "repertoire"} | half
    assert scenario_from(repertoire).spec.rules.forgetting.salience == 0.5
    saved = scenario_from(repertoire).resolved()
    assert scenario_from(saved).spec.rules.forgetting.salience == 0.5


@pytest.mark.parametrize("wrong", [{"half_life_months": 0}, {"half_life": 3}, {}, "long"])
def test_what_is_no_half_life(wrong: object) -> None:
    """It must be above 0, and be called by its name."""
    with pytest.raises(ScenarioError, match=r"mechanisms\.forgetting\.salience"):
        scenario_from({"firms": {"a": {}}, "mechanisms": {"forgetting": {"salience": wrong}}})
