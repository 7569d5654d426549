"""Pareto/NBD on the CDNOW customers: row D10 of the docking table."""

from pathlib import Path

import numpy as np
import pytest

from sim.theory.pareto_nbd import ParetoNbd

SIX = 0.51e-6  # six printed decimals
THREE = 0.51e-3  # three printed decimals

PUBLISHED = ParetoNbd(r=0.553, alpha=10.578, s=0.606, beta=11.669)
# The maximum of the likelihood on the file below, with more digits than are printed.
FITTED = ParetoNbd(r=0.55327549, alpha=10.57761164, s=0.60621322, beta=11.66790097)

CUSTOMERS = np.loadtxt(
    Path(__file__).parent / "data" / "cdnow_customers.csv", delimiter=",", skiprows=1
)
REPEATS, LAST, OBSERVED = CUSTOMERS[:, 1], CUSTOMERS[:, 2], CUSTOMERS[:, 3]
BUYERS = [np.minimum(REPEATS, 7) == count for count in range(8)]
DAYS = np.round(OBSERVED * 7) / 7  # weeks since the first purchase, exact to the day


def test_likelihood_at_its_maximum() -> None:
    """The likelihood is the printed one, flat there, and so the parameters are the printed fit."""
    best = FITTED.log_likelihood(REPEATS, LAST, OBSERVED)
    assert best == pytest.approx(-9594.973930, abs=SIX)
    fit = (FITTED.r, FITTED.alpha, FITTED.s, FITTED.beta)
    assert fit == pytest.approx((0.553276, 10.577613, 0.606214, 11.667910), abs=1e-5)
    for change in 1 + 0.001 * np.vstack([np.eye(4), -np.eye(4)]):
        moved = ParetoNbd(*(np.array(fit) * change))
        assert moved.log_likelihood(REPEATS, LAST, OBSERVED) < best


def test_likelihood_of_the_published_parameters() -> None:
    """The published parameters give the published -9595.0."""
    found = PUBLISHED.log_likelihood(REPEATS, LAST, OBSERVED)
    assert found == pytest.approx(-9595.0, abs=0.051)


def test_totals() -> None:
    """Repeat purchases by weeks 39 and 78; the second is 1.59 per cent below the actual 4,339."""
    assert FITTED.expected_total(DAYS) == pytest.approx(2524.939, abs=1e-3)
    found = FITTED.expected_total(DAYS + 39)
    assert found == pytest.approx(4270.071, abs=THREE)
    assert found / 4339 - 1 == pytest.approx(-0.0159, abs=0.51e-4)


def test_purchases_of_a_new_customer() -> None:
    """E[X(t)] after 26, 39, 52 and 78 weeks, at the published parameters."""
    printed = [0.908575, 1.213003, 1.472997, 1.909398]
    assert PUBLISHED.expected_purchases([26, 39, 52, 78]) == pytest.approx(printed, abs=SIX)


def test_who_is_still_there() -> None:
    """Half after one beta at s = 1, a quarter at s = 2."""
    assert ParetoNbd(1, 1, 1, 12).still_there([0, 12]) == pytest.approx([1, 0.5])
    assert ParetoNbd(1, 1, 2, 12).still_there(12) == pytest.approx(0.25)


def test_purchases_ahead_given_the_past() -> None:
    """Mean forecasts for weeks 40 to 78 by number of repeats, to the last digit or the one beside.

    The maximum is so flat that six digits of the parameters leave the last one open.
    """
    ahead = FITTED.conditional_purchases(39, REPEATS, LAST, OBSERVED)
    printed = (0.138448, 0.599476, 1.195846, 1.713829, 2.398353, 2.907258, 3.818609, 6.403230)
    assert [ahead[group].mean() for group in BUYERS] == pytest.approx(printed, abs=1.5e-6)
    assert ahead.sum() == pytest.approx(1665.534, abs=THREE)


def test_forecast_from_nothing_is_the_forecast_for_a_newcomer() -> None:
    """Given no past at all, the customer is alive and the forecast is E[X(t)]."""
    assert PUBLISHED.probability_alive(0, 0, 0) == pytest.approx(1)
    ahead = PUBLISHED.conditional_purchases(39, 0, 0, 0)
    assert ahead == pytest.approx(float(PUBLISHED.expected_purchases(39)))


@pytest.mark.parametrize("population", [PUBLISHED, ParetoNbd(0.5, 9, 2, 4), ParetoNbd(1, 5, 1, 5)])
def test_zero_class_is_an_integral_over_deaths(population: ParetoNbd) -> None:
    """P(X(t) = 0) is silence until death, over all times of death, plus silence alive until t."""
    time, grid = 20.0, np.linspace(0, 20, 200_001)
    silent = (population.alpha / (population.alpha + grid)) ** population.r
    still = (population.beta / (population.beta + grid)) ** (population.s + 1)
    dying = population.s / population.beta * still
    outlived = (population.beta / (population.beta + time)) ** population.s
    expected = silent[-1] * outlived + np.trapezoid(silent * dying, grid)
    assert population.zero_class(time) == pytest.approx(expected, rel=1e-8)


def test_an_exit_shape_of_one_is_the_limit() -> None:
    """At s = 1 the formula becomes a logarithm, close to its neighbours."""
    found = ParetoNbd(0.5, 10, 1, 12).expected_purchases(39)
    beside = ParetoNbd(0.5, 10, 1 + 1e-7, 12).expected_purchases(39)
    assert found == pytest.approx(float(beside), rel=1e-6)
    assert found == pytest.approx(0.5 * 12 / 10 * np.log(1 + 39 / 12))


def test_without_exits_it_is_an_nbd() -> None:
    """If hardly anyone dies, purchases are r t/alpha, and all are alive."""
    lasting = ParetoNbd(0.5, 10, 1, 1e9)
    assert lasting.expected_purchases(20) == pytest.approx(1)
    assert lasting.probability_alive(0, 0, 20) == pytest.approx(1)


def test_nonsense_is_refused() -> None:
    """The error names the parameter, the value and what to do."""
    with pytest.raises(ValueError, match="s is 0, but it must be above 0: give a positive s"):
        ParetoNbd(0.5, 10, 0, 12)
    with pytest.raises(ValueError, match="time since the last purchase is -1"):
        PUBLISHED.probability_alive(2, 40, 39)
    with pytest.raises(ValueError, match=r"time is -3, but .*: leave out the negative time"):
        PUBLISHED.expected_purchases(-3)
