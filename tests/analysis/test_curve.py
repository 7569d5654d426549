"""Curves through means: exact on parabolas, honest about where they are highest."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from sim.analysis.curve import Curve, fitted_curve

Values = npt.NDArray[np.float64]
PLACES = np.linspace(0, 1, 11)


def parabola(at: Values) -> Values:
    """Highest at .6, where it is 100."""
    return 100.0 - 40.0 * (at - 0.6) ** 2


def two_sided(at: Values) -> Values:
    """Falling returns on both sides, steeper on the right (as measured in the market)."""
    return 70.0 + 32.0 * (1 - np.exp(-1.39 * at)) + 19.0 * (1 - np.exp(-6.0 * (1 - at)))


def rising(at: Values) -> Values:
    """Highest at the end."""
    return 90.0 + 10.0 * at


def drawn(truth: Callable[[Values], Values], noise: float, worlds: int, seed: int) -> Curve:
    """A curve from worlds that share a level (sd 5) and differ by noise at each place."""
    rng = np.random.default_rng(seed)
    shared, own = rng.normal(0, 5, worlds), rng.normal(0, noise, (len(PLACES), worlds))
    return fitted_curve(PLACES, truth(PLACES)[:, None] + shared + own)


def exact(truth: Callable[[Values], Values], places: Values = PLACES) -> Curve:
    """A curve from two worlds without luck."""
    return fitted_curve(places, np.repeat(truth(places)[:, None], 2, axis=1))


def test_a_parabola_is_followed_exactly() -> None:
    """Without luck: highest at .6, 100 there, nothing missed; flat where .01 · 100 is lost."""
    curve = exact(parabola)
    assert curve.optimum == curve.low == curve.high == pytest.approx(0.6)
    assert curve.fitted.max() == pytest.approx(100)
    assert curve.fitted == pytest.approx(parabola(curve.grid))
    assert curve.flat == pytest.approx((0.6 - np.sqrt(1 / 40), 0.6 + np.sqrt(1 / 40)), abs=0.005)
    assert curve.fit == pytest.approx(1)
    assert curve.miss == pytest.approx(0, abs=1e-6)
    assert not curve.end


def test_places_may_lie_anywhere() -> None:
    """Eight budgets from 0 to 2, unevenly: the same parabola."""
    curve = exact(parabola, np.array([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2]))
    assert curve.optimum == pytest.approx(0.6)
    assert curve.fitted == pytest.approx(parabola(curve.grid))


def test_returns_that_fall_steeply_at_an_end_are_followed() -> None:
    """Where a cubic would miss by 1 %, the curve misses no point by more than a thousandth."""
    curve = exact(two_sided)
    grid = np.linspace(0, 1, 10_001)
    assert curve.optimum == pytest.approx(grid[np.argmax(two_sided(grid))], abs=0.01)
    assert curve.miss < 0.001 * curve.fitted.max()
    assert curve.fit > 0.999


@pytest.mark.parametrize(("truth", "end", "at"), [(rising, "last", 1), (lambda x: -x, "first", 0)])
def test_an_optimum_at_an_end_is_said(
    truth: Callable[[Values], Values], end: str, at: float
) -> None:
    """The corner is named, and its interval lies there."""
    curve = exact(truth)
    assert (curve.end, curve.optimum) == (end, at)
    assert (curve.low, curve.high) == (at, at)


def test_what_is_level_is_flat_everywhere() -> None:
    """The same at all places but for noise: flat from end to end, and the optimum could be any."""
    curve = drawn(lambda at: 100.0 + 0.0 * at, 5.0, 10, seed=1)
    assert curve.flat == (0.0, 1.0)
    assert curve.high - curve.low > 0.8


def test_too_much_noise_makes_flat_what_is_not() -> None:
    """With 1 % of 0.1 nothing would be flat; noise of 2 keeps a range that is not surely worse."""
    low = drawn(lambda at: 0.1 - (at - 0.5) ** 2, 0.01, 10, seed=1)
    noisy = drawn(lambda at: 0.1 - (at - 0.5) ** 2, 2.0, 10, seed=1)
    assert low.flat[1] - low.flat[0] < 0.3
    assert noisy.flat[1] - noisy.flat[0] > 0.8


def test_the_highest_value_is_a_sum_over_points() -> None:
    """``weights`` times the means is the height of the optimum."""
    curve = drawn(parabola, 1.0, 10, seed=2)
    rng = np.random.default_rng(2)
    shared, own = rng.normal(0, 5, 10), rng.normal(0, 1.0, (11, 10))
    means = (parabola(PLACES)[:, None] + shared + own).mean(axis=1)
    assert curve.weights @ means == pytest.approx(curve.fitted.max())


@pytest.mark.parametrize(("truth", "worlds"), [(parabola, 10), (two_sided, 4)])
def test_the_interval_of_the_optimum_covers_it(
    truth: Callable[[Values], Values], worlds: int
) -> None:
    """In 120 trials the truth is covered in 95 % at least (to 3 errors), by less than .25 each."""
    grid = np.linspace(0, 1, 10_001)
    best, trials = grid[np.argmax(truth(grid))], 120
    curves = [drawn(truth, 1.0, worlds, seed) for seed in range(trials)]
    held = np.mean([curve.low <= best <= curve.high for curve in curves])
    assert held >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / trials)
    assert np.mean([curve.high - curve.low for curve in curves]) < 0.25
    assert np.mean([curve.optimum for curve in curves]) == pytest.approx(best, abs=0.02)
