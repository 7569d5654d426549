"""Designs of experiments, and what is read from them: effects with their standard errors."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import qmc

Array = NDArray[np.float64]
Setting = dict[str, float]


class Estimate(NamedTuple):
    """A number and its standard error."""

    value: float
    error: float

    @property
    def low(self) -> float:
        """Four standard errors below."""
        return self.value - 4 * self.error

    @property
    def high(self) -> float:
        """Four standard errors above."""
        return self.value + 4 * self.error

    def __str__(self) -> str:
        return f"{self.value:.3f} ± {self.error:.3f}"


def mean(values: ArrayLike) -> Estimate:
    """Of independent values."""
    found = np.asarray(values, np.float64)
    return Estimate(float(found.mean()), float(found.std(ddof=1) / np.sqrt(len(found))))


def latin(levels: Mapping[str, Sequence[float]], runs: int, seed: int) -> list[Setting]:
    """A Latin hypercube over levels (McKay, Beckman & Conover 1979): each about equally often."""
    points = qmc.LatinHypercube(d=len(levels), rng=np.random.default_rng(seed)).random(runs)
    return [
        {name: of[int(u * len(of))] for (name, of), u in zip(levels.items(), point, strict=True)}
        for point in points
    ]


def live[Found](settings: Sequence[Setting], lived: Callable[[Setting, int], Found]) -> list[Found]:
    """What comes of each setting, each in a world of its own."""
    return [lived(setting, number) for number, setting in enumerate(settings)]


def effects(settings: Sequence[Setting], outcome: ArrayLike) -> dict[str, Estimate]:
    """Standardised coefficients of the least-squares plane through the outcomes."""
    factors = np.array([list(setting.values()) for setting in settings], np.float64)
    x, y = standardised(factors), standardised(np.asarray(outcome, np.float64))
    slopes, *_ = np.linalg.lstsq(x, y, rcond=None)
    left = y - x @ slopes
    variance = left @ left / (len(y) - x.shape[1] - 1)
    errors = np.sqrt(variance * np.diag(np.linalg.inv(x.T @ x)))
    return {
        name: Estimate(float(slope), float(error))
        for name, slope, error in zip(settings[0], slopes, errors, strict=True)
    }


def standardised(values: Array) -> Array:
    """With mean 0 and variance 1, column by column."""
    return np.asarray((values - values.mean(axis=0)) / values.std(axis=0))


def told(found: Mapping[str, Estimate]) -> str:
    """Effects in one line."""
    return ", ".join(f"{name} {effect}" for name, effect in found.items())
