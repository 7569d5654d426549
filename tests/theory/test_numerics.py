"""The special functions are the ones their names say."""

from math import e, log, pi, sqrt

import pytest

from sim.theory import numerics


def test_functions_at_known_points() -> None:
    """Values that one knows: G(1/2), B(2, 3), 2F1 as a logarithm, exponential and uniform laws."""
    assert numerics.log_gamma(0.5) == pytest.approx(log(sqrt(pi)))
    assert numerics.log_beta(2, 3) == pytest.approx(log(1 / 12))
    assert numerics.hypergeometric(1, 1, 2, 0.5) == pytest.approx(2 * log(2))
    assert numerics.gamma_distribution(1, log(2)) == pytest.approx(0.5)
    assert numerics.gamma_quantile(1, 0.5) == pytest.approx(log(2))
    assert numerics.beta_distribution(1, 1, 0.3) == pytest.approx(0.3)


def test_lambert() -> None:
    """W(e) = 1, and its logarithmic form does not overflow: W(exp(1000)) = 1000 - ln W."""
    assert numerics.lambert(e) == pytest.approx(1)
    assert numerics.lambert_of_exp(1) == pytest.approx(1)
    large = numerics.lambert_of_exp(1000)
    assert large + log(large) == pytest.approx(1000)


def test_root() -> None:
    """The root of x^2 - 2 is found, and the absence of one is said."""
    assert numerics.root(lambda x: x * x - 2, 0, 2) == pytest.approx(sqrt(2), rel=1e-14)
    with pytest.raises(ValueError, match="no answer is found from 0 to 1: move them inwards"):
        numerics.root(lambda x: x * x + 2, 0, 1)
