"""Pairs of places as integers: what can be checked in one's head."""

import numpy as np

from sim.market import pairs

ONE, OTHER = np.array([5, 0, 2]), np.array([1, 3, 7])
KEYS = [(1 << 32) + 5, (0 << 32) + 3, (2 << 32) + 7]


def test_keys() -> None:
    """The smaller place stands in the upper half of the key, the larger in the lower."""
    assert pairs.keys_of(ONE, OTHER).tolist() == KEYS
    assert pairs.keys_of(OTHER.astype(np.int32), ONE.astype(np.int32)).tolist() == KEYS
    largest = 2**31 - 1
    key = pairs.keys_of(np.array([largest]), np.array([largest - 1]))
    assert key.tolist() == [((largest - 1) << 32) + largest]


def test_distinct() -> None:
    """In order, each once."""
    assert pairs.distinct(np.array([4, 1, 4, 4, 2])).tolist() == [1, 2, 4]
    assert pairs.distinct(np.array([], np.int64)).tolist() == []


def test_within() -> None:
    """Which are known; none where nothing is."""
    assert pairs.within(np.array([1, 3, 9]), np.array([1, 2, 3])).tolist() == [True, True, False]
    assert pairs.within(np.array([1]), np.array([], np.int64)).tolist() == [False]


def test_once() -> None:
    """What occurs twice or more does not occur once."""
    assert pairs.once(np.array([7, 2, 7, 3, 7])).tolist() == [False, True, False, True, False]


def test_missing() -> None:
    """Of the six pairs of four places, those that are not tied."""
    tied = pairs.keys_of(np.array([0, 1, 2]), np.array([1, 2, 3]))
    left = pairs.keys_of(np.array([0, 0, 1]), np.array([2, 3, 3]))
    assert pairs.missing(4, tied).tolist() == left.tolist()
