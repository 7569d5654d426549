"""News in independent worlds: where counting stops, and how families differ in size."""

import numpy as np
import pytest

from sim.analysis.docking.estimates import standard_error
from sim.analysis.docking.outbreaks import Array, generations, large_ones, told
from sim.scenario.loading import Case, load_scenario
from sim.theory.contagion import referral_total, referral_variance


def contagion(mean: float, people: int = 200) -> Case:
    """So many people of whom everybody sends so many messages on average."""
    case = load_scenario("sim:theory/d15_contagion")
    return case.override(told({"kind": "complete"}, people, mean, 1.0))


def worlds(case: Case, number: int) -> list[Array]:
    """The generations of so many worlds."""
    return [generations(case, replication) for replication in range(number)]


def test_it_begins_with_one_and_ends_with_none() -> None:
    """The first generation is the one customer who arrives, the last one nobody; no other is."""
    won = generations(contagion(2.0), 3)
    assert (won[0], won[-1]) == (1, 0)
    assert (won[:-1] > 0).all()
    assert won.sum() <= 200


def test_who_tells_nobody_is_followed_by_nobody() -> None:
    """Without messages every world has one customer."""
    assert [each.tolist() for each in worlds(contagion(0.0), 3)] == [[1, 0]] * 3


def test_enough_is_enough() -> None:
    """Counting stops with the generation in which so many have been reached."""
    case = contagion(3.0)
    whole = next(w for w in worlds(case, 20) if w.sum() > 100)
    number = next(n for n, w in enumerate(worlds(case, 20)) if w.sum() > 100)
    part = generations(case, number, enough=50)
    assert part.tolist() == whole[: len(part)].tolist()
    assert part.sum() >= 50 > part[:-1].sum()


def test_small_outbreaks_are_passed_over() -> None:
    """The first three that reach a hundred people, each world but once."""
    case = contagion(2.0)
    sizes = large_ones(case, 3, 100)
    assert sizes.tolist() == [w.sum() for w in worlds(case, 30) if w.sum() >= 100][:3]


@pytest.mark.slow
@pytest.mark.parametrize("referrals", [0.3, 0.5])
def test_variance_of_a_family(referrals: float) -> None:
    """Families differ in size by R/(1-R)^3: too slow to be told well among the figures of a row."""
    total = referral_total(referrals)
    case = load_scenario("sim:theory/d16_referral").override(
        {
            "population.size": 4_000,
            "start.customers.acme": 0.005 / total,
            "mechanisms.word_of_mouth.base": referrals,
        }
    )
    lived = [each for each in worlds(case, 900) if each[0]]
    first, reached = (np.array([f(w) for w in lived]) for f in (lambda w: w[0], np.sum))
    squares = (reached - total * first) ** 2 / first
    error = standard_error(squares)
    assert error < 0.1 * referral_variance(referrals)
    assert squares.mean() == pytest.approx(referral_variance(referrals), abs=4 * error)
