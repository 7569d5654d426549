"""Population, entry, network, firms, policies: what no rule owns."""

import json
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.scenario import world
from sim.scenario.fields import Specification
from sim.scenario.world import (
    Amount,
    Cohort,
    Compare,
    Complete,
    CustomerOf,
    Edges,
    Entry,
    Firm,
    Listed,
    Name,
    Network,
    PerHead,
    PoissonArrivals,
    Policy,
    Population,
    Precision,
    RandomNetwork,
    Replace,
    ScaleFree,
    ShareOfRevenue,
    SmallWorld,
    Start,
    refuse,
    share_of_text,
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


@pytest.mark.parametrize(
    ("value", "model"),
    [
        ({"amount": 100}, Amount),
        ({"per_head": 0.5}, PerHead),
        ({"share_of_revenue": 0.1}, ShareOfRevenue),
    ],
)
def test_three_yardsticks_of_a_budget(value: Any, model: type[Specification]) -> None:
    """A budget is a sum, a sum for each head, or a share of revenue; never two of them."""
    assert isinstance(read(Policy, {"budget": value}).budget, model)
    with pytest.raises(ValidationError):
        read(Policy, {"budget": {**value, "amount": 1, "per_head": 1}})


def test_the_shares_of_a_split_add_up() -> None:
    """Shares add up to 1, or there are none; otherwise the error says how much, and what to do."""
    assert sum(Policy().split.values()) == pytest.approx(1)
    assert read(Policy, {"split": {}}).split == {}
    with pytest.raises(ValidationError, match=r"must add up to 1, they add up to 0\.9") as refused:
        read(Policy, {"split": {"service": 0.4, "advertising": 0.5}})
    assert "replaces the whole split" in refused.value.errors()[0]["ctx"]["remedy"]


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


def test_a_firm_by_default() -> None:
    """Price 20, goods 10, serving 2: a margin of 8."""
    firm = Firm()
    assert firm.price - firm.unit_cost - firm.cost_to_serve == 8
    assert firm.fixed_cost == 0
    assert world.MOST_FIRMS == 16


# ── comparing ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "share"),
    [("1 %", 0.01), ("1%", 0.01), (" 12.5 % ", 0.125), (".5 %", 0.005), ("100 %", 1.0)],
)
def test_per_cent_is_a_share(text: str, share: float) -> None:
    """A hundredth, with or without a blank."""
    assert share_of_text(text) == pytest.approx(share)
    assert read(Precision, {"half_width": text}).half_width == pytest.approx(share)


@pytest.mark.parametrize("value", ["1", "%", "one %", "-1 %", "1e3 %", "1 % %", 0.5, None, {}])
def test_what_is_not_per_cent_stays_as_it_is(value: Any) -> None:
    """For the model to judge."""
    assert share_of_text(value) is value


@pytest.mark.parametrize(
    "value",
    [
        {"precision": {"half_width": 0}},
        {"precision": {"half_width": "101 %"}},
        {"precision": {"half_width": "1"}},
        {"precision": 0.01},
        {"at_most": 29},
        {"runs": 1},
    ],
)
def test_comparisons_that_are_refused(value: Any) -> None:
    """No width, more than all of it, text that is no per cent; fewer worlds than a first look."""
    with pytest.raises(ValidationError):
        read(Compare, value)


def test_a_comparison_by_default() -> None:
    """30 paired worlds; who asks for a precision gets 1 % of the baseline's npv, by 200 at most."""
    assert Compare() == Compare(focal=None, runs=30, precision=None, at_most=200)
    assert read(Compare, {"precision": {}}).precision == Precision(metric="npv", half_width=0.01)
