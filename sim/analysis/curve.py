"""A smooth curve through the means of paired worlds, its highest place, and how sure that is.

The curve is a penalised spline (Eilers & Marx 1996, Statistical Science 11): cubic B-splines on
even knots, with a penalty on third differences, so that the smoothest curve there is is a parabola,
which has an optimum. How smooth it is is chosen by generalised cross-validation (Craven & Wahba
1979, Numerische Mathematik 31). A polynomial would be stiffer: near 0 money the response is steep,
and a cubic that has to follow it there misses the optimum by a tenth of the budget.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.analysis.statistics import resampled_means

Values = npt.NDArray[np.float64]
PIECES = 10
"""Pieces of the curve between its knots."""
PENALTIES = np.geomspace(1e-4, 1e6, 31)
"""Weights of the penalty to choose from: from nearly through every point to nearly a parabola."""
STEPS = 200
"""Steps between the ends at which the curve is looked at."""
NEARLY = 0.01
"""Share of the best value that may be lost in the flat range."""


class Curve(NamedTuple):
    """A curve through some points, and where it is highest.

    Attributes:
        places: (points,) where the points lie, rising.
        grid: (``STEPS`` + 1,) places from the first to the last point.
        fitted: (``STEPS`` + 1,) height of the curve there.
        optimum: place at which the curve is highest.
        low: lower end of the 95 % interval of the optimum, from resampled worlds.
        high: its upper end.
        flat: the two ends of the flat range: the places around the optimum at which the curve is
            less than ``NEARLY`` of the best value under the best, or not surely under it (paired
            bootstrap, 95 %).
        weights: (points,) what each point counts in the highest value.
        fit: share of the variance of the points' means that the curve explains; not a number if
            they are all the same.
        miss: largest distance of a point's mean from the curve.
    """

    places: Values
    grid: Values
    fitted: Values
    optimum: float
    low: float
    high: float
    flat: tuple[float, float]
    weights: Values
    fit: float
    miss: float

    @property
    def end(self) -> str:
        """``first`` or ``last`` where the optimum lies at an end of what was tried, else empty."""
        ends = {float(self.grid[0]): "first", float(self.grid[-1]): "last"}
        return ends.get(self.optimum, "")

    def is_flat(self, place: float) -> bool:
        """Whether a place lies in the flat range."""
        return self.flat[0] <= place <= self.flat[1]


def fitted_curve(places: Values, values: Values) -> Curve:
    """Fit a curve through the means, and find its optimum.

    The interval of the optimum repeats everything, the choice of smoothness included, with worlds
    drawn anew. It covers the luck of the worlds that were lived, and no misfit of the curve.

    Args:
        places: (points,) where the points lie, rising, at least 5.
        values: (points, worlds) heights in each paired world, at least two worlds.
    """
    grid = np.linspace(places[0], places[-1], STEPS + 1)
    through, above = smoothers(places, grid)
    means, drawn = values.mean(axis=1), resampled_means(values)
    chosen = smoothest(through, means[:, None])[0]
    fitted, best = above[chosen] @ means, int(np.argmax(above[chosen] @ means))
    redrawn = fits(through, above, drawn)
    low, high = np.quantile(grid[np.argmax(redrawn, axis=0)], [0.025, 0.975])
    misses = means - through[chosen] @ means
    spread = float(np.var(means))
    return Curve(
        places,
        grid,
        fitted,
        float(grid[best]),
        float(low),
        float(high),
        flat_range(grid, fitted, redrawn),
        above[chosen][best],
        1.0 - float(np.mean(misses**2)) / spread if spread else float("nan"),
        float(np.max(np.abs(misses))),
    )


def smoothers(places: Values, grid: Values) -> tuple[Values, Values]:
    """The matrices that turn values at the ``places`` into curves, one for each of ``PENALTIES``.

    Returns:
        (penalties, points, points) to the curve at the places, and (penalties, grid, points) to
        the curve on the grid.
    """
    from scipy.interpolate import BSpline

    width = (places[-1] - places[0]) / PIECES
    knots = places[0] + width * np.arange(-3, PIECES + 4)
    knots[PIECES + 3] = places[-1]  # not a rounding error before it
    at, on = (BSpline.design_matrix(x, knots, 3).toarray() for x in (places, grid))
    bends = np.diff(np.eye(PIECES + 3), 3, axis=0)
    inner = [np.linalg.solve(at.T @ at + p * bends.T @ bends, at.T) for p in PENALTIES]
    return np.stack([at @ each for each in inner]), np.stack([on @ each for each in inner])


def smoothest(through: Values, values: Values) -> npt.NDArray[np.int64]:
    """(columns,) which penalty has the smallest generalised cross-validation, by column.

    Args:
        through: (penalties, points, points) as from :func:`smoothers`.
        values: (points, columns).
    """
    missed = ((through @ values - values) ** 2).sum(axis=1)
    left = values.shape[0] - np.trace(through, axis1=1, axis2=2)
    return np.asarray(np.argmin(missed / left[:, None] ** 2, axis=0))


def fits(through: Values, above: Values, values: Values) -> Values:
    """(grid, columns) curves through the columns of ``values`` (points, columns)."""
    chosen = smoothest(through, values)
    curves = np.empty((above.shape[1], values.shape[1]))
    for penalty in np.unique(chosen):
        own = chosen == penalty
        curves[:, own] = above[penalty] @ values[:, own]
    return curves


def flat_range(grid: Values, fitted: Values, redrawn: Values) -> tuple[float, float]:
    """The ends of the flat range around the optimum; see :class:`Curve`."""
    best = int(np.argmax(fitted))
    near = fitted[best] - fitted <= NEARLY * abs(fitted[best])
    unsure = np.mean(redrawn >= redrawn[best], axis=1) >= 0.025
    steep = np.flatnonzero(~(near | unsure))
    first = int(steep[steep < best].max(initial=-1)) + 1
    last = int(steep[steep > best].min(initial=len(grid))) - 1
    return float(grid[first]), float(grid[last])
