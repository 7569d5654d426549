"""The few special functions that the closed forms need, typed, from SciPy."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special

Array = NDArray[np.float64]


def log_gamma(x: ArrayLike) -> Array:
    """ln Γ(x) for x > 0."""
    return np.asarray(special.gammaln(x), dtype=np.float64)


def log_beta(a: ArrayLike, b: ArrayLike) -> Array:
    """ln B(a, b) for a, b > 0."""
    return np.asarray(special.betaln(a, b), dtype=np.float64)


def hypergeometric(a: ArrayLike, b: ArrayLike, c: ArrayLike, z: ArrayLike) -> Array:
    """Gauss's 2F1(a, b; c; z)."""
    return np.asarray(special.hyp2f1(a, b, c, z), dtype=np.float64)


def gamma_distribution(shape: float, x: float) -> float:
    """P(G <= x) for G gamma with this shape and scale 1."""
    return float(special.gammainc(shape, x))


def gamma_quantile(shape: float, probability: float) -> float:
    """The x with P(G <= x) = probability for G gamma with this shape and scale 1."""
    return float(special.gammaincinv(shape, probability))


def beta_distribution(a: float, b: float, x: float) -> float:
    """P(B <= x) for B ~ Beta(a, b)."""
    return float(special.betainc(a, b, x))


def lambert_of_exp(log_z: float) -> float:
    """Lambert's W0(exp(log_z)), without overflow: the Wright omega function."""
    return float(np.real(special.wrightomega(log_z)))


def lambert(z: float) -> float:
    """The principal branch of Lambert's W, for z >= -1/e."""
    return float(np.real(special.lambertw(z)))


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """The root of a function that changes sign from `low` to `high`, to machine precision.

    Raises ValueError if it does not change sign there.
    """
    if function(low) * function(high) > 0:
        raise ValueError(
            "the given numbers lie so near the edge of what is possible that no answer is found "
            f"from {low} to {high}: move them inwards"
        )
    return float(optimize.brentq(function, low, high, xtol=1e-15, rtol=1e-14))
