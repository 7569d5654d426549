"""The social network: which places of a market are tied to each other, and how strongly.

Ties join *places*, not people: whoever comes to a place takes over its ties. A network is built
once, before the first step, from addressed draws, so that the same seed gives the same ties. Which
pairs are tied is drawn in ``wiring``; here are the kinds of networks and the form they are kept in.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from sim import draws
from sim.market.pairs import LARGER, SHIFT, Integers, keys_of, within
from sim.market.wiring import STRONG, TO, WEAK, poisson, regular, rewired_ring

Floats = npt.NDArray[np.float64]
Kind = Literal["complete", "random", "small_world", "scale_free", "weighted", "listed"]

LIGHTEST, HEAVIEST = 1e-30, 1e30  # weights whose sums and shares single precision can hold
NO_WEIGHTS = np.empty(0, np.float32)
BYTES_PER_TIE: dict[Kind, int] = {
    "complete": 0,
    "random": 36,  # where half of all pairs are tied; where few are, half of it
    "small_world": 33,  # where all ties move; where few do, half of it
    "scale_free": 27,
    "weighted": 62,
    "listed": 88,  # in a file, with weights
}


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
    A network of any kind with weak ties is ``weighted``, one from a file ``listed``.
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
        return ties_of(size, poisson(size, neighbours, run, STRONG))
    if size * neighbours % 2:
        raise ValueError(
            f"neighbours must be even in a regular network of {size} places, not {neighbours}: "
            "each tie has two ends; change either number by one"
        )
    return ties_of(size, regular(size, neighbours, run))


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
    return ties_of(size, rewired_ring(size, neighbours, rewiring, run))


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
    return ties_of(size, keys_of(ends[::2], ends[1::2]))


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
    row = np.repeat(np.arange(size, dtype=np.int32), np.diff(ties.start))
    first = row < ties.tie  # a tie stands in both its rows
    strong = keys_of(row[first], ties.tie[first])
    weak = poisson(size, neighbours, run, WEAK)
    weak = weak[~within(weak, strong)]
    weights = np.repeat([1.0, weight], [len(strong), len(weak)])
    return ties_of(size, np.concatenate((strong, weak)), weights)


def ties_of(size: int, keys: Integers, weights: Floats | None = None) -> Ties:
    """Return the rows of the ties with these distinct keys (see ``pairs``)."""
    from scipy.sparse import coo_array

    ends = (keys >> SHIFT).astype(np.int32), (keys & LARGER).astype(np.int32)
    places = np.concatenate(ends), np.concatenate(ends[::-1])
    if weights is not None and np.all(weights == weights[:1]):
        weights = None
    each = np.broadcast_to(np.int8(1), 2 * len(keys)) if weights is None else np.tile(weights, 2)
    rows = coo_array((each, places), shape=(size, size)).tocsr()
    start = rows.indptr.astype(np.int64)
    if weights is None:
        reach = strength = NO_WEIGHTS
    else:
        reach, strength = _shares(size, start, rows.data)
    return Ties(False, start, rows.indices, reach, strength)


def _shares(
    size: int, start: Integers, weights: Floats
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return the cumulative share of each tie in its row's weight, and the rows' weights.

    The weights are used up: they become the shares, and these their sums.
    """
    degree = np.diff(start)
    row = np.repeat(np.arange(size, dtype=np.int32), degree)
    strength = np.bincount(row, weights, size)
    weights /= strength[row]
    weights[start[:-1][degree > 0][1:]] -= 1.0  # each row begins at 0 again: no large sum to round
    reach = np.cumsum(weights, out=weights).astype(np.float32)
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
