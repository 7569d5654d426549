"""The stored baseline: the first market is what it was when it was last stored."""

import json
from typing import Any

import pytest

from sim.market.definitions import FIRM_MONTH
from tests.patterns.store import FILE, MONTHS, SCENARIO, baseline

MOVED = (
    "numbers moved: {what}. If that was meant, run `python -m tests.patterns.store` and say in "
    "CHANGELOG.md which numbers moved and why"
)
MEMORY = 1e-6
"""Sums of float32 memory: libraries may round a trait otherwise in its last digit."""


@pytest.fixture(scope="module")
def stored() -> dict[str, Any]:
    """What was stored."""
    content: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return content


def same(name: str, was: Any, now: Any) -> bool:
    """Events are equal, money agrees to 1e-9, and means of memory to a millionth."""
    if not isinstance(was, float) or not isinstance(now, float):
        return bool(was == now)
    tolerance = 1e-9 if FIRM_MONTH[name].unit == "money" else MEMORY
    return now == pytest.approx(was, rel=tolerance, abs=1e-12)


def test_the_numbers_have_not_moved(stored: dict[str, Any]) -> None:
    """Every measure of every firm at months 11, 59 and 119 is the stored one."""
    moved = [
        f"{now['firm']} in month {now['month']}: {name} was {was.get(name)}, is {value}"
        for was, now in zip(stored["rows"], baseline(), strict=True)
        for name, value in now.items()
        if not same(name, was.get(name), value)
    ]
    more = f", and {len(moved) - 5} more" if len(moved) > 5 else ""
    assert not moved, MOVED.format(what="; ".join(moved[:5]) + more)


def test_the_baseline_is_complete(stored: dict[str, Any]) -> None:
    """Four firms in three months, with every defined measure, none of them forgotten."""
    assert (stored["scenario"], stored["months"]) == (SCENARIO, MONTHS)
    assert len(stored["rows"]) == 4 * len(MONTHS)
    for row in stored["rows"]:
        assert list(row) == list(FIRM_MONTH)
        assert isinstance(row["customers"], int)
        assert row["revenue"] > 10_000


@pytest.mark.parametrize(
    ("name", "was", "now", "expected"),
    [
        ("customers", 2192, 2192, True),
        ("customers", 2192, 2193, False),
        ("revenue", 1000.0, 1000.0 * (1 + 5e-10), True),
        ("revenue", 1000.0, 1000.0 * (1 + 5e-9), False),
        ("satisfaction", 0.75, 0.75 * (1 + 5e-7), True),
        ("satisfaction", 0.75, 0.75 * (1 + 5e-6), False),
        ("npv", None, 0.0, False),
        ("cost_per_customer_won", None, None, True),
    ],
)
def test_what_counts_as_moved(name: str, was: Any, now: Any, expected: bool) -> None:
    """One customer more is a move, a billionth of money is none, a thing that appears is one."""
    assert same(name, was, now) is expected
