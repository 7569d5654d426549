"""Targets: who is everybody, a prospect, lapsed, a customer, or selected by the firm."""

import itertools

import pytest

from sim.policy.instruments import INSTRUMENTS
from sim.policy.targets import (
    ALL,
    BITS,
    CODES,
    CUSTOMERS,
    LAPSED,
    PROSPECTS,
    SELECTED,
    is_targeted,
)


@pytest.mark.parametrize(
    ("has_bought", "is_customer", "expected"),
    [
        (False, False, {ALL, PROSPECTS}),
        (True, False, {ALL, LAPSED}),
        (True, True, {ALL, CUSTOMERS}),
        (False, True, {ALL, PROSPECTS, CUSTOMERS}),  # holds a contract but never paid yet
    ],
)
@pytest.mark.parametrize("selected", [False, True])
def test_truth_table(
    has_bought: bool, is_customer: bool, expected: set[int], selected: bool
) -> None:
    """Whom the four words mean does not depend on any selection."""
    meant = {t for t in CODES.values() if is_targeted(t, has_bought, is_customer, selected)}
    assert meant == expected


@pytest.mark.parametrize("past", list(itertools.product([False, True], repeat=2)))
def test_a_selection_is_its_members(past: tuple[bool, bool]) -> None:
    """Whom a firm has selected does not depend on what they were before."""
    assert is_targeted(SELECTED, *past, True)
    assert not is_targeted(SELECTED, *past, False)


def test_words_and_selections_do_not_collide() -> None:
    """Four words, four codes, none of them that of a selection."""
    assert len(set(CODES.values())) == len(CODES) == 4
    assert SELECTED not in CODES.values()


def test_every_choice_has_a_bit() -> None:
    """Each instrument that may be aimed has a bit of its own, and all fit into eight."""
    aimed = [name for name, each in INSTRUMENTS.items() if each.targets[-1] == "a named group"]
    assert sorted(aimed) == sorted(BITS)
    assert sum(BITS.values()) < 256
    assert sum(BITS.values()) == sum({1 << k for k in range(len(BITS))})
