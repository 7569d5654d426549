"""What people end up believing when they listen to each other.

Averaging with fixed weights leads to one opinion, in which those count most who are listened to by
those who count; whoever keeps a share of the first opinion prevents that. If people listen
only to those who think nearly as they do, camps remain.

Source: DeGroot (1974); Friedkin & Johnsen (1990); Hegselmann & Krause (2002); Deffuant et al.
(2000). `weights[i][j]` is how much i listens to j; rows sum to 1.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.theory.markov import Matrix, stationary
from sim.theory.numerics import Array
from sim.theory.ranges import positive, require, share_below_one, square, transition, vector, whole


class Camps(NamedTuple):
    """Groups of one mind, in order of opinion."""

    opinions: tuple[float, ...]
    people: tuple[int, ...]
    steps: int  # until nobody moved any more


def influence(weights: Matrix) -> Array:
    """How much each person's first opinion counts in the end: pi = pi W, shape (people,)."""
    return stationary(weights)


def consensus(weights: Matrix, opinions: Sequence[float] | Array) -> float:
    """The one opinion that averaging leads to: pi . x0."""
    return float(influence(weights) @ _one_each(weights, opinions))


def opinions_after(steps: int, weights: Matrix, opinions: Sequence[float] | Array) -> Array:
    """Opinions after so many rounds of averaging, W^t x0, shape (people,)."""
    whole("steps", steps)
    first = _one_each(weights, opinions)
    rounds = np.linalg.matrix_power(transition("weights", weights), steps)
    return np.asarray(rounds @ first, dtype=np.float64)


def neighbours_consensus(ties: Matrix, opinions: Sequence[float] | Array) -> float:
    """The consensus when all neighbours count alike: the mean weighted by number of ties.

    `ties`, shape (people, people), is symmetric with 1 for a tie; the network must hang together.
    """
    network = square("ties", ties)
    symmetric = bool((network == network.T).all())
    require(symmetric, "ties", network.tolist(), "be symmetric", "say both i-j and j-i")
    degrees = network.sum(axis=1)
    positive("the fewest ties", float(degrees.min()))
    return float(np.average(_one_each(ties, opinions), weights=degrees))


def stubborn_opinions(weights: Matrix, opinions: Sequence[float] | Array, openness: float) -> Array:
    """Final opinions when each keeps a share of the first one, shape (people,).

    x = lambda W x + (1 - lambda) x0, with `openness` lambda in [0, 1).
    """
    share_below_one("openness", openness)
    chain, first = transition("weights", weights), _one_each(weights, opinions)
    listening = np.eye(len(chain)) - openness * chain
    return np.linalg.solve(listening, (1 - openness) * first)


def bounded_confidence(
    opinions: Sequence[float] | Array, tolerance: float, most_steps: int = 1000
) -> Camps:
    """Camps that remain when all average over those within `tolerance` (Hegselmann & Krause).

    All move at once. An opinion exactly `tolerance` away still counts. Raises ValueError if people
    still move after `most_steps`.
    """
    positive("tolerance", tolerance)
    present = np.sort(vector("opinions", opinions))
    for steps in range(most_steps):
        after = _average_within(present, tolerance)
        if np.abs(after - present).max() < 1e-12:
            return _camps(after, tolerance, steps)
        present = after
    raise ValueError(f"most_steps is {most_steps}, but people still move: allow more steps")


def pairwise_compromise(
    opinions: Sequence[float] | Array,
    pairs: Sequence[Sequence[int]] | np.ndarray,
    tolerance: float,
    step: float = 0.5,
) -> Array:
    """Opinions after meetings in the given order, shape (people,) (Deffuant).

    `pairs`, shape (meetings, 2), says who meets whom; those less than `tolerance` apart move
    towards each other by the share `step` of the distance, at most 0.5.
    """
    positive("tolerance", tolerance)
    require(0 < step <= 0.5, "step", step, "be above 0 and at most 0.5", "0.5 meets in the middle")
    present = vector("opinions", opinions).tolist()
    for one, other in np.asarray(pairs).tolist():
        distance = present[other] - present[one]
        if abs(distance) < tolerance:
            present[one] += step * distance
            present[other] -= step * distance
    return np.asarray(present, dtype=np.float64)


def camps(opinions: Sequence[float] | Array, gap: float) -> Camps:
    """Groups of people between whom no opinion is further than `gap` from the next; steps 0."""
    positive("gap", gap)
    return _camps(np.sort(vector("opinions", opinions)), gap, 0)


def _average_within(ordered: Array, tolerance: float) -> Array:
    first = np.searchsorted(ordered, ordered - tolerance, side="left")
    last = np.searchsorted(ordered, ordered + tolerance, side="right")
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    return np.asarray((sums[last] - sums[first]) / (last - first), dtype=np.float64)


def _camps(ordered: Array, gap: float, steps: int) -> Camps:
    groups = np.split(ordered, np.flatnonzero(np.diff(ordered) > gap) + 1)
    means = tuple(float(group.mean()) for group in groups)
    return Camps(means, tuple(len(group) for group in groups), steps)


def _one_each(weights: Matrix, opinions: Sequence[float] | Array) -> Array:
    numbers = vector("opinions", opinions)
    people = len(weights)
    same = len(numbers) == people
    require(same, "the number of opinions", len(numbers), f"be {people}", "one a person")
    return numbers
