"""Shares over people: the numbers by hand, and errors as large as the spread between samples."""

from collections.abc import Callable

import numpy as np
import pytest

from sim.analysis.docking.estimates import Values
from sim.analysis.docking.people import (
    bought,
    expected_by_person,
    part_of,
    part_of_heaviest,
    seen_well,
    share_who,
    spent,
)
from sim.analysis.docking.row import Figure
from sim.market.run import run
from sim.theory.nbd import Nbd

SAMPLES, PEOPLE = 400, 2_000
TOOTHPASTE = Nbd(1.456, 0.778816)


def test_purchases_and_money_by_window() -> None:
    """Together the windows hold what the customer table holds, each purchase once."""
    overrides = {"population.size": 50, "firms.acme.price": 3}
    lived = run("sim:theory/d05_nbd", overrides=overrides)
    counts, money = bought(lived, (0, 3), (3, 6)), spent(lived, (0, 3), (3, 6))
    table = lived.customers
    assert counts.shape == (50, 2)
    assert (counts.sum(axis=1)[table["person"]] == table["purchases"]).all()
    assert counts.sum() == table["purchases"].sum() == len(lived.transactions)
    assert (money == 3 * counts).all()
    months = lived.transactions["month"]
    assert counts[:, 0].sum() == (months < 3).sum()


def test_purchases_of_one_firm() -> None:
    """The purchases of all brands add up to all purchases."""
    lived = run("sim:theory/d08_dirichlet", overrides={"population.size": 200})
    by_brand = [bought(lived, (0, 6), firm=brand) for brand in lived.market.spec.firms]
    assert (np.sum(by_brand, axis=0) == bought(lived, (0, 6))).all()
    assert np.ptp([counts.sum() for counts in by_brand]) > 0


def test_a_share_and_a_ratio_by_hand() -> None:
    """Of four people one buys: a quarter, with an error of sqrt(3/16/4); 3 of 6 units: a half."""
    quarter = share_who("", np.array([True, False, False, False]), 0.25)
    assert (quarter.simulated, quarter.exact) == (0.25, 0.25)
    assert quarter.error == pytest.approx(np.sqrt(3 / 64))
    assert part_of("", np.array([3.0, 0, 0]), np.array([3.0, 2, 1]), 0.4).simulated == 0.5


def test_the_heaviest_by_hand() -> None:
    """Half of four people: who bought 4, and one by lot of the two who bought 2, have 6 of 9.

    Next time these two buy 1 and 5: the lot brings 3 on average, beside the 2 of the first.
    """
    now, later = np.array([4.0, 2, 2, 1]), np.array([2.0, 1, 5, 2])
    everyone = now > 0
    assert part_of_heaviest("", now, now, 0.5, everyone, 0.5).simulated == pytest.approx(6 / 9)
    assert part_of_heaviest("", now, later, 0.5, everyone, 0.5).simulated == pytest.approx(5 / 10)


def test_the_heaviest_of_buyers_by_hand() -> None:
    """Two who bought nothing do not count among those of whom half are the heaviest."""
    now = np.array([4.0, 2, 2, 1, 0, 0])
    assert part_of_heaviest("", now, now, 0.5, now > 0, 0.5).simulated == pytest.approx(6 / 9)
    assert part_of_heaviest("", now, now, 0.5, now >= 0, 0.5).simulated == pytest.approx(8 / 9)


def shares_of_buyers(now: Values, later: Values) -> Figure:
    return part_of_heaviest("", now, now, 0.2, now > 0, TOOTHPASTE.top_share(0.2).now)


def shares_later(now: Values, later: Values) -> Figure:
    return part_of_heaviest("", now, later, 0.2, now > 0, TOOTHPASTE.top_share(0.2).next)


def sales_to_nonbuyers(now: Values, later: Values) -> Figure:
    return part_of("", later * (now == 0), later, TOOTHPASTE.next_share_of_nonbuyers())


def as_expected(now: Values, later: Values) -> Figure:
    return expected_by_person("", later, TOOTHPASTE.next_purchases(now))


@pytest.mark.parametrize(
    "figure", [shares_of_buyers, shares_later, sales_to_nonbuyers, as_expected]
)
def test_errors_are_those_between_samples(figure: Callable[[Values, Values], Figure]) -> None:
    """Over 400 samples of 2,000 people the deviations have mean 0 and standard deviation 1."""
    chance = np.random.default_rng(5)
    deviations = np.empty(SAMPLES)
    for sample in range(SAMPLES):
        rates = chance.gamma(TOOTHPASTE.shape, TOOTHPASTE.mean / TOOTHPASTE.shape, PEOPLE)
        now, later = chance.poisson(rates, (2, PEOPLE)).astype(np.float64)
        deviations[sample] = figure(now, later).deviation
    assert deviations.mean() == pytest.approx(0, abs=4 / np.sqrt(SAMPLES))
    assert deviations.std() == pytest.approx(1, abs=4 / np.sqrt(2 * SAMPLES))


def test_what_is_seen_well() -> None:
    """An error of 3 per cent of a number is small enough, one of 4 is not."""
    fine, coarse = Figure("", 1, -1, 0.03), Figure("", 1, 1, 0.04)
    assert seen_well([fine, coarse]) == [fine]
