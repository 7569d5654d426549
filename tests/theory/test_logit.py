"""Logit shares, elasticities, markups and budgets: row D18 of the docking table."""

import numpy as np
import pytest

from sim.theory import logit
from sim.theory.logit import PriceForm

SIX = 0.51e-6  # six printed decimals
PRICES = (10, 9, 8)
SHARES = logit.shares((1, 0.5, 0))


def test_equal_values_share_equally() -> None:
    """Two alternatives of any equal value get half each, however large the value."""
    assert logit.shares([1000, 1000]) == pytest.approx([0.5, 0.5])


def test_shares() -> None:
    """Values 1, 0.5 and 0 give the printed shares."""
    assert logit.shares((1, 0.5, 0)) == pytest.approx([0.506480, 0.307196, 0.186324], abs=SIX)


def test_elasticities_of_a_linear_price() -> None:
    """Own and cross elasticities are printed; the cross ones are equal for all rivals."""
    found = logit.price_elasticities(SHARES, PRICES, 0.2)
    assert np.diag(found) == pytest.approx([-0.987039, -1.247047, -1.301882], abs=SIX)
    for price, cross in enumerate((1.012961, 0.552953, 0.298118)):
        assert np.delete(found[:, price], price) == pytest.approx([cross, cross], abs=SIX)


@pytest.mark.parametrize(("form", "sensitivity"), [("linear", 0.2), ("log", 4.5)])
def test_elasticities_are_slopes(form: PriceForm, sensitivity: float) -> None:
    """They agree with shares computed again after a price has risen by a millionth."""
    prices = np.array(PRICES, dtype=np.float64)

    def values(money: np.ndarray) -> np.ndarray:
        return -sensitivity * (money if form == "linear" else np.log(money))

    before = logit.shares(values(prices))
    after = logit.shares(values(prices * [1, 1 + 1e-6, 1]))
    slopes = (after / before - 1) / 1e-6
    found = logit.price_elasticities(before, prices, sensitivity, form)
    assert found[:, 1] == pytest.approx(slopes, rel=1e-4)


@pytest.mark.parametrize(("firms", "expected"), [(2, 2.0), (3, 1.5), (5, 1.25)])
def test_bertrand_markup(firms: int, expected: float) -> None:
    """Equal rivals add the printed markup at b = 1, half of it at b = 2."""
    assert logit.bertrand_markup(firms) == pytest.approx(expected)
    assert logit.bertrand_markup(firms, 2) == pytest.approx(expected / 2)


def test_bertrand_markup_is_nobodys_regret() -> None:
    """With two firms at markup 2, neither a higher nor a lower price pays more."""

    def profit(own: float) -> float:
        return float(own * logit.shares([-own, -logit.bertrand_markup(2)])[0])

    assert profit(2) > max(profit(1.99), profit(2.01))


@pytest.mark.parametrize(
    ("advertising", "price", "expected"), [(0.12, -2.62, 0.045802), (0.24, -2.62, 0.091603)]
)
def test_dorfman_steiner(advertising: float, price: float, expected: float) -> None:
    """Published elasticities ask for 4.6 per cent of sales, 9.2 in the long run."""
    assert logit.advertising_ratio(advertising, price) == pytest.approx(expected, abs=SIX)


def test_standard_error_of_a_share() -> None:
    """A share of one half from a hundred thousand choices is known to 0.001581."""
    assert logit.share_se(0.5, 100_000) == pytest.approx(0.001581, abs=SIX)


def test_nonsense_is_refused() -> None:
    """A monopolist, a price for nobody and an unknown form of price are named."""
    with pytest.raises(ValueError, match="firms is 1, but it must be a whole number, 2 or more"):
        logit.bertrand_markup(1)
    with pytest.raises(ValueError, match=r"prices is .* one per share"):
        logit.price_elasticities(SHARES, [10, 9], 0.2)
    with pytest.raises(ValueError, match="form is cubic, but it must be known: linear or log"):
        logit.price_elasticities(SHARES, PRICES, 0.2, "cubic")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="price_elasticity is 0"):
        logit.advertising_ratio(0.12, 0)
