"""Population, entry, network: what no rule owns."""

import json
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.scenario.fields import Name, Specification, refuse
from sim.scenario.offers import Firm
from sim.scenario.world import (
    Cohort,
    Complete,
    CustomerOf,
    Edges,
    Entry,
    Listed,
    Network,
    PoissonArrivals,
    Population,
    RandomNetwork,
    Replace,
    ScaleFree,
    SmallWorld,
    Start,
)


def read(kind: Any, value: Any) -> Any:
    """A part of a scenario from plain data, as a file would give it."""
    return TypeAdapter(kind).validate_json(json.dumps(value))


@pytest.mark.parametrize(
    ("value", "model"),
    [
        ({"closure": "replace"}, Replace),
        ({"closure": "cohort"}, Cohort),
        ({"closure": "poisson", "per_month": 3}, PoissonArrivals),
        ({"closure": "listed", "file": "a.csv"}, Listed),
    ],
)
def test_closures(value: Any, model: type[Specification]) -> None:
    """Who comes when people leave is told apart by the key `closure`."""
    assert isinstance(read(Entry, value), model)


@pytest.mark.parametrize(
    ("value", "model"),
    [
        ({"kind": "complete"}, Complete),
        ({"kind": "random"}, RandomNetwork),
        ({"kind": "small_world"}, SmallWorld),
        ({"kind": "scale_free"}, ScaleFree),
        ({"kind": "edges", "file": "a.csv"}, Edges),
    ],
)
def test_networks(value: Any, model: type[Specification]) -> None:
    """Networks are told apart by the key `kind`."""
    assert isinstance(read(Network, value), model)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Entry, {"closure": "open"}),
        (Entry, {}),
        (Entry, {"closure": "cohort", "on_arrival": "prospect"}),
        (Entry, {"closure": "poisson"}),
        (Entry, {"closure": "poisson", "per_month": 0}),
        (Network, {"kind": "small_world", "neighbours": 7}),
        (Network, {"kind": "small_world", "rewiring": 1.5}),
        (Network, {"kind": "complete", "weak": {"neighbours": 2}}),
        (Network, {"kind": "random", "degrees": "power"}),
        (Network, {"kind": "edges"}),
        (Population, {"size": -1}),
        (Population, {"size": 10_000_001}),
        (Start, {"customers": "many"}),
        (Start, {"salience": 1.2}),
        (Firm, {"price": 0}),
        (Firm, {"quality": 1.1}),
        (Firm, {"appeal": 51}),
        (Firm, {"reaction": {"kind": "copy"}}),
        (Firm, {"reaction": {"kind": "hold", "lag": 3}}),
        (Firm, {"reaction": {"kind": "match", "lag": 0}}),
        (Firm, {"reaction": {"kind": "match", "fraction": 1.5}}),
        (Firm, {"reaction": {"kind": "adapt", "step": 0}}),
    ],
)
def test_what_is_refused(kind: Any, value: Any) -> None:
    """Kinds that do not exist, keys of another kind, numbers outside their range."""
    with pytest.raises(ValidationError):
        read(kind, value)


def test_a_refusal_carries_rule_and_remedy() -> None:
    """Errors of the whole carry what to do beside what is wrong."""
    error = refuse("must be so", "make it so")
    assert error.message() == "must be so"
    assert error.context == {"rule": "must be so", "remedy": "make it so"}


@pytest.mark.parametrize("name", ["acme", "A1_b", "x" * 40])
def test_names(name: str) -> None:
    """Names begin with a letter and hold letters, digits and underscores."""
    assert read(Name, name) == name


@pytest.mark.parametrize("name", ["", "1st", "a b", "a.b", "ä", "x" * 41, "_a"])
def test_what_is_no_name(name: str) -> None:
    """Dots would break paths, spaces would break columns."""
    with pytest.raises(ValidationError):
        read(Name, name)


def test_arrivals_may_be_customers() -> None:
    """Newcomers are prospects, or come with a purchase from a firm."""
    assert read(Entry, {"closure": "replace"}).on_arrival == "prospect"
    arrival = {"closure": "replace", "on_arrival": {"customer_of": "acme"}}
    assert read(Entry, arrival).on_arrival == CustomerOf(customer_of="acme")
