"""Firms: budgets, splits, defaults."""

import json
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.scenario.fields import Specification
from sim.scenario.offers import MOST_FIRMS, Amount, Firm, PerHead, Policy, ShareOfRevenue


def read(kind: Any, value: Any) -> Any:
    """A part of a scenario from plain data, as a file would give it."""
    return TypeAdapter(kind).validate_json(json.dumps(value))


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


def test_a_firm_by_default() -> None:
    """Price 20, goods 10, serving 2: a margin of 8."""
    firm = Firm()
    assert firm.price - firm.unit_cost - firm.cost_to_serve == 8
    assert firm.fixed_cost == 0
    assert MOST_FIRMS == 16
