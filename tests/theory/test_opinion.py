"""Opinions that average, resist or split into camps: rows D13 and D14 of the docking table."""

import networkx as nx
import numpy as np
import pytest

from sim.theory import markov, opinion

SIX = 0.51e-6  # six printed decimals
WEIGHTS = [[0.5, 0.3, 0.2], [0.2, 0.6, 0.2], [0.1, 0.3, 0.6]]
FIRST = (1, 0, 0.5)
KARATE = nx.to_numpy_array(nx.karate_club_graph(), weight=None)
EVENLY = np.linspace(0, 1, 1000)


def test_two_equals_meet_in_the_middle() -> None:
    """Two people who listen to each other alike agree on one half after one round."""
    assert opinion.consensus([[0.5, 0.5], [0.5, 0.5]], [0, 1]) == pytest.approx(0.5)
    assert opinion.opinions_after(1, [[0.5, 0.5], [0.5, 0.5]], [0, 1]) == pytest.approx([0.5, 0.5])


def test_influence_and_consensus() -> None:
    """Three people agree on 0.404762; the middle one counts most."""
    printed = [0.238095, 0.428571, 0.333333]
    assert opinion.influence(WEIGHTS) == pytest.approx(printed, abs=SIX)
    assert opinion.consensus(WEIGHTS, FIRST) == pytest.approx(0.404762, abs=SIX)


def test_ten_rounds() -> None:
    """After ten rounds they are there but for 0.4 to the tenth."""
    printed = [0.404782, 0.404776, 0.404729]
    assert opinion.opinions_after(10, WEIGHTS, FIRST) == pytest.approx(printed, abs=SIX)
    assert markov.eigenvalues(WEIGHTS)[1] == pytest.approx(0.4)


def test_zachary_karate_club() -> None:
    """Equal neighbours weigh people by their ties: 0.492424, and slowly, 0.933864 a lazy round."""
    first = np.arange(34) / 33
    assert opinion.neighbours_consensus(KARATE, first) == pytest.approx(0.492424, abs=SIX)
    lazy = (KARATE / KARATE.sum(axis=1, keepdims=True) + np.eye(34)) / 2
    assert opinion.consensus(lazy, first) == pytest.approx(0.492424, abs=SIX)
    assert markov.eigenvalues(lazy)[1] == pytest.approx(0.933864, abs=SIX)


def test_stubborn_people_never_agree() -> None:
    """Half open, they settle at (0.761029, 0.172794, 0.448529), where nobody moves."""
    found = opinion.stubborn_opinions(WEIGHTS, FIRST, 0.5)
    assert found == pytest.approx([0.761029, 0.172794, 0.448529], abs=SIX)
    assert 0.5 * np.array(WEIGHTS) @ found + 0.5 * np.array(FIRST) == pytest.approx(found)
    assert opinion.stubborn_opinions(WEIGHTS, FIRST, 0) == pytest.approx(FIRST)


@pytest.mark.parametrize(
    ("tolerance", "expected"),
    [
        (0.30, (0.5,)),
        (0.20, (0.3107, 0.6893)),
        (0.15, (0.2311, 0.5, 0.7689)),
        (0.10, (0.1541, 0.3973, 0.6027, 0.8459)),
    ],
)
def test_bounded_confidence(tolerance: float, expected: tuple[float, ...]) -> None:
    """A thousand people spread evenly end in the printed camps."""
    found = opinion.bounded_confidence(EVENLY, tolerance)
    assert found.opinions == pytest.approx(expected, abs=0.51e-4)
    assert sum(found.people) == 1000


@pytest.mark.parametrize(("tolerance", "expected"), [(0.25, 1), (0.05, 9)])
def test_number_of_camps(tolerance: float, expected: int) -> None:
    """One camp at 0.25, nine at 0.05."""
    assert len(opinion.bounded_confidence(EVENLY, tolerance).opinions) == expected


def test_agreement_takes_four_steps() -> None:
    """At 0.3 the thousand agree within four steps."""
    assert opinion.bounded_confidence(EVENLY, 0.3).steps == 4


def test_exactly_at_the_tolerance_still_counts() -> None:
    """Opinions 0 and 0.5 meet at tolerance 0.5, and do not at 0.4."""
    assert opinion.bounded_confidence([0, 0.5], 0.5).opinions == (0.25,)
    assert opinion.bounded_confidence([0, 0.5], 0.4).people == (1, 1)


@pytest.mark.parametrize(
    ("tolerance", "fewest", "most"), [(0.5, 1, 1), (0.3, 1, 1), (0.2, 2, 2), (0.1, 4, 5)]
)
def test_random_meetings(tolerance: float, fewest: int, most: int) -> None:
    """Met in pairs at random, people end in about 1/(2 tolerance) camps of over two per cent."""
    draw = np.random.default_rng(1)
    first, one = draw.random(1000), draw.integers(0, 1000, 200_000)
    other = (one + draw.integers(1, 1000, len(one))) % 1000
    pairs = np.stack([one, other], axis=1)
    found = opinion.camps(opinion.pairwise_compromise(first, pairs, tolerance), 0.02)
    assert fewest <= sum(people > 20 for people in found.people) <= most


def test_one_meeting() -> None:
    """With step 0.25, 0 and 0.4 become 0.1 and 0.3, and who is too far away does not move."""
    found = opinion.pairwise_compromise([0, 0.4, 1], [(0, 1), (0, 2)], 0.5, 0.25)
    assert found == pytest.approx([0.1, 0.3, 1])
    assert list(opinion.pairwise_compromise([0, 0.5], [(0, 1)], 0.5)) == [0, 0.5]


def test_nonsense_is_refused() -> None:
    """Missing opinions, one-sided ties, and people who have not come to rest are named."""
    with pytest.raises(ValueError, match="the number of opinions is 2, but it must be 3"):
        opinion.consensus(WEIGHTS, [0, 1])
    with pytest.raises(ValueError, match=r"ties is .* be symmetric"):
        opinion.neighbours_consensus([[0, 1], [0, 0]], [0, 1])
    with pytest.raises(ValueError, match="most_steps is 2, but people still move"):
        opinion.bounded_confidence(EVENLY, 0.2, most_steps=2)
    with pytest.raises(ValueError, match="openness is 1, but it must be 0 or more and below 1"):
        opinion.stubborn_opinions(WEIGHTS, FIRST, 1)
    with pytest.raises(ValueError, match=r"step is 0.6, but it must be above 0 and at most 0.5"):
        opinion.pairwise_compromise([0, 1], [(0, 1)], 0.5, 0.6)
    with pytest.raises(ValueError, match="step is 0, but it must be above 0"):
        opinion.pairwise_compromise([0, 1], [(0, 1)], 0.5, 0)
