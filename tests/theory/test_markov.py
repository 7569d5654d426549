"""Switching chains and the equity of a customer who may return: row D17 of the docking table."""

import numpy as np
import pytest

from sim.theory import clv, logit, markov

SIX = 0.51e-6  # six printed decimals
TODAY = [[0.80, 0.10, 0.10], [0.15, 0.75, 0.10], [0.20, 0.20, 0.60]]
FIVE_POINTS_MORE = [[0.85, 0.075, 0.075], [0.15, 0.75, 0.10], [0.20, 0.20, 0.60]]


def test_long_run_shares() -> None:
    """Three brands settle at 0.457143, 0.342857 and 0.2, and stay there."""
    found = markov.stationary(TODAY)
    assert found == pytest.approx([0.457143, 0.342857, 0.2], abs=SIX)
    assert found @ np.array(TODAY) == pytest.approx(found)


def test_spread_of_a_share() -> None:
    """Among ten thousand people the first brand's share varies by 0.0050."""
    assert logit.share_se(markov.stationary(TODAY)[0], 10_000) == pytest.approx(0.0050, abs=0.51e-4)


def test_eigenvalues() -> None:
    """The chain forgets its start by 0.65 a period."""
    assert markov.eigenvalues(TODAY) == pytest.approx([1, 0.65, 0.5])


@pytest.mark.parametrize(
    ("retention", "rival", "expected"), [(0.9, 0.8, 0.666667), (0.95, 0.8, 0.8)]
)
def test_two_brands(retention: float, rival: float, expected: float) -> None:
    """(1-r2)/(2-r1-r2) is printed, and is the stationary share of the two-row chain."""
    chain = [[retention, 1 - retention], [1 - rival, rival]]
    assert markov.two_brand_share(retention, rival) == pytest.approx(expected, abs=SIX)
    assert markov.stationary(chain)[0] == pytest.approx(expected, abs=SIX)


def test_value_of_who_buys_what_today() -> None:
    """A customer of brand 2 or 3 is worth 3.87 or 4.07 to brand 1, one of its own 6.31."""
    found = markov.customer_value(TODAY, 0, 0.1)
    assert found == pytest.approx([6.314815, 3.870370, 4.074074], abs=SIX)
    assert markov.customer_value(TODAY, 0, 0.1, margin=2) == pytest.approx(2 * found)


def test_a_customer_lost_for_good_is_worth_the_simple_formula() -> None:
    """If nobody returns, the chain gives m(1+i)/(1+i-r)."""
    gone = [[0.8, 0.2], [0.0, 1.0]]
    assert markov.customer_value(gone, 0, 0.1) == pytest.approx([clv.value(0.8, 0.1), 0])


def test_five_points_of_own_retention() -> None:
    """Share rises by 15.7 per cent, equity by 11.9, less than the 20 of customers lost for good."""
    now, later = markov.stationary(TODAY), markov.stationary(FIVE_POINTS_MORE)
    assert later[0] == pytest.approx(0.528926, abs=SIX)
    assert later[0] / now[0] - 1 == pytest.approx(0.157025, abs=SIX)
    before = markov.customer_equity(TODAY, 0, 0.1, now)
    after = markov.customer_equity(FIVE_POINTS_MORE, 0, 0.1, now)
    assert after / before - 1 == pytest.approx(0.119171, abs=SIX)
    assert clv.uplift(0.8, 0.05, 0.1) == pytest.approx(0.2)


def test_equity_counts_customers() -> None:
    """Ten customers of brand 1 alone are worth ten times one."""
    assert markov.customer_equity(TODAY, 0, 0.1, [10, 0, 0]) == pytest.approx(63.14815, abs=1e-5)


def test_nonsense_is_refused() -> None:
    """Rows that are no probabilities, chains that fall apart, and brands that are not there."""
    with pytest.raises(ValueError, match=r"switching is .* rows of probabilities that sum to 1"):
        markov.stationary([[0.5, 0.4], [0.5, 0.5]])
    with pytest.raises(ValueError, match="join all brands"):
        markov.stationary([[1, 0], [0, 1]])
    with pytest.raises(ValueError, match="2 - retention - rival_retention is 0, but it must be"):
        markov.two_brand_share(1, 1)
    with pytest.raises(ValueError, match="brand is 3, but it must be a row of switching"):
        markov.customer_value(TODAY, 3, 0.1)
    with pytest.raises(ValueError, match="the shape of switching"):
        markov.stationary([[0.5, 0.5]])
    with pytest.raises(ValueError, match="the number of customers is 2"):
        markov.customer_equity(TODAY, 0, 0.1, [1, 1])
