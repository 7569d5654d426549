"""What an intervention may change: names, kinds, ranges."""

import pytest

from sim.behaviour.rules import MECHANISMS
from sim.market.state import person_fields, relation_fields
from sim.scenario.changeable import KINDS, MEMORY, OFFER, PARAMETERS, TRAITS, Range, kind_of


@pytest.mark.parametrize(
    ("value", "allowed"), [(0.0, False), (1e-9, True), (10.0, True), (10.1, False), (-1.0, False)]
)
def test_a_range_without_its_lower_end(value: float, allowed: bool) -> None:
    """Above 0 and at most 10."""
    assert Range(0, 10, out=True).holds(value) == allowed
    assert str(Range(0, 10, out=True)) == "above 0 and at most 10"


def test_a_range_with_both_ends() -> None:
    """From 0 to 1: both may be taken, and are what values are cut to."""
    assert Range(0, 1).holds(0)
    assert Range(0, 1).holds(1)
    assert not Range(0, 1).holds(-0.01)
    assert Range(0, 1).ends == (0, 1)
    assert str(Range(0, 1)) == "from 0 to 1"


def test_ranges_of_offers_are_those_of_the_schema() -> None:
    """A price above 0, a quality from 0 to 1, an appeal from -50 to 50; every number of a firm."""
    assert OFFER["price"] == Range(0, 1e9, out=True)
    assert OFFER["quality"] == Range(0, 1)
    assert OFFER["appeal"] == Range(-50, 50)
    others = {
        "unit_cost",
        "cost_to_serve",
        "fixed_cost",
        "promise",
        "friction",
        "pressure",
        "direct",
    }
    assert set(OFFER) == {"price", "quality", "appeal"} | others


def test_parameters_are_numbers_of_mechanisms_and_instruments() -> None:
    """By path; switches, which are no numbers, are left out."""
    assert PARAMETERS["mechanisms.choice.staying"] == Range(-20, 20)
    assert "instruments.service.ceiling" in PARAMETERS
    assert "mechanisms.word_of_mouth.per_tie" not in PARAMETERS
    assert {path.split(".")[1] for path in PARAMETERS if path[0] == "m"} <= set(MECHANISMS)


def test_traits_and_memory_are_columns_of_the_tables() -> None:
    """Every name is one under which people are held."""
    assert set(TRAITS) <= {name for name, _ in person_fields("f4")}
    assert set(MEMORY) <= {name for name, _ in relation_fields("f4")}


def test_no_name_means_two_things() -> None:
    """Each name is of one kind, and an unknown one of none."""
    names = [name for kind, ranges in KINDS.items() if kind != "partner" for name in ranges]
    assert len(names) == len(set(names))
    assert [kind_of(n) for n in ("price", "basket", "trust", "mechanisms.choice.staying")] == [
        "offer", "trait", "memory", "parameter",
    ]  # fmt: skip
    assert kind_of("taste") is None
    assert kind_of("unit_cost", of_supplier=True) == "partner"
    assert kind_of("price", of_supplier=True) is None
