"""Which pairs are tied: the draws at their addresses, and the ring tie by tie."""

from collections import Counter

import numpy as np
import pytest

from sim import draws
from sim.market import wiring

RUN = draws.key(20)


def test_places_are_drawn_at_their_addresses() -> None:
    """The place of number 40,000 is its own uniform, whatever is drawn beside it."""
    numbers = np.array([3, 40_000, 5])
    uniforms = [draws.four(RUN, int(number), 1, 0, draws.NETWORK, 2) for number in numbers]
    drawn = wiring.places(1000, RUN, numbers, wiring.TO, np.uint64(1), 2)
    assert drawn.tolist() == [int(1000 * u[wiring.TO]) for u in uniforms]


def ring_tie_by_tie(size: int, half: int, rewiring: float) -> set[tuple[int, int]]:
    """The ring as one would tell it: in each try ties see the graph as it was before the try."""
    ties = [(place, (place + lag) % size) for place in range(size) for lag in range(1, half + 1)]

    def u(tie: int, word: int, attempt: int) -> float:
        return draws.four(RUN, tie, draws.NOBODY, 0, draws.NETWORK, attempt)[word]

    moving = [tie for tie in range(len(ties)) if u(tie, wiring.REWIRE, 0) < rewiring]
    for attempt in range(wiring.TRIES):
        graph = {frozenset(ends) for ends in ties}
        wanted = {tie: (ties[tie][0], int(size * u(tie, wiring.TO, attempt))) for tie in moving}
        asked = Counter(frozenset(ends) for ends in wanted.values())
        for tie, ends in wanted.items():
            if len(set(ends)) == 2 and asked[frozenset(ends)] == 1 and frozenset(ends) not in graph:
                ties[tie] = ends
                moving.remove(tie)
    return {(min(ends), max(ends)) for ends in ties}


@pytest.mark.parametrize(
    ("size", "neighbours", "rewiring"),
    [(5, 2, 1.0), (9, 6, 1.0), (9, 6, 0.5), (30, 4, 0.3), (30, 28, 0.7), (60, 8, 1.0), (8, 0, 1.0)],
)
def test_a_ring_is_rewired_as_tie_by_tie(size: int, neighbours: int, rewiring: float) -> None:
    """Whole arrays at a time, the ring moves as it does tie by tie; a pair left is free again."""
    keys = wiring.rewired_ring(size, neighbours, rewiring, RUN)
    found = {(int(key) >> 32, int(key) & (2**32 - 1)) for key in keys}
    assert len(keys) == len(found) == size * neighbours // 2
    assert found == ring_tie_by_tie(size, neighbours // 2, rewiring)
