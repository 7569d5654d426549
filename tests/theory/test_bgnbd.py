"""BG/NBD on the CDNOW customers: row D09 of the docking table."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.theory.bgnbd import BgNbd

SIX = 0.51e-6  # six printed decimals
THREE = 0.51e-3  # three printed decimals

PUBLISHED = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)
# The maximum of the likelihood on the file below, with more digits than are printed.
FITTED = BgNbd(r=0.2425929, alpha=4.41353135, a=0.79288611, b=2.42575329)

CUSTOMERS = np.loadtxt(
    Path(__file__).parent / "data" / "cdnow_customers.csv", delimiter=",", skiprows=1
)
REPEATS, LAST, OBSERVED = CUSTOMERS[:, 1], CUSTOMERS[:, 2], CUSTOMERS[:, 3]
BUYERS = [np.minimum(REPEATS, 7) == count for count in range(8)]


def exposures(week: int) -> NDArray[np.float64]:
    """Weeks since each customer's first purchase at the end of `week`, exact to the day."""
    return np.maximum(np.round(OBSERVED * 7) / 7 - 39 + week, 0)


def test_the_customers_are_the_published_ones() -> None:
    """2,357 customers made 2,457 repeat purchases in 39 weeks, and 1,411 made none."""
    assert [len(REPEATS), REPEATS.sum(), BUYERS[0].sum()] == [2357, 2457, 1411]


def test_likelihood_at_its_maximum() -> None:
    """The likelihood is the printed one, flat there, and so the parameters are the printed fit."""
    best = FITTED.log_likelihood(REPEATS, LAST, OBSERVED)
    assert best == pytest.approx(-9582.425561, abs=SIX)
    fit = (FITTED.r, FITTED.alpha, FITTED.a, FITTED.b)
    assert fit == pytest.approx((0.242593, 4.413532, 0.792886, 2.425754), abs=1e-6)
    for change in 1 + 0.001 * np.vstack([np.eye(4), -np.eye(4)]):
        moved = BgNbd(*(np.array(fit) * change))
        assert moved.log_likelihood(REPEATS, LAST, OBSERVED) < best


def test_likelihood_of_the_published_parameters() -> None:
    """The published parameters give the published -9582.4."""
    assert PUBLISHED.log_likelihood(REPEATS, LAST, OBSERVED) == pytest.approx(-9582.4, abs=0.051)


def test_histogram_of_repeat_purchases() -> None:
    """Expected numbers of customers with 0 to 6 and 7 or more repeats, and chi-square 4.82."""
    expected = [float(FITTED.probability(count, OBSERVED).sum()) for count in range(7)]
    expected.append(len(OBSERVED) - sum(expected))
    printed = (1407.685, 460.324, 192.460, 101.163, 59.847, 38.120, 25.549, 71.852)
    assert expected == pytest.approx(printed, abs=THREE)
    actual = np.array([group.sum() for group in BUYERS])
    assert actual.tolist() == [1411, 439, 214, 100, 62, 38, 29, 64]
    chi_square = ((actual - expected) ** 2 / np.array(expected)).sum()
    assert chi_square == pytest.approx(4.82, abs=0.0051)


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        (13, 708.970),
        (26, 1726.906),
        (39, 2493.969),
        (52, 3127.696),
        (65, 3675.031),
        (78, 4160.638),
    ],
)
def test_trajectory_of_repeat_purchases(week: int, expected: float) -> None:
    """Repeat purchases of the whole cohort add up to the printed totals."""
    assert FITTED.expected_total(exposures(week)) == pytest.approx(expected, abs=THREE)


def test_holdout_is_forecast_four_per_cent_low() -> None:
    """4,339 repeat purchases had been made by week 78; the model says 4.11 per cent fewer."""
    assert FITTED.expected_total(exposures(78)) / 4339 - 1 == pytest.approx(-0.0411, abs=0.51e-4)


@pytest.mark.parametrize(("week", "expected"), [(39, 2497.563), (78, 4166.373)])
def test_totals_of_the_published_parameters(week: int, expected: float) -> None:
    """2,497.5635 lies on the edge of the printed 2,497.563, hence a whole last digit."""
    assert PUBLISHED.expected_total(exposures(week)) == pytest.approx(expected, abs=1e-3)


def test_purchases_of_a_new_customer() -> None:
    """E[X(t)] after 26, 39, 52 and 78 weeks."""
    found = PUBLISHED.expected_purchases([26, 39, 52, 78])
    assert found == pytest.approx([0.902637, 1.196723, 1.446051, 1.860519], abs=SIX)


def test_distribution_of_a_new_customer() -> None:
    """P(X(39) = 0..5) is printed, and all counts together have the mean E[X(39)]."""
    found = [float(PUBLISHED.probability(count, 39)) for count in range(6)]
    printed = [0.573786, 0.199395, 0.085430, 0.045860, 0.027671, 0.017965]
    assert found == pytest.approx(printed, abs=SIX)
    everyone = np.array([float(PUBLISHED.probability(count, 39)) for count in range(200)])
    assert everyone.sum() == pytest.approx(1, abs=1e-4)
    assert (np.arange(200) * everyone).sum() == pytest.approx(1.196723, abs=1e-4)


def test_purchases_ahead_given_the_past() -> None:
    """Mean forecasts for weeks 40 to 78 by number of repeats so far, and their sum."""
    ahead = FITTED.conditional_purchases(39, REPEATS, LAST, OBSERVED)
    printed = (0.225086, 0.523125, 1.044137, 1.520260, 2.163905, 2.653913, 3.504090, 6.157412)
    assert [ahead[group].mean() for group in BUYERS] == pytest.approx(printed, abs=SIX)
    assert ahead.sum() == pytest.approx(1653.423, abs=THREE)


def test_one_customer_given_the_past() -> None:
    """Two repeats, the last in week 30.43 of 38.86: 1.226028 purchases, alive with 0.726579."""
    assert PUBLISHED.conditional_purchases(39, 2, 30.43, 38.86) == pytest.approx(1.226028, abs=SIX)
    assert PUBLISHED.probability_alive(2, 30.43, 38.86) == pytest.approx(0.726579, abs=SIX)


def test_a_customer_without_repeats_is_alive() -> None:
    """Nobody leaves before a repeat, so no silence is a sign of having left."""
    assert PUBLISHED.probability_alive(0, 0, 1000) == 1


def test_forecast_from_nothing_is_the_forecast_for_a_newcomer() -> None:
    """Given no past at all, the conditional expectation is E[X(t)]."""
    ahead = PUBLISHED.conditional_purchases(39, 0, 0, 0)
    assert ahead == pytest.approx(float(PUBLISHED.expected_purchases(39)))


def test_nonsense_is_refused() -> None:
    """The error names the parameter, the value and what to do."""
    with pytest.raises(ValueError, match="alpha is -1, but it must be above 0: give a positive"):
        BgNbd(0.243, -1, 0.793, 2.426)
    with pytest.raises(ValueError, match="a is 1, but it must differ from 1: move it"):
        BgNbd(0.243, 4.414, 1, 2.426)
    with pytest.raises(ValueError, match=r"a \+ b is 1, but it must differ from 1: move b"):
        BgNbd(0.243, 4.414, 0.25, 0.75)
    with pytest.raises(ValueError, match="time since the last purchase is -1"):
        PUBLISHED.probability_alive(2, 40, 39)
    with pytest.raises(ValueError, match="purchases is -1, but it must be a whole number"):
        PUBLISHED.probability(-1, 39)
