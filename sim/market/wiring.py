"""Which pairs of places are tied, drawn anew for every network: pairs as keys, see ``pairs``.

The address of a draw is the number of the thing drawn for (a pair, a lattice tie, an end) as the
person, the graph (strong or weak) as the other party, step 0, and the try as the ordinal.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from sim import draws
from sim.market.pairs import Booleans, Integers, distinct, keys_of, missing, once, within

Places = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.integer]

FROM, TO, REWIRE, _ = range(4)
STRONG = draws.NOBODY
WEAK = np.uint64(1)
PIECE = 2**14  # draws made at a time: the generator's scratch then stays in the processor's cache
TRIES = 100  # draws after which a tie that fits nowhere is given up


# ── what is drawn ─────────────────────────────────────────────────────────────────────────────


def by_piece(
    run: draws.Key, numbers: Numbers, word: int, graph: np.uint64 = STRONG, ordinal: int = 0
) -> Iterator[tuple[slice, draws.Uniforms]]:
    """Yield slices of the numbers with their uniforms, each drawn at its own address."""
    for first in range(0, len(numbers), PIECE):
        piece = slice(first, first + PIECE)
        yield piece, draws.columns(run, numbers[piece], graph, 0, draws.NETWORK, ordinal)[word]


def places(
    size: int,
    run: draws.Key,
    numbers: Numbers,
    word: int,
    graph: np.uint64 = STRONG,
    ordinal: int = 0,
) -> Places:
    """Return one of ``size`` places for each of the numbers, all equally likely."""
    drawn = np.empty(len(numbers), np.int32)
    for piece, u in by_piece(run, numbers, word, graph, ordinal):
        drawn[piece] = size * u
    return drawn


# ── random pairs ──────────────────────────────────────────────────────────────────────────────


def poisson(size: int, neighbours: int, run: draws.Key, graph: np.uint64) -> Integers:
    """Return round(size · neighbours / 2) pairs, every set of pairs equally likely."""
    wanted, possible = round(size * neighbours / 2), size * (size - 1) // 2
    if 2 * wanted > possible:  # drawing the few pairs that are not tied is quicker
        return missing(size, _drawn(size, possible - wanted, run, graph))
    return _drawn(size, wanted, run, graph)


def _drawn(size: int, wanted: int, run: draws.Key, graph: np.uint64) -> Integers:
    """Return the first ``wanted`` different pairs that are drawn."""
    keys = np.empty(0, np.int64)
    made = 0
    while len(keys) < wanted:
        numbers = np.arange(made, made + wanted - len(keys))
        one, other = (places(size, run, numbers, word, graph) for word in (FROM, TO))
        keys = distinct(np.concatenate((keys, keys_of(one, other)[one != other])))
        made += len(numbers)
    return keys


# ── the same number of ties for everyone ──────────────────────────────────────────────────────


def regular(size: int, neighbours: int, run: draws.Key, shuffle: int = 0) -> Integers:
    """Return pairs in which every place occurs ``neighbours`` times."""
    if 2 * neighbours > size - 1:  # so dense a graph leaves no tie to exchange ends with
        return missing(size, np.sort(regular(size, size - 1 - neighbours, run)))
    ends = _shuffled(size, neighbours, run, shuffle)
    for attempt in range(TRIES):
        unfit = _unfit(ends)
        if not len(unfit):
            return keys_of(*ends)
        _exchange(ends, unfit, run, shuffle * TRIES + attempt)
    return regular(size, neighbours, run, shuffle + 1)


def _shuffled(size: int, neighbours: int, run: draws.Key, shuffle: int) -> Places:
    """Return (2, ties) both ends of every tie, all ends in random order."""
    order = np.arange(size * neighbours, dtype=np.uint64)
    for piece, u in by_piece(run, order, FROM, ordinal=shuffle * TRIES):
        order[piece] |= (u / draws.RESOLUTION).astype(np.uint64) << draws.SHIFT
    order.sort()
    order &= draws.MASK
    return (order // np.uint64(neighbours)).astype(np.int32).reshape(2, -1)


def _unfit(ends: Places) -> Integers:
    """Return the numbers of the self ties and of the ties that are there more than once."""
    return np.flatnonzero((ends[0] == ends[1]) | ~once(keys_of(*ends)))


def _exchange(ends: Places, unfit: Integers, run: draws.Key, attempt: int) -> None:
    """Let each unfit tie and a random one exchange far ends, where neither is then there already.

    Which end is the far one was settled by the shuffle, so either exchange is equally likely. Two
    exchanges that make the same tie leave it unfit for the next attempt.
    """
    partner = places(ends.shape[1], run, unfit, TO, ordinal=attempt)
    pair = np.stack((unfit, partner.astype(np.int64)))
    near, far = ends[:, pair]
    taken = within(keys_of(near, far[::-1]), np.sort(keys_of(*ends)))
    fit = ~taken.any(axis=0) & once(pair.ravel()).reshape(2, -1).all(axis=0)
    ends[1, pair[:, fit]] = far[::-1, fit]


# ── a ring, some of whose ties move ───────────────────────────────────────────────────────────


def rewired_ring(size: int, neighbours: int, rewiring: float, run: draws.Key) -> Integers:
    """Return the pairs of nearest neighbours after those that move have found a free place."""
    half = neighbours // 2
    keys = _ring(size, half)
    moved = np.empty(0, np.int64)
    moving = _moving(len(keys), rewiring, run)
    for attempt in range(TRIES):
        if not len(moving):
            break
        place = moving // half
        target = places(size, run, moving, TO, ordinal=attempt)
        wanted = keys_of(place, target)
        free = (target != place) & once(wanted) & ~within(wanted, moved)
        free &= ~_stands(size, half, keys, place, target)
        keys[moving[free]] = wanted[free]
        moved = np.sort(np.concatenate((moved, wanted[free])))
        moving = moving[~free]
    return keys


def _ring(size: int, half: int) -> Integers:
    """Return the pairs of each place and the ``half`` next ones, place after place."""
    place = np.arange(size)
    keys = np.empty((size, half), np.int64)
    for lag in range(half):
        keys[:, lag] = keys_of(place, (place + lag + 1) % size)
    return keys.ravel()


def _moving(ties: int, rewiring: float, run: draws.Key) -> Integers:
    """Return the numbers of the ties that move."""
    pieces = by_piece(run, np.arange(ties, dtype=np.uint32), REWIRE)
    chosen = [piece.start + np.flatnonzero(u < rewiring) for piece, u in pieces]
    return np.concatenate((np.empty(0, np.int64), *chosen))


def _stands(size: int, half: int, keys: Integers, one: Integers, other: Places) -> Booleans:
    """Return which of these pairs are ties of the ring that have not moved."""
    standing = np.zeros(len(one), np.bool_)
    for here, there in ((one, other), (other, one)):
        lag = (there - here) % size
        near = np.flatnonzero((lag > 0) & (lag <= half))
        tie = here[near].astype(np.int64) * half + lag[near] - 1
        standing[near] |= keys[tie] == keys_of(here[near], there[near])
    return standing
