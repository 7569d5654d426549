"""D13: what people who listen to each other end up believing."""

import numpy as np
from numpy.typing import NDArray

from sim.analysis.docking.row import Figure, Parameters, Row
from sim.behaviour import expectation, forgetting
from sim.theory.opinion import (
    consensus,
    neighbours_consensus,
    opinions_after,
    stubborn_opinions,
)

Array = NDArray[np.float64]
ROUNDS = 2_000
"""Months after which nobody's opinion moves any more."""
SHOWN = (1, 2, 3, 4, 6, 8, 10)
"""Months of the curve."""


def dock(parameters: Parameters) -> list[Figure]:
    """Let three people listen to each other, and a club of 34."""
    weights, first = weights_of(parameters), opinions_of(parameters)
    openness = parameters["openness"]
    agreed = heard(ROUNDS, weights, first, openness=1.0)
    kept = heard(ROUNDS, weights, first, openness)
    exact = consensus(weights, first)
    stubborn = stubborn_opinions(weights, first, openness)
    return [
        *(same(f"opinion of person {i + 1} in the end", agreed[i], exact) for i in range(3)),
        *(same(f"opinion of person {i + 1} who keeps {1 - openness:.4g} of the first one",
               kept[i], stubborn[i]) for i in range(3)),
        *club(),
        *(same(f"opinion of person 1 after {months} months",
               heard(months, weights, first, openness=1.0)[0],
               opinions_after(months, weights, first)[0], months) for months in SHOWN),
    ]  # fmt: skip


def weights_of(parameters: Parameters) -> Array:
    """(3, 3) how much each listens to each; what is not her own opinion's goes to the others."""
    weights = np.zeros((3, 3))
    for i in range(3):
        own, split = parameters[f"own_{i + 1}"], parameters[f"split_{i + 1}"]
        one, other = (j for j in range(3) if j != i)
        weights[i, [i, one, other]] = own, (1 - own) * split, (1 - own) * (1 - split)
    return weights


def opinions_of(parameters: Parameters) -> Array:
    """(3,) what they think at first."""
    return np.array([parameters[f"opinion_{i + 1}"] for i in range(3)])


def heard(rounds: int, weights: Array, first: Array, openness: float) -> Array:
    """Expectations after so many months in which everybody hears everybody she listens to.

    All hear what the others thought at the end of the last month; then what was first expected
    comes back by the share that openness leaves.
    """
    present = first.tolist()
    for _ in range(rounds):
        present = [
            forgetting.faded(listened(i, weights[i], present), first[i], 1 - openness)
            for i in range(len(first))
        ]
    return np.array(present)


def listened(i: int, weights: Array, opinions: list[float]) -> float:
    """Expectation after one message from each other person, their mean weighed by the ties."""
    others = weights.copy()
    others[i] = 0.0
    messages = int(np.count_nonzero(others))
    verdict = float(others @ opinions / others.sum())
    return expectation.after_messages(
        opinions[i], messages, verdict, weight=1 - weights[i] ** (1 / messages)
    )


def club() -> list[Figure]:
    """Zachary's karate club: all neighbours count alike, oneself as much as all of them."""
    import networkx

    ties = networkx.to_numpy_array(networkx.karate_club_graph(), weight=None)
    first = np.arange(len(ties)) / (len(ties) - 1)
    listening = ties / ties.sum(axis=1, keepdims=True)
    weights = (np.eye(len(ties)) + listening) / 2
    agreed = heard(500, weights, first, openness=1.0)
    exact = neighbours_consensus(ties, first)
    return [
        same(f"{who} opinion in a club of {len(ties)}, in the end", opinion, exact)
        for who, opinion in (("lowest", agreed.min()), ("highest", agreed.max()))
    ]


def same(what: str, found: float, exact: float, at: float | None = None) -> Figure:
    """A number in which nothing is left to chance."""
    return Figure(what, float(found), float(exact), 0.0, at)


ROW = Row(
    id="D13",
    name="opinion",
    title="What people who listen to each other end up believing",
    kind="rule",
    form="x(t+1) = W x(t) leads everybody to pi . x(0), pi being the left unit eigenvector of W, "
    "and where all neighbours count alike to the mean weighed by numbers of ties; who keeps "
    "1 - lambda of the first opinion ends at x = lambda W x + (1 - lambda) x(0)",
    source="DeGroot (1974), Journal of the American Statistical Association 69; Friedkin & "
    "Johnsen (1990), Journal of Mathematical Sociology 15",
    limit="No market is lived. behaviour.expectation.after_messages, by which messages move an "
    "expectation, E + (1 - (1-w)^n)(v - E), is applied on fixed ties: each month everybody hears "
    "one message from each she listens to, v their mean weighed by ties, w such that her own "
    "opinion keeps its weight; all at once, from what was thought at the end of the last month. "
    "Keeping the first opinion is behaviour.forgetting.faded, by which expectations return to "
    "where they began. In the market messages are few and random, and tell satisfaction.",
    parameters={
        "own_1": 0.5,
        "split_1": 0.6,
        "own_2": 0.6,
        "split_2": 0.5,
        "own_3": 0.6,
        "split_3": 0.25,
        "opinion_1": 1.0,
        "opinion_2": 0.0,
        "opinion_3": 0.5,
        "openness": 0.5,
    },
    ranges={
        **dict.fromkeys(("own_1", "split_1", "own_2", "split_2", "own_3", "split_3"), (0.1, 0.9)),
        **dict.fromkeys(("opinion_1", "opinion_2", "opinion_3"), (0.0, 1.0)),
        "openness": (0.1, 0.9),
    },
    dock=dock,
    axes=("months", "opinion of person 1"),
)
