"""Gamma-gamma on the spend of CDNOW's repeat buyers: row D11 of the docking table."""

from pathlib import Path

import numpy as np
import pytest

from sim.theory.gamma_gamma import GammaGamma

SIX = 0.51e-6  # six printed decimals
TWO_DECIMALS = GammaGamma(6.25, 3.74, 15.44)
FITTED = GammaGamma(6.248803, 3.744589, 15.447748)

CUSTOMERS = np.loadtxt(
    Path(__file__).parent / "data" / "cdnow_customers.csv", delimiter=",", skiprows=1
)
REPEATS, AVERAGES = CUSTOMERS[CUSTOMERS[:, 1] > 0][:, [1, 4]].T


def test_the_buyers() -> None:
    """946 repeat buyers spend 35.078552 a purchase, 38.810342 if each purchase counts once."""
    assert len(REPEATS) == 946
    assert AVERAGES.mean() == pytest.approx(35.078552, abs=SIX)
    assert np.average(AVERAGES, weights=REPEATS) == pytest.approx(38.810342, abs=SIX)


def test_likelihood_at_its_maximum() -> None:
    """The printed fit has the printed likelihood, and any step from it is worse."""
    best = FITTED.log_likelihood(REPEATS, AVERAGES)
    assert best == pytest.approx(-4055.923244, abs=SIX)
    for change in 1 + 0.001 * np.vstack([np.eye(3), -np.eye(3)]):
        moved = GammaGamma(*(np.array([FITTED.p, FITTED.q, FITTED.v]) * change))
        assert moved.log_likelihood(REPEATS, AVERAGES) < best


def test_mean_of_everyone() -> None:
    """p v/(q-1) is 35.171 for the fit and 35.218978 at two decimals."""
    assert FITTED.mean() == pytest.approx(35.171000, abs=3e-6)  # as far as six digits carry
    assert TWO_DECIMALS.mean() == pytest.approx(35.218978, abs=SIX)


def test_conditional_mean() -> None:
    """Two purchases of 22.35 on average: 24.663714 is expected."""
    assert TWO_DECIMALS.conditional_mean(2, 22.35) == pytest.approx(24.663714, abs=SIX)


def test_conditional_mean_in_the_limits() -> None:
    """Without purchases it is the mean of everyone, with very many one's own."""
    assert TWO_DECIMALS.conditional_mean(0, 0) == pytest.approx(TWO_DECIMALS.mean())
    assert TWO_DECIMALS.conditional_mean(1e9, 22.35) == pytest.approx(22.35)


def test_share_below_an_amount() -> None:
    """With p = q = 1 a purchase is below a with a/(v+a); the density is its slope."""
    assert GammaGamma(1, 1, 15).share_below(1, 15) == pytest.approx(0.5)
    assert GammaGamma(1, 1, 15).share_below(1, 45) == pytest.approx(0.75)
    slope = (FITTED.share_below(2, 22.351) - FITTED.share_below(2, 22.349)) / 0.002
    assert np.log(slope) == pytest.approx(FITTED.log_likelihood([2], [22.35]), abs=1e-6)


def test_nonsense_is_refused() -> None:
    """An infinite mean and buyers without purchases are named."""
    with pytest.raises(ValueError, match="q is 1, but it must be above 1: the mean is infinite"):
        GammaGamma(6, 1, 15).mean()
    with pytest.raises(ValueError, match=r"the fewest purchases is 0.0, but it must be above 0"):
        TWO_DECIMALS.log_likelihood([0, 2], [10, 20])
    with pytest.raises(ValueError, match=r"p x \+ q - 1 is 0.0, but it must be above 0"):
        GammaGamma(6, 1, 15).conditional_mean(0, 20)
    with pytest.raises(ValueError, match="v is -1, but it must be above 0"):
        GammaGamma(6, 4, -1)
