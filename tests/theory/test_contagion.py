"""Contagion, percolation, referral, attrition: rows D15 and D16, diffusion with attrition."""

from math import exp

import pytest

from sim.theory import contagion

SIX = 0.51e-6  # six printed decimals


@pytest.mark.parametrize(
    ("reproduction", "expected"),
    [
        (0.9, 0),
        (1, 0),
        (1.1, 0.176134),
        (1.5, 0.582812),
        (2, 0.796812),
        (3, 0.940480),
        (4, 0.980173),
    ],
)
def test_final_size(reproduction: float, expected: float) -> None:
    """The share reached is printed and solves z = 1 - exp(-R0 z)."""
    found = contagion.final_size(reproduction)
    assert found == pytest.approx(expected, abs=SIX)
    assert found == pytest.approx(1 - exp(-reproduction * found), abs=1e-12)


def test_thresholds() -> None:
    """A random graph of mean degree 4 needs a quarter, eight ties each a seventh."""
    assert contagion.poisson_threshold(4) == 0.25
    assert contagion.regular_threshold(8) == pytest.approx(0.142857, abs=SIX)


@pytest.mark.parametrize(
    ("chance", "expected"),
    [(0.1, 0), (1 / 7, 0), (0.2, 0.623254), (0.25, 0.824434), (0.3, 0.915154), (0.5, 0.995827)],
)
def test_final_size_with_eight_ties_each(chance: float, expected: float) -> None:
    """Above the threshold the printed shares are reached, below it none."""
    assert contagion.regular_final_size(8, chance) == pytest.approx(expected, abs=SIX)


def test_final_size_in_the_head() -> None:
    """Three ties each at chance 2/3: u = (1/3 + 2u/3)^2 has the root 1/4, so 7/8 are reached."""
    assert contagion.regular_final_size(3, 2 / 3) == pytest.approx(7 / 8)
    assert contagion.regular_final_size(3, 1) == 1


@pytest.mark.parametrize(
    ("referrals", "total", "variance"),
    [
        (0.1, 1.111111, 0.137174),
        (0.2, 1.250000, 0.390625),
        (0.3, 1.428571, 0.874636),
        (0.5, 2.000000, 4.000000),
    ],
)
def test_referrals_branch(referrals: float, total: float, variance: float) -> None:
    """Each customer brings others who bring others: mean and variance are printed."""
    assert contagion.referral_total(referrals) == pytest.approx(total, abs=SIX)
    assert contagion.referral_variance(referrals) == pytest.approx(variance, abs=SIX)
    assert contagion.value_with_referrals(7, referrals) == pytest.approx(7 * total, abs=7 * SIX)


def test_bass_with_attrition() -> None:
    """p 0.03, q 0.38, d 0.1: the current users follow a Bass curve, 0.52525 after ten years."""
    users = contagion.bass_with_attrition(0.03, 0.38, 0.1)
    found = (users.market, users.innovation, users.imitation)
    assert found == pytest.approx((0.7386, 0.0406, 0.2526), abs=0.51e-4)
    assert users.market * users.adopted(10) == pytest.approx(0.52525, abs=0.51e-5)


@pytest.mark.parametrize(("imitation", "market"), [(0.38, 1), (0.38, 500), (0, 1), (0.1, 1)])
def test_bass_with_attrition_solves_its_equation(imitation: float, market: float) -> None:
    """The slope of the users is p (m - x) + q (1-d) x (m - x)/m - d x, also if q = 0."""
    users = contagion.bass_with_attrition(0.03, imitation, 0.1, market)
    now = users.market * users.adopted(5)
    talk = imitation * 0.9 * now / market
    assert users.sales(5) == pytest.approx((0.03 + talk) * (market - now) - 0.1 * now)


def test_hardly_any_innovation_leaves_the_lasting_share() -> None:
    """With p near 0 users settle where q (1-d)(1 - x) = d: 1 - 0.1/0.342."""
    users = contagion.bass_with_attrition(1e-15, 0.38, 0.1)
    assert users.market == pytest.approx(1 - 0.1 / 0.342)


def test_without_attrition_it_is_bass() -> None:
    """d = 0 leaves the parameters alone."""
    users = contagion.bass_with_attrition(0.03, 0.38, 0, 50)
    found = (users.innovation, users.imitation, users.market)
    assert found == pytest.approx((0.03, 0.38, 50))


def test_the_cascade_window() -> None:
    """At threshold 0.18 cascades are possible from just above 1 tie to between 5.5 and 6."""
    possible = [contagion.vulnerable_successors(ties, 0.18) > 1 for ties in (1, 1.1, 3, 5.5, 6, 8)]
    assert possible == [False, True, True, True, False, False]


def test_vulnerable_successors_in_the_head() -> None:
    """At threshold 0.4 two ties are vulnerable: z e^-z; a tiny threshold counts everyone: z."""
    assert contagion.vulnerable_successors(1.5, 0.4) == pytest.approx(1.5 * exp(-1.5))
    assert contagion.vulnerable_successors(1.5, 0.01) == pytest.approx(1.5)
    assert contagion.vulnerable_successors(1.5, 0.9) == 0


def test_nonsense_is_refused() -> None:
    """Referrals that never end, two ties each, chances above one are named."""
    with pytest.raises(ValueError, match="referrals is 1, but it must be 0 or more and below 1"):
        contagion.referral_total(1)
    with pytest.raises(ValueError, match="mean_square_degree - mean_degree is 0, but it must be"):
        contagion.percolation_threshold(1, 1)
    with pytest.raises(ValueError, match="degree is 2, but it must be a whole number, 3 or more"):
        contagion.regular_final_size(2, 0.5)
    with pytest.raises(ValueError, match=r"chance is 1.5, but it must lie from 0 to 1"):
        contagion.regular_final_size(8, 1.5)
    with pytest.raises(ValueError, match="attrition is 1, but"):
        contagion.bass_with_attrition(0.03, 0.38, 1)
    with pytest.raises(ValueError, match="threshold is 0, but it must lie between 0 and 1"):
        contagion.vulnerable_successors(3, 0)
