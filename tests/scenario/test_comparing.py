"""How a scenario says how it is compared."""

import json
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.scenario.comparing import Compare, Precision, share_of_text


def read(kind: Any, value: Any) -> Any:
    """A part of a scenario from plain data, as a file would give it."""
    return TypeAdapter(kind).validate_json(json.dumps(value))


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
