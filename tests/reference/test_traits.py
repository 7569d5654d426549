"""Quantiles of the reference, against those of SciPy's distributions."""

from typing import Any

import pytest
from scipy import stats

from sim.scenario.traits import Beta, Fixed, Gamma, GammaGamma, Lognormal, Normal
from tests.reference.traits import quantile

CASES: list[tuple[Any, Any]] = [
    (Gamma(shape=0.7, mean=2.0), stats.gamma(0.7, scale=2.0 / 0.7)),
    (Lognormal(mean=1.5, log_sd=0.6), stats.lognorm(0.6, scale=1.5 / stats.lognorm(0.6).mean())),
    (GammaGamma(p=2.0, q=3.0, scale=1.5), stats.invgamma(3.0, scale=1.5)),
    (Beta(a=0.5, b=3.0), stats.beta(0.5, 3.0)),
    (Normal(mean=-1.0, sd=0.4), stats.norm(-1.0, 0.4)),
]


@pytest.mark.parametrize(("trait", "distribution"), CASES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("u", [1e-6, 0.05, 0.5, 0.95, 1 - 1e-6])
def test_quantiles(trait: Any, distribution: Any, u: float) -> None:
    """The inverse of the distribution that the scenario names (the inverse gamma falls with u)."""
    at = 1.0 - u if isinstance(trait, GammaGamma) else u
    assert quantile(trait, u) == pytest.approx(distribution.ppf(at), rel=1e-7)


def test_the_same_for_everybody() -> None:
    """A fixed trait is its value."""
    assert quantile(Fixed(value=3.0), 0.2) == 3.0
