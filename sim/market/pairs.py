"""Pairs of places, each as one integer: what a network is while it is being built.

A pair's *key* has the smaller place in its upper 32 bits and the larger one in its lower 32. An
array of distinct keys is a simple graph, which makes self ties and double ties easy to refuse.
"""

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

SHIFT = np.int64(32)
LARGER = np.int64(2**32 - 1)


def keys_of(one: npt.NDArray[np.integer], other: npt.NDArray[np.integer]) -> Integers:
    """Return the keys of the pairs of these places."""
    keys = np.minimum(one, other).astype(np.int64)
    keys <<= SHIFT
    keys |= np.maximum(one, other)
    return keys


def distinct(keys: Integers) -> Integers:
    """Return the keys in order, each once (np.unique hashes whole numbers: 40 times slower)."""
    keys = np.sort(keys)
    return np.delete(keys, np.flatnonzero(keys[1:] == keys[:-1]))


def within(keys: Integers, known: Integers) -> Booleans:
    """Return which of the keys are among the ``known`` ones, which are in order."""
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    found = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)]
    return np.asarray(found == keys)


def once(keys: Integers) -> Booleans:
    """Return which of the keys occur once only."""
    ordered = np.sort(keys)
    return ~within(keys, ordered[1:][np.diff(ordered) == 0])


def missing(size: int, keys: Integers) -> Integers:
    """Return the keys, in order, of all pairs of ``size`` places that are not among the keys."""
    pairs = keys_of(*np.triu_indices(size, 1))
    return pairs[~within(pairs, keys)]
