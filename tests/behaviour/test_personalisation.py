"""Personalisation: better the better one knows, worse beyond that, creepy beyond what is borne."""

import numpy as np
import pytest

from sim.behaviour.commitment import bound
from sim.behaviour.personalisation import (
    answer,
    beyond,
    cooled,
    learnt,
    relevance,
    tolerated,
    used,
)


def test_getting_to_know() -> None:
    """Half of what is missing each time: 0, a half, three quarters."""
    assert learnt(0.0, 0.5) == 0.5
    assert learnt(0.5, 0.5) == 0.75
    assert learnt(0.7, 0.0) == 0.7


@pytest.mark.parametrize(
    ("knowledge", "use", "found"),
    [(0.8, 0.0, 0.0), (0.0, 0.0, 0.0), (0.8, 0.8, 0.64), (0.5, 0.2, 0.16), (0.2, 0.8, -0.32)],
)
def test_relevance_in_the_head(knowledge: float, use: float, found: float) -> None:
    """Unused, nothing; as far as one knows, its square; .8 by .2 is worse than all alike."""
    assert relevance(knowledge, use) == pytest.approx(found)


def test_relevance_is_what_is_gained_in_variance() -> None:
    """People want x; the firm believes y, correlated by K; going u·y leaves 1 - u(2K - u) of it."""
    chance, knowledge, use = np.random.default_rng(38), 0.6, 0.4
    wanted, noise = chance.standard_normal((2, 400_000))
    believed = knowledge * wanted + np.sqrt(1 - knowledge**2) * noise
    left = (wanted - use * believed) ** 2
    error = left.std() / np.sqrt(len(left))
    assert abs(left.mean() - (1 - relevance(knowledge, use))) < 4 * error


@pytest.mark.parametrize("knowledge", [0.1, 0.5, 0.9])
def test_it_is_best_to_go_as_far_as_one_knows(knowledge: float) -> None:
    """A tenth less or more is worse by a hundredth; who goes twice as far might leave it."""
    best = relevance(knowledge, knowledge)
    for use in (knowledge - 0.1, knowledge + 0.1):
        assert relevance(knowledge, use) == pytest.approx(best - 0.01)
    assert relevance(knowledge, 2 * knowledge) == pytest.approx(0.0)


def test_the_careful_go_no_further_than_they_know() -> None:
    """.8 is meant: with .3 known the careful go .3, the others .8; with .9 known both go .8."""
    assert used(0.3, 0.8, True) == 0.3
    assert used(0.3, 0.8, False) == 0.8
    assert used(0.9, 0.8, True) == used(0.9, 0.8, False) == 0.8


def test_what_is_tolerated() -> None:
    """From .2 to .8 over people, and never below 0; half of all data used is .1 beyond .4."""
    assert [tolerated(u, 0.5, 0.3) for u in (0.0, 0.5, 1.0)] == pytest.approx([0.2, 0.5, 0.8])
    assert tolerated(0.0, 0.1, 0.3) == 0.0
    assert beyond(1.0, 0.5, 0.4) == pytest.approx(0.1)
    assert beyond(0.5, 0.5, 0.4) == 0.0


def test_answers() -> None:
    """Relevant: half as much again; a tenth too far: .2 less; wrong by all: nothing, not less."""
    assert answer(0.5, 0.0, 1.0, 2.0) == 1.5
    assert answer(0.5, 0.1, 1.0, 2.0) == pytest.approx(1.3)
    assert answer(-1.0, 0.0, 2.0, 2.0) == 0.0
    assert answer(0.0, 0.0, 1.0, 2.0) == 1.0


def test_reactance() -> None:
    """Half too far at a reactance of .4 costs a fifth of trust; within tolerance nothing."""
    assert cooled(0.5, 0.5, 0.4) == pytest.approx(0.4)
    assert cooled(0.5, 0.0, 0.4) == 0.5


def test_attention_opens_commitment() -> None:
    """A benefit of .5 to somebody half oriented fills a quarter of what is missing to 1."""
    assert bound(0.6, 0.5, 0.5) == pytest.approx(0.7)
    assert bound(0.6, 0.5, 0.0) == pytest.approx(0.6)
