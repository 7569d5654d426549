"""Levels of a relationship: each does what those below it do, and one thing more."""

from itertools import pairwise

import pytest

from sim.behaviour.levels import LEVELS, Bundle, Level, Levels, bundle
from sim.behaviour.parameter import neutral

RULES = Levels(0.2, 0.5, 0.3, 0.1, 0.4, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("basic", Bundle(0, 0, 0, 0, 0)),
        ("reactive", Bundle(0.2, 0, 0, 0, 1)),
        ("accountable", Bundle(0.6, 0, 0, 0, 2)),
        ("proactive", Bundle(0.6, 0.3, 0, 0, 3)),
        ("partnership", Bundle(0.6, 0.3, 0.1, 0.4, 4)),
    ],
)
def test_what_each_level_does(level: Level, expected: Bundle) -> None:
    """A fifth tells when asked to; of the other .8 a call finds half: .6 in all."""
    assert bundle(level, RULES) == pytest.approx(expected)


@pytest.mark.parametrize("level", LEVELS)
def test_off_is_basic(level: Level) -> None:
    """Without what levels bring and cost, all of them are basic, exactly."""
    assert bundle(level, neutral(Levels)) == bundle("basic", RULES)


def test_the_order_of_levels() -> None:
    """By default no level does less, or costs less, than the one before it."""
    found = [bundle(level, Levels()) for level in LEVELS]
    for lower, higher in pairwise(found):
        assert all(a <= b for a, b in zip(lower, higher, strict=True))
        assert lower.cost < higher.cost
