"""The social network: which places of a market are tied to each other, and how strongly.

Ties join *places*, not people: whoever comes to a place takes over its ties. A network is built
once, before the first step, from addressed draws, so that the same seed gives the same ties. The
address of a draw is the number of the thing drawn for (a pair, a lattice tie, a newcomer) as the
person, the graph (strong or weak) as the other party, step 0, and the try as the ordinal.

Inside, an undirected tie is one integer, its *key*: smaller place · size + larger place. A sorted
array of distinct keys is a simple graph, which makes self ties and double ties easy to refuse.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from sim import draws

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]
Kind = Literal["complete", "random", "small_world", "scale_free"]

FROM, TO, REWIRE, _ = range(4)
STRONG = draws.NOBODY
WEAK = np.uint64(1)
PIECE = 2**14  # draws made at a time: the generator's scratch then stays in the processor's cache
TRIES = 100  # draws after which a tie that fits nowhere is given up
LIGHTEST, HEAVIEST = 1e-30, 1e30  # weights whose sums and shares single precision can hold
NO_WEIGHTS = np.empty(0, np.float32)
BYTES_PER_TIE: dict[Kind, int] = {"complete": 0, "random": 48, "small_world": 44, "scale_free": 36}


class Ties(NamedTuple):
    """The ties between the places 0 to size − 1, row after row; the compiled month reads it.

    complete: everyone is tied to everyone else, and no tie is stored (a mean field).
    start: (size + 1,) where each place's row of ties begins; the last is the end of the last row.
    tie: (ties,) the place at the other end, ascending within a row; a tie stands in both its rows.
    reach: (ties,) cumulative share of the row's weight, ending at 1; empty if weights are equal.
    strength: (size,) total weight of a place's ties; empty if weights are equal (use the degree).
    """

    complete: bool
    start: npt.NDArray[np.int64]
    tie: npt.NDArray[np.int32]
    reach: npt.NDArray[np.float32]
    strength: npt.NDArray[np.float32]


def bytes_needed(kind: Kind, size: int, neighbours: float) -> int:
    """Return about how many bytes building such a network takes at its peak.

    ``neighbours`` is the mean number of ties of a place: twice the ``links`` of a scale-free one.
    """
    return round(size * (16 + neighbours * BYTES_PER_TIE[kind]))


def complete(size: int) -> Ties:
    """Return the network in which everyone is tied to everyone else: the mean field."""
    return Ties(True, np.zeros(size + 1, np.int64), np.empty(0, np.int32), NO_WEIGHTS, NO_WEIGHTS)


def random(
    size: int, neighbours: int, degrees: Literal["poisson", "regular"], run: draws.Key
) -> Ties:
    """Return a random graph with ``neighbours`` ties a place: on average, or exactly.

    ``poisson``: round(size · neighbours / 2) distinct pairs, every set of pairs equally likely
    (Erdős & Rényi 1959, Publicationes Mathematicae 6, 290-297).
    ``regular``: the ends of all ties shuffled and paired (Bollobás 1980, European Journal of
    Combinatorics 1, 311-316); self ties and double ties then exchange an end with a random tie,
    which leaves regular graphs not exactly equally likely, the less so the larger the size.

    Raises:
        ValueError: ``neighbours`` outside 0 to size − 1; regular: size · neighbours is odd.
    """
    _refuse_neighbours(size, neighbours)
    if degrees == "poisson":
        return ties_of(size, _poisson(size, neighbours, run, STRONG))
    if size * neighbours % 2:
        raise ValueError(
            f"neighbours must be even in a regular network of {size} places, not {neighbours}: "
            "each tie has two ends; change either number by one"
        )
    return ties_of(size, _regular(size, neighbours, run))


def small_world(size: int, neighbours: int, rewiring: float, run: draws.Key) -> Ties:
    """Return a ring of nearest neighbours some of whose ties lead anywhere.

    Each place is tied to the ``neighbours`` nearest (half on each side), and each tie moves its
    far end, with probability ``rewiring``, to a uniformly drawn place (Watts & Strogatz 1998,
    Nature 393, 440-442). Ties move together where the original goes round the ring; one that finds
    no free place in 100 tries stays where it is.

    Raises:
        ValueError: ``neighbours`` odd or outside 0 to size − 1; ``rewiring`` outside 0 to 1.
    """
    _refuse_neighbours(size, neighbours)
    if neighbours % 2:
        raise ValueError(
            f"neighbours must be even in a small world, not {neighbours}: half stand on each "
            f"side; use {neighbours - 1} or {neighbours + 1}"
        )
    if not 0 <= rewiring <= 1:
        raise ValueError(
            f"rewiring must be a probability from 0 to 1, not {rewiring}; "
            "0 keeps the ring, 1 moves every tie"
        )
    place, lag = np.divmod(np.arange(size * neighbours // 2), neighbours // 2)
    far = _rewired(size, place, (place + lag + 1) % size, rewiring, run)
    return ties_of(size, np.sort(keys_of(size, place, far)))


def grow_scale_free(run: draws.Key, size: int, links: int, ends: npt.NDArray[np.int32]) -> None:
    """Fill ``ends``, the two ends of one tie after another, by preferential attachment.

    The first links + 1 places are all tied to each other. Every newcomer then draws ``links``
    different ends among the ties there are. Plain scalar code, meant to be compiled.
    """
    filled = 0
    for newcomer in range(links + 1):
        for earlier in range(newcomer):
            ends[filled], ends[filled + 1] = newcomer, earlier
            filled += 2
    for newcomer in range(links + 1, size):
        known = filled
        attempt = 0
        while filled < known + 2 * links:
            u = draws.four(run, newcomer, STRONG, 0, draws.NETWORK, attempt)[TO]
            chosen = ends[int(u * known)]
            if not np.any(ends[known + 1 : filled : 2] == chosen):
                ends[filled], ends[filled + 1] = newcomer, chosen
                filled += 2
            attempt += 1


def scale_free(
    size: int,
    links: int,
    run: draws.Key,
    grow: Callable[[draws.Key, int, int, npt.NDArray[np.int32]], None] = grow_scale_free,
) -> Ties:
    """Return a network with a few hubs: who has many ties gets more (exponent 3).

    Barabási & Albert (1999), Science 286, 509-512. Low place numbers are the oldest places and so
    the hubs. ``grow`` may be the compiled :func:`grow_scale_free`; the plain one takes about
    20 µs a tie.

    Raises:
        ValueError: ``links`` outside 1 to size − 1.
    """
    if not 1 <= links < size:
        raise ValueError(
            f"links must be from 1 to {size - 1} in a network of {size} places, not {links}; "
            "a newcomer can only be tied to places that are there"
        )
    ends = np.empty(links * (links + 1) + 2 * links * (size - links - 1), np.int32)
    grow(run, size, links, ends)
    return ties_of(size, np.sort(keys_of(size, ends[::2], ends[1::2])))


def with_weak(ties: Ties, neighbours: int, weight: float, run: draws.Key) -> Ties:
    """Return the network with random weak ties added, ``neighbours`` a place on average.

    A strong tie weighs 1, a weak one ``weight``; a pair that is already tied stays strong
    (Granovetter 1973, American Journal of Sociology 78, 1360-1380).

    Raises:
        ValueError: the network is complete or weighted already; ``neighbours`` outside 0 to
            size − 1; ``weight`` not positive and finite.
    """
    size = len(ties.start) - 1
    _refuse_weak(ties, weight)
    _refuse_neighbours(size, neighbours)
    row = np.repeat(np.arange(size), np.diff(ties.start))
    strong = (row * size + ties.tie)[row < ties.tie]
    weak = _poisson(size, neighbours, run, WEAK)
    weak = weak[~_within(weak, strong)]
    weights = np.repeat([1.0, weight], [len(strong), len(weak)])
    return ties_of(size, np.concatenate((strong, weak)), weights)


def _uniforms(
    run: draws.Key,
    numbers: Integers,
    words: tuple[int, ...],
    graph: np.uint64 = STRONG,
    ordinal: int = 0,
) -> Floats:
    """Return (words, numbers) uniforms, those of each number at its own address."""
    uniforms = np.empty((len(words), len(numbers)))
    for first in range(0, len(numbers), PIECE):
        piece = slice(first, first + PIECE)
        four = draws.columns(run, numbers[piece], graph, 0, draws.NETWORK, ordinal)
        uniforms[:, piece] = [four[word] for word in words]
    return uniforms


def keys_of(size: int, one: npt.NDArray[np.integer], other: npt.NDArray[np.integer]) -> Integers:
    """Return the keys of the ties between these pairs of places."""
    return np.asarray(np.minimum(one, other).astype(np.int64) * size + np.maximum(one, other))


def distinct(keys: Integers) -> Integers:
    """Return the keys in order, each once (np.unique hashes whole numbers: 40 times slower)."""
    keys = np.sort(keys)
    return np.asarray(keys[np.diff(keys, prepend=-1) != 0])


def _within(keys: Integers, known: Integers) -> Booleans:
    """Return which of the keys are among the ``known`` ones, which are in order."""
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    found = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)]
    return np.asarray(found == keys)


def _once(keys: Integers) -> Booleans:
    """Return which of the keys occur once only."""
    ordered = np.sort(keys)
    return ~_within(keys, ordered[1:][np.diff(ordered) == 0])


def _missing(size: int, keys: Integers) -> Integers:
    """Return the keys of all pairs that are not tied."""
    pairs = keys_of(size, *np.triu_indices(size, 1))
    return pairs[~_within(pairs, keys)]


def _poisson(size: int, neighbours: int, run: draws.Key, graph: np.uint64) -> Integers:
    wanted, possible = round(size * neighbours / 2), size * (size - 1) // 2
    if 2 * wanted > possible:  # drawing the few pairs that are not tied is quicker
        return _missing(size, _drawn(size, possible - wanted, run, graph))
    return _drawn(size, wanted, run, graph)


def _drawn(size: int, wanted: int, run: draws.Key, graph: np.uint64) -> Integers:
    """Return the first ``wanted`` different pairs that are drawn."""
    keys = np.empty(0, np.int64)
    made = 0
    while len(keys) < wanted:
        numbers = np.arange(made, made + wanted - len(keys))
        u = _uniforms(run, numbers, (FROM, TO), graph)
        one, other = (size * u).astype(np.int64)
        keys = distinct(np.concatenate((keys, keys_of(size, one, other)[one != other])))
        made += len(numbers)
    return keys


def _regular(size: int, neighbours: int, run: draws.Key, shuffle: int = 0) -> Integers:
    if 2 * neighbours > size - 1:  # so dense a graph leaves no tie to exchange ends with
        return _missing(size, _regular(size, size - 1 - neighbours, run))
    ends = _shuffled(size, neighbours, run, shuffle)
    for attempt in range(TRIES):
        unfit = _unfit(size, ends)
        if not len(unfit):
            return np.sort(keys_of(size, *ends))
        _exchange(size, ends, unfit, run, shuffle * TRIES + attempt)
    return _regular(size, neighbours, run, shuffle + 1)


def _shuffled(size: int, neighbours: int, run: draws.Key, shuffle: int) -> Integers:
    """Return (2, ties) both ends of every tie, all ends in random order."""
    ends = np.arange(size * neighbours)
    (u,) = _uniforms(run, ends, (FROM,), ordinal=shuffle * TRIES)
    word = (u / draws.RESOLUTION).astype(np.uint64)
    order = np.sort((word << draws.SHIFT) | ends.astype(np.uint64)) & draws.MASK
    return np.asarray(order.astype(np.int64).reshape(2, -1) // neighbours)


def _unfit(size: int, ends: Integers) -> Integers:
    """Return the numbers of the self ties and of the ties that are there more than once."""
    return np.flatnonzero((ends[0] == ends[1]) | ~_once(keys_of(size, *ends)))


def _exchange(size: int, ends: Integers, unfit: Integers, run: draws.Key, attempt: int) -> None:
    """Let each unfit tie and a random one exchange far ends, where neither is then there already.

    Which end is the far one was settled by the shuffle, so either exchange is equally likely. Two
    exchanges that make the same tie leave it unfit for the next attempt.
    """
    (u,) = _uniforms(run, unfit, (TO,), ordinal=attempt)
    pair = np.stack((unfit, (u * ends.shape[1]).astype(np.int64)))
    near, far = ends[:, pair]
    taken = _within(keys_of(size, near, far[::-1]), np.sort(keys_of(size, *ends)))
    fit = ~taken.any(axis=0) & _once(pair.ravel()).reshape(2, -1).all(axis=0)
    ends[1, pair[:, fit]] = far[::-1, fit]


def _rewired(
    size: int, place: Integers, far: Integers, rewiring: float, run: draws.Key
) -> Integers:
    """Return the far ends of the lattice ties after those that move have found a free place."""
    (u,) = _uniforms(run, np.arange(len(place)), (REWIRE,))
    moving = np.flatnonzero(u < rewiring)
    for attempt in range(TRIES):
        if not len(moving):
            break
        (u,) = _uniforms(run, moving, (TO,), ordinal=attempt)
        target = (size * u).astype(np.int64)
        keys = keys_of(size, place[moving], target)
        free = (target != place[moving]) & _once(keys)
        free &= ~_within(keys, np.sort(keys_of(size, place, far)))
        far[moving[free]] = target[free]
        moving = moving[~free]
    return far


def ties_of(size: int, keys: Integers, weights: Floats | None = None) -> Ties:
    """Return the rows of the ties with these distinct keys."""
    one = keys // size
    other = keys - one * size
    degree = np.bincount(one, minlength=size) + np.bincount(other, minlength=size)
    start = np.concatenate(([0], np.cumsum(degree)))
    both = np.concatenate((keys, other * size + one))
    if weights is None or np.all(weights == weights[:1]):
        reach = strength = NO_WEIGHTS
    else:
        reach, strength = _shares(size, start, np.tile(weights, 2)[np.argsort(both)])
    both.sort()
    both -= np.repeat(np.arange(size) * size, degree)
    return Ties(False, start, both.astype(np.int32), reach, strength)


def _shares(
    size: int, start: Integers, weights: Floats
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return the cumulative share of each tie in its row's weight, and the rows' weights."""
    degree = np.diff(start)
    row = np.repeat(np.arange(size), degree)
    strength = np.bincount(row, weights, size)
    shares = weights / strength[row]
    shares[start[:-1][degree > 0][1:]] -= 1.0  # each row begins at 0 again: no large sum to round
    reach = np.cumsum(shares).astype(np.float32)
    reach[start[1:] - 1] = 1.0  # whatever the rounding (an empty row: the row before once more)
    return reach, strength.astype(np.float32)


def _refuse_neighbours(size: int, neighbours: int) -> None:
    if not 0 <= neighbours < size:
        raise ValueError(
            f"neighbours must be from 0 to {size - 1} in a network of {size} places, not "
            f"{neighbours}; lower neighbours or raise the number of places"
        )


def _refuse_weak(ties: Ties, weight: float) -> None:
    if ties.complete:
        raise ValueError(
            "weak ties must be added to a stored network, not to a complete one, where everyone "
            "is tied already; choose another kind of network or leave out the weak ties"
        )
    if len(ties.reach):
        raise ValueError(
            "weak ties must be added to a network whose ties weigh the same, not to a weighted "
            "one; put the weak ties into its file, with their weights"
        )
    if not LIGHTEST <= weight <= HEAVIEST:
        raise ValueError(
            f"the weight of weak ties must be a positive finite number, not {weight}; "
            "a strong tie weighs 1, so 0.2 is a fifth of it"
        )
