"""The JSON Schema: it allows what files may say, refuses the rest, and explains every field."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from sim.scenario import shipped
from sim.scenario.reading import read
from sim.views.json_schema import json_schema

jsonschema = pytest.importorskip("jsonschema")
SCHEMA = json_schema()
ONE_FIRM: dict[str, Any] = {"firms": {"acme": {}}}


def allowed(data: object) -> bool:
    """Whether the schema accepts the data of a file."""
    return bool(jsonschema.Draft202012Validator(SCHEMA).is_valid(data))


def fields(node: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property anywhere in the schema, with its name."""
    if isinstance(node, dict):
        yield from node.get("properties", {}).items()
        for inner in node.values():
            yield from fields(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from fields(inner)


def test_it_is_a_schema() -> None:
    """The dialect's own schema accepts it."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", shipped.names())
def test_every_shipped_scenario_is_allowed(name: str) -> None:
    """As its author wrote it, before anything is inherited or filled in."""
    assert allowed(read(shipped.path_of(name)).data)


@pytest.mark.parametrize(
    "more",
    [
        {"mechanisms": {"trust": "off"}},
        {"customers": {"needs": 1, "basket": 1.5}},
        {"customers": {"needs": {"distribution": "gamma", "shape": 1, "mean": 2}}},
        {"population": {"network": {"neighbours": 10}}},
        {"firms.acme.price": 12},
        {"policies": {"win": {"firms.acme.price": 12, "mechanisms.trust": "off"}}},
        {"mechanisms": {"choice": {"outside": "none"}}},
        {"compare": {"focal": None}},
        {"compare": {"precision": {"metric": "profit", "half_width": 0.02}, "at_most": 60}},
        {"compare": {"precision": {"half_width": "1.5 %"}}},
        {"switching_costs": {"none": {"acme": "never"}}},
        {"suppliers": {"mill": None}, "investors": {}},
        {"firms": {"bolt": None, "acme": {"lines": {"repairs": None}}}},
        {"compare": {"frontier": {"keeping": {"contact": None}}}},
    ],
)
def test_what_a_file_may_say_is_allowed(more: dict[str, Any]) -> None:
    """Switched off, plain numbers, parts of inherited things, paths, words for infinities."""
    assert allowed(ONE_FIRM | more)


def test_a_file_that_extends_another_needs_no_firms() -> None:
    """One of the two must be there."""
    assert allowed({"extends": "sim:first_market"})
    assert not allowed({"title": "nothing"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"horizont": 12},
        {"horizon": 0},
        {"horizon": "long"},
        {"setting": "b2c"},
        {"mechanisms": {"trust": "on"}},
        {"mechanisms": {"trust": {"gain": 2}}},
        {"customers": {"needs": "often"}},
        {"compare": {"precision": {"half_width": "sharp"}}},
        {"population": {"network": {"kind": "star"}}},
        {"firms": {}},
        {"suppliers": None},
        {"firms": {"acme": {"price": None}}},
        {"extends": 3},
    ],
)
def test_what_a_file_may_not_say_is_refused(wrong: dict[str, Any]) -> None:
    """Unknown keys, values out of range, other kinds, other words."""
    assert not allowed(ONE_FIRM | wrong)


@pytest.mark.parametrize("what", ["description", "unit", "range", "source"])
def test_every_field_is_explained(what: str) -> None:
    """Hundreds of fields, none of which lacks its meaning, unit, range or source."""
    found = list(fields(SCHEMA))
    assert len(found) > 150
    assert [name for name, field in found if not field.get(what)] == []


def test_every_field_has_a_default_or_must_be_given() -> None:
    """And none has both."""
    for name, field in fields(SCHEMA):
        assert ("default" in field) != field["range"].endswith("must be given"), name


def test_a_field_says_what_its_declaration_says() -> None:
    """Trust: the weight in choice, with all of its particulars."""
    weight = SCHEMA["$defs"]["TrustMechanism"]["properties"]["weight"]
    assert weight == {
        "type": "number",
        "description": "weight of trust in choice",
        "unit": "utility per unit",
        "range": "a number from 0 to 50",
        "minimum": 0,
        "maximum": 50,
        "source": "assumed",
        "default": 1.0,
    }


def test_plain_words_are_part_of_the_range() -> None:
    """`off` for a mechanism, a number for a distribution, null where nothing will do."""
    definitions = SCHEMA["$defs"]
    assert definitions["Mechanisms"]["properties"]["trust"]["range"] == "a mapping or off"
    assert definitions["Customers"]["properties"]["needs"]["range"] == "a mapping or a number"
    assert definitions["SmallWorld"]["properties"]["weak"]["range"] == "a mapping or null"


def test_defaults_that_are_mappings_are_shown() -> None:
    """The people of a market that says nothing about them."""
    assert SCHEMA["properties"]["population"]["default"]["size"] == 10_000


def test_it_is_made_anew_each_time() -> None:
    """Who changes a schema does not change the next one."""
    before = copy.deepcopy(SCHEMA)
    json_schema()["properties"].clear()
    assert json_schema() == before
