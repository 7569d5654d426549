"""Targets: who is everybody, a prospect, lapsed, a customer, or of a named group."""

import itertools

import pytest

from sim.policy.targets import (
    ALL,
    CUSTOMERS,
    FIRST_GROUP,
    LAPSED,
    NAMES,
    PROSPECTS,
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
@pytest.mark.parametrize("group", [0, 1, 2])
def test_truth_table(has_bought: bool, is_customer: bool, expected: set[int], group: int) -> None:
    """Whom the four words mean does not depend on the group."""
    meant = {t for t in NAMES.values() if is_targeted(t, has_bought, is_customer, group)}
    assert meant == expected


@pytest.mark.parametrize("past", list(itertools.product([False, True], repeat=2)))
def test_a_named_group_is_its_members(past: tuple[bool, bool]) -> None:
    """The first code means group 1, the next group 2; nobody's people are in none."""
    members = {
        code: [group for group in range(4) if is_targeted(code, *past, group)]
        for code in (FIRST_GROUP, FIRST_GROUP + 1)
    }
    assert members == {FIRST_GROUP: [1], FIRST_GROUP + 1: [2]}


def test_words_and_groups_do_not_collide() -> None:
    """Four words, four codes, all below those of the groups."""
    assert len(set(NAMES.values())) == len(NAMES) == 4
    assert max(NAMES.values()) < FIRST_GROUP
