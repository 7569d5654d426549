"""Who is tied to whom: simple graphs with the degrees, the rewiring and the tails they promise."""

import math
import tracemalloc
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from sim import draws
from sim.market import edges, network, wiring
from sim.market.network import Ties

RUN = draws.key(20)
OTHER = draws.key(21)

BUILT = {
    "ring": network.small_world(30, 4, 0.0, RUN),
    "rewired ring": network.small_world(30, 4, 0.5, RUN),
    "wholly rewired dense ring": network.small_world(9, 6, 1.0, RUN),
    "poisson": network.random(30, 4, "poisson", RUN),
    "dense poisson": network.random(30, 25, "poisson", RUN),
    "regular": network.random(30, 5, "regular", RUN),
    "half dense regular": network.random(31, 14, "regular", RUN),
    "dense regular": network.random(30, 25, "regular", RUN),
    "scale free": network.scale_free(30, 3, RUN),
    "with weak ties": network.with_weak(network.small_world(30, 4, 0.1, RUN), 3, 0.2, RUN),
    "listed": edges.from_edges(4, np.array([[3, 1], [1, 3], [0, 2], [1, 2]])),
    "ring without ties": network.small_world(30, 0, 0.5, RUN),
    "without ties": network.random(30, 0, "poisson", RUN),
}


def row(ties: Ties, place: int) -> list[int]:
    return [int(other) for other in ties.tie[ties.start[place] : ties.start[place + 1]]]


def degrees(ties: Ties) -> npt.NDArray[np.int64]:
    return np.diff(ties.start)


def pairs(ties: Ties) -> set[tuple[int, int]]:
    places = np.repeat(np.arange(len(ties.start) - 1), degrees(ties))
    both = zip(places.tolist(), ties.tie.tolist(), strict=True)
    return {(one, other) for one, other in both if one < other}


def same(one: Ties, other: Ties) -> bool:
    return all(
        np.array_equal(np.asarray(a), np.asarray(b)) for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("ties", BUILT.values(), ids=BUILT.keys())
def test_simple(ties: Ties) -> None:
    """Every row ascends without a repeat or the place itself, and ties hold in both directions."""
    size = len(ties.start) - 1
    for place in range(size):
        assert row(ties, place) == sorted(set(row(ties, place)) - {place})
        assert all(place in row(ties, other) for other in row(ties, place))
    assert ties.start[-1] == len(ties.tie) == 2 * len(pairs(ties))


def test_types() -> None:
    """The arrays have the types that the compiled month is compiled for."""
    weighted = BUILT["with weak ties"]
    kinds = [np.int64, np.int32, np.float32, np.float32]
    for ties in (*BUILT.values(), network.complete(5)):
        assert isinstance(ties.complete, bool)
        assert [array.dtype for array in ties[1:]] == kinds
    assert [len(array) for array in weighted[3:]] == [len(weighted.tie), 30]
    assert [len(array) for array in BUILT["poisson"][3:]] == [0, 0]


def test_complete_stores_no_tie() -> None:
    """A complete network is only said, not stored."""
    ties = network.complete(1000)
    assert ties.complete
    assert len(ties.tie) == len(ties.reach) == len(ties.strength) == 0
    assert not any(stored.complete for stored in BUILT.values())


def test_ring_of_six() -> None:
    """Six places with two neighbours and no rewiring stand in a ring."""
    ties = network.small_world(6, 2, 0.0, RUN)
    assert ties.start.tolist() == [0, 2, 4, 6, 8, 10, 12]
    assert ties.tie.tolist() == [1, 5, 0, 2, 1, 3, 2, 4, 3, 5, 0, 4]


def test_ring_of_seven_with_four_neighbours() -> None:
    """Four neighbours are two on each side."""
    ties = network.small_world(7, 4, 0.0, RUN)
    assert [row(ties, place) for place in (0, 3, 6)] == [[1, 2, 5, 6], [1, 2, 4, 5], [0, 1, 4, 5]]


def test_clustering_of_the_ring() -> None:
    """Of two neighbours' pairs 3(k−2)/(4(k−1)) are tied: 0.6 with six neighbours."""
    ties = network.small_world(40, 6, 0.0, RUN)
    tied = pairs(ties)
    closed = [
        (one, other) in tied
        for place in range(40)
        for one in row(ties, place)
        for other in row(ties, place)
        if one < other
    ]
    assert sum(closed) / len(closed) == pytest.approx(0.6)


def moved(ties: Ties, neighbours: int) -> list[int]:
    """Return the distances round the ring of the ties that lead beyond the nearest neighbours."""
    size = len(ties.start) - 1
    distances = [min(other - one, size - other + one) for one, other in pairs(ties)]
    return [distance for distance in distances if distance > neighbours // 2]


def test_share_of_rewired_ties() -> None:
    """A tenth of 80,000 ties is rewired, to places uniformly far away; none is lost."""
    size, neighbours, rewiring = 20_000, 8, 0.1
    ties = network.small_world(size, neighbours, rewiring, RUN)
    number = size * neighbours // 2
    far = moved(ties, neighbours)
    assert len(pairs(ties)) == number
    error = math.sqrt(rewiring * (1 - rewiring) / number)
    assert len(far) / number == pytest.approx(rewiring, abs=4 * error)
    assert np.mean(far) == pytest.approx(size / 4, abs=4 * size / math.sqrt(48 * len(far)))


def test_every_tie_rewired() -> None:
    """Even when every tie moves, a place keeps its own half of them: only far ends move."""
    ties = network.small_world(1000, 8, 1.0, RUN)
    assert len(pairs(ties)) == 4000
    assert degrees(ties).min() >= 4
    assert len(moved(ties, 8)) > 3900


def test_ties_without_a_free_place_stay() -> None:
    """In a ring where everyone is tied already nothing can move."""
    full = network.small_world(7, 6, 1.0, RUN)
    assert same(full, network.small_world(7, 6, 0.0, RUN))
    assert len(pairs(full)) == 21


def test_more_rewiring_moves_the_same_ties_and_others() -> None:
    """Under one seed, a higher probability moves every tie that a lower one moves."""
    ring = pairs(network.small_world(1000, 4, 0.0, RUN))
    few = ring - pairs(network.small_world(1000, 4, 0.1, RUN))
    many = ring - pairs(network.small_world(1000, 4, 0.3, RUN))
    assert few < many


def test_poisson_number_of_ties() -> None:
    """Seven places with three neighbours on average have round(10.5) = 10 ties."""
    assert len(pairs(network.random(7, 3, "poisson", RUN))) == 10
    assert len(pairs(network.random(30, 29, "poisson", RUN))) == 435


def test_poisson_degrees() -> None:
    """The variance of a Poisson degree is its mean: 8 (standard error √((λ + 2λ²)/n))."""
    degree = degrees(network.random(20_000, 8, "poisson", RUN))
    assert degree.mean() == 8.0
    assert degree.var() == pytest.approx(8.0, abs=4 * math.sqrt((8 + 2 * 8**2) / 20_000))
    empty = math.exp(-8)
    assert np.mean(degree == 0) == pytest.approx(empty, abs=4 * math.sqrt(empty / 20_000))


@pytest.mark.parametrize(("neighbours", "graphs"), [(1, 15), (2, 15)])
def test_poisson_graphs_are_equally_likely(neighbours: int, graphs: int) -> None:
    """Of 6 pairs there are 15 sets of two and 15 of four, drawn or left out equally often."""
    built = (network.random(4, neighbours, "poisson", draws.key(1, copy)) for copy in range(1500))
    seen = Counter(frozenset(pairs(ties)) for ties in built)
    expected = 1500 / graphs
    assert len(seen) == graphs
    for times in seen.values():
        assert times == pytest.approx(expected, abs=4 * math.sqrt(expected))


def test_more_neighbours_keep_the_ties() -> None:
    """Under one seed, a higher mean degree adds ties and takes none away."""
    few = pairs(network.random(500, 4, "poisson", RUN))
    assert few < pairs(network.random(500, 6, "poisson", RUN))


@pytest.mark.parametrize(
    ("size", "neighbours"),
    [(1, 0), (2, 1), (5, 2), (6, 2), (8, 3), (6, 4), (6, 5), (101, 50), (400, 7), (2000, 3)],
)
def test_regular_degrees(size: int, neighbours: int) -> None:
    """In a regular network every place has exactly so many ties, however dense it is."""
    for seed in range(5):
        ties = network.random(size, neighbours, "regular", draws.key(seed))
        assert set(degrees(ties).tolist()) == {neighbours}
        assert len(pairs(ties)) == size * neighbours // 2


def test_regular_ties_lead_anywhere() -> None:
    """Any two of 200 places are tied with probability 6/199, near or far in number."""
    distance = [other - one for one, other in pairs(network.random(200, 6, "regular", RUN))]
    near = sum(1 for apart in distance if apart <= 50) / len(distance)
    expected = sum(200 - apart for apart in range(1, 51)) / (200 * 199 / 2)
    error = math.sqrt(expected * (1 - expected) / len(distance))
    assert near == pytest.approx(expected, abs=4 * error)


def test_scale_free_begins_with_everyone_tied() -> None:
    """Four places with three links each are all tied to each other."""
    assert len(pairs(network.scale_free(4, 3, RUN))) == 6
    assert row(network.scale_free(2, 1, RUN), 0) == [1]


def test_scale_free_degrees() -> None:
    """m(m+1)/(k(k+1)) of all places have k ties or more: exponent 3, and none fewer than m.

    Dorogovtsev, Mendes & Samukhin (2000), Physical Review Letters 85, 4633-4636.
    """
    size, links = 10_000, 2
    degree = degrees(network.scale_free(size, links, RUN))
    assert degree.min() == links
    assert degree.sum() == 2 * (3 + links * (size - 3))
    for least in (3, 4, 6, 10, 16, 32):
        share = links * (links + 1) / (least * (least + 1))
        error = math.sqrt(share * (1 - share) / size)
        assert np.mean(degree >= least) == pytest.approx(share, abs=4 * error)


def test_scale_free_tail_exponent() -> None:
    """The Hill estimate over the most tied tenth or so is 3 within 4 standard errors."""
    degree = degrees(network.scale_free(10_000, 2, RUN))
    tail = degree[degree >= 8]
    exponent = 1 + 1 / np.mean(np.log(tail / 7.5))
    assert exponent == pytest.approx(3.0, abs=4 * 2.0 / math.sqrt(len(tail)))


def test_scale_free_takes_another_growth() -> None:
    """The growth can be replaced, by its compiled form or by a star."""

    def star(run: draws.Key, size: int, links: int, ends: npt.NDArray[np.int32]) -> None:
        ends[::2], ends[1::2] = np.arange(1, size), 0

    assert degrees(network.scale_free(5, 1, RUN, star)).tolist() == [4, 1, 1, 1, 1]


def build(run: draws.Key) -> list[Ties]:
    ring = network.small_world(60, 4, 0.3, run)
    return [
        ring,
        network.random(60, 4, "poisson", run),
        network.random(60, 4, "regular", run),
        network.scale_free(60, 2, run),
        network.with_weak(network.small_world(60, 4, 0.0, run), 2, 0.5, run),
    ]


def test_the_key_decides() -> None:
    """The same key gives the same network, another key another."""
    for first, again, another in zip(build(RUN), build(RUN), build(OTHER), strict=True):
        assert same(first, again)
        assert not same(first, another)


def test_pieces_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many draws are made at a time changes no tie."""
    whole = build(RUN)
    monkeypatch.setattr(wiring, "PIECE", 7)
    assert all(map(same, whole, build(RUN)))


def test_weights() -> None:
    """A pair listed twice weighs both; shares add up along the row."""
    ties = edges.from_edges(4, np.array([[0, 1], [2, 0], [1, 0]]), np.array([0.5, 3.0, 0.5]))
    assert ties.tie.tolist() == [1, 2, 0, 0]
    assert ties.reach.tolist() == [0.25, 1.0, 1.0, 1.0]
    assert ties.strength.tolist() == [4.0, 1.0, 3.0, 0.0]


def test_very_different_weights() -> None:
    """A heavy row does not blur the shares of a light one, and every row reaches exactly 1."""
    listed = np.array([[0, 1], [2, 3], [2, 4], [2, 5]])
    ties = edges.from_edges(6, listed, np.array([1e29, 1e-29, 1e-29, 2e-29]))
    assert row(ties, 2) == [3, 4, 5]
    assert ties.reach[ties.start[2] : ties.start[3]].tolist() == [0.25, 0.5, 1.0]
    assert all(ties.reach[ties.start[place + 1] - 1] == 1.0 for place in range(6))


def test_shares_of_a_hub() -> None:
    """The shares of 100,000 ties in a hub's weight are as exact as single precision is."""
    spokes = np.arange(100_000)
    weights = np.where(spokes == 0, 2.0, 1.0)
    ties = edges.from_edges(100_001, np.stack((spokes, 0 * spokes + 100_000), axis=1), weights)
    expected = np.arange(2, 100_002) / 100_001
    assert np.abs(ties.reach[-100_000:] - expected).max() < 2.0**-24


def test_equal_weights_are_not_stored() -> None:
    """Ties that all weigh 7 are ties without weights."""
    listed = np.array([[0, 1], [1, 2]])
    plain = edges.from_edges(3, listed)
    assert same(plain, edges.from_edges(3, listed, np.array([7.0, 7.0])))
    assert row(plain, 1) == [0, 2]


def test_weak_ties() -> None:
    """A place's strength is its strong ties plus a fifth of its weak ones; strong ones stay."""
    strong = network.small_world(200, 4, 0.0, RUN)
    ties = network.with_weak(strong, 6, 0.2, RUN)
    weak = len(pairs(ties)) - 400
    assert pairs(strong) < pairs(ties)
    assert 600 - 4 * math.sqrt(600 * 4 / 199) - 12 <= weak < 600
    assert ties.strength == pytest.approx(4 + 0.2 * (degrees(ties) - 4))
    share = np.diff(ties.reach[ties.start[0] : ties.start[1]], prepend=0.0) * ties.strength[0]
    weights = dict(zip(row(ties, 0), share.tolist(), strict=True))
    nearest = {1, 2, 198, 199}
    expected = {tie: 1.0 if tie in nearest else 0.2 for tie in weights}
    assert weights == pytest.approx(expected, rel=1e-5)


def test_weak_ties_are_drawn_anew() -> None:
    """Weak ties are not the strong ones over again: the two graphs have draws of their own."""
    strong = network.random(1000, 2, "poisson", RUN)
    ties = network.with_weak(strong, 2, 0.2, RUN)
    assert 1980 < len(pairs(ties)) <= 2000


def test_weak_ties_of_the_same_weight() -> None:
    """Weak ties of weight 1 are just more ties."""
    ring = network.small_world(50, 2, 0.0, RUN)
    assert len(network.with_weak(ring, 2, 1.0, RUN).reach) == 0
    assert same(network.with_weak(ring, 0, 0.2, RUN), ring)


@pytest.mark.parametrize("kind", ["random", "small_world", "scale_free", "weighted"])
def test_bytes_needed(kind: network.Kind) -> None:
    """Building takes no more memory than was announced, and no less than half of it."""

    def circle(run: draws.Key, size: int, links: int, ends: npt.NDArray[np.int32]) -> None:
        ends[::2] = np.arange(len(ends) // 2) % size
        ends[1::2] = (ends[::2] + 1) % size

    ring = network.small_world(50_000, 4, 0.1, RUN)
    builders = {
        "random": lambda: network.random(50_000, 8, "regular", RUN),
        "small_world": lambda: network.small_world(50_000, 8, 0.1, RUN),
        "scale_free": lambda: network.scale_free(50_000, 4, RUN, circle),
        "weighted": lambda: network.with_weak(ring, 4, 0.2, RUN),
    }
    tracemalloc.start()
    ties = builders[kind]()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    announced = network.bytes_needed(kind, len(ties.start) - 1, 8)
    assert 0.5 * announced < peak < announced + 300_000


def test_bytes_needed_for_a_file(tmp_path: Path) -> None:
    """Reading 100,000 ties with weights takes no more than was announced, nor less than half."""
    places = np.arange(100_000) % 25_000
    listed = np.stack((places, (places + 1 + np.arange(100_000) // 25_000) % 25_000, places + 1))
    file = tmp_path / "ties.csv"
    np.savetxt(file, listed.T, "%d", ",", header="from,to,weight", comments="")
    tracemalloc.start()
    edges.read_edges(file, 25_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    announced = network.bytes_needed("listed", 25_000, 8)
    assert 0.5 * announced < peak < announced


def test_a_dense_network_takes_no_more_than_was_announced() -> None:
    """Where nearly half of all pairs are tied, those that are not are drawn."""
    tracemalloc.start()
    network.random(1000, 502, "regular", RUN)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < network.bytes_needed("random", 1000, 502)


def test_bytes_needed_grows_with_ties() -> None:
    """Twice the neighbours need up to twice the memory; a complete network needs next to none."""
    few, many = (network.bytes_needed("random", 1000, neighbours) for neighbours in (8, 16))
    assert few < many <= 2 * few
    assert network.bytes_needed("complete", 1000, 999) == 16_000


RING = network.small_world(6, 2, 0.0, RUN)
REFUSALS = {
    "neighbours must be from 0 to 4 in a network of 5 places, not 5; lower neighbours or raise "
    "the number of places": lambda: network.random(5, 5, "poisson", RUN),
    "neighbours must be from 0 to 4 in a network of 5 places, not -2; lower neighbours or raise "
    "the number of places": lambda: network.small_world(5, -2, 0.1, RUN),
    "neighbours must be even in a regular network of 5 places, not 3: each tie has two ends; "
    "change either number by one": lambda: network.random(5, 3, "regular", RUN),
    "neighbours must be even in a small world, not 3: half stand on each side; use 2 or 4": (
        lambda: network.small_world(6, 3, 0.1, RUN)
    ),
    "rewiring must be a probability from 0 to 1, not 1.5; 0 keeps the ring, 1 moves every tie": (
        lambda: network.small_world(6, 2, 1.5, RUN)
    ),
    "links must be from 1 to 4 in a network of 5 places, not 5; a newcomer can only be tied to "
    "places that are there": lambda: network.scale_free(5, 5, RUN),
    "weak ties must be added to a stored network, not to a complete one, where everyone is tied "
    "already; choose another kind of network or leave out the weak ties": (
        lambda: network.with_weak(network.complete(5), 2, 0.2, RUN)
    ),
    "weak ties must be added to a network whose ties weigh the same, not to a weighted one; put "
    "the weak ties into its file, with their weights": (
        lambda: network.with_weak(BUILT["with weak ties"], 2, 0.2, RUN)
    ),
    "the weight of weak ties must be a positive finite number, not 0.0; a strong tie weighs 1, "
    "so 0.2 is a fifth of it": lambda: network.with_weak(RING, 2, 0.0, RUN),
    "neighbours must be from 0 to 5 in a network of 6 places, not 6; lower neighbours or raise "
    "the number of places": lambda: network.with_weak(RING, 6, 0.2, RUN),
    "the pairs, row 2: from and to must be two places, not 1 and 1; delete the row": (
        lambda: edges.from_edges(3, np.array([[0, 1], [1, 1]]))
    ),
}


@pytest.mark.parametrize("text", REFUSALS)
def test_refusals(text: str) -> None:
    """What cannot be built is refused with the name, the rule, the value and the remedy."""
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the whole text is compared
        REFUSALS[text]()
    assert str(refusal.value) == text
