"""The long-run stock of customers and its closures: row D02 of the docking table."""

import pytest

from sim.theory import stock

SIX = 0.51e-6  # six printed decimals
PERCENT = 0.51e-6  # a percentage with four printed decimals


def test_stock_in_the_head() -> None:
    """A hundred newcomers a period and one in five leaving make five hundred."""
    assert stock.steady_state(100, 0.8) == pytest.approx(500)
    assert stock.customers_after(0, 100, 0.8, start=37) == pytest.approx(37)
    assert stock.customers_after(1, 100, 0.8, start=500) == pytest.approx(500)
    assert stock.customers_after(1, 100, 0.8, start=50) == pytest.approx(140)
    assert stock.customers_after(1, 100, 0.8, start=50, talk=0.1) == pytest.approx(145)


def test_stock_after_ten_periods() -> None:
    """From nobody, 446.312909 customers are there after ten periods."""
    assert stock.customers_after(10, 100, 0.8) == pytest.approx(446.312909, abs=SIX)


@pytest.mark.parametrize(
    ("retention", "variation"), [(0.8, 0.044721), (0.85, 0.038730), (0.9, 0.031623)]
)
def test_variation_of_the_stock(retention: float, variation: float) -> None:
    """With Poisson newcomers, a hundred a period, the stock varies by the printed shares."""
    assert stock.stock_variation(100, retention) == pytest.approx(variation, abs=SIX)


def test_spread_and_memory_of_the_stock() -> None:
    """The stock has sd 22.360680 at r = 0.8 and remembers exactly r per period."""
    assert stock.stock_sd(100, 0.8) == pytest.approx(22.360680, abs=SIX)
    assert stock.autocorrelation(0.8) == 0.8
    assert stock.autocorrelation(0.5, 3) == 0.125


@pytest.mark.parametrize("periods", [0, 1, 2, 7])
def test_spread_on_the_way(periods: int) -> None:
    """Without talk the stock is Poisson at every moment."""
    mean = stock.customers_after(periods, 100, 0.8)
    assert stock.sd_after(periods, 100, 0.8) == pytest.approx(mean**0.5, abs=1e-12)


def test_spread_with_talk() -> None:
    """In the long run the variance is N* (1 - r^2) / (1 - (r + rho)^2): 1.895 N* at .8 and .1."""
    level = stock.steady_state(100, 0.8, 0.1)
    found = stock.sd_after(300, 100, 0.8, 0.1)
    assert found**2 / level == pytest.approx(0.36 / 0.19, rel=1e-9)


def test_spread_after_one_period_with_talk() -> None:
    """Ten came (variance 10); of them .5 stay, each brings .2: .49 * 10 + 10 * .45 + 10 = 19.4."""
    assert stock.sd_after(2, 10, 0.5, 0.2) ** 2 == pytest.approx(19.4)


def test_independent_periods() -> None:
    """Ninety periods at r = 0.8 are worth ten independent ones."""
    assert stock.independent_periods(90, 0.8) == pytest.approx(10)


@pytest.mark.parametrize(("talk", "expected"), [(0, 5), (0.05, 6.666667), (0.1, 10)])
def test_word_of_mouth_feeds_the_stock(talk: float, expected: float) -> None:
    """Every customer who brings others raises the stock per newcomer."""
    assert stock.steady_state(1, 0.8, talk) == pytest.approx(expected, abs=SIX)


def test_five_points_with_word_of_mouth_double_the_stock() -> None:
    """At r = 0.8 and rho = 0.1, five points of retention double the stock."""
    gain = stock.steady_state(1, 0.85, 0.1) / stock.steady_state(1, 0.8, 0.1)
    assert gain == pytest.approx(2)


def test_profit_in_the_head() -> None:
    """Ten a period at r = 0.5 and c = 1 earn 10 (2 - 1); twenty customers earn 20 (1 - 0.5)."""
    assert stock.profit(0.5, 1, "fixed inflow", size=10) == pytest.approx(10)
    assert stock.profit(0.5, 1, "fixed share", size=20) == pytest.approx(10)


@pytest.mark.parametrize(
    ("retention", "cost", "fixed_inflow", "fixed_share"),
    [
        (0.6, 1, 23.8095, 8.3333),
        (0.6, 2, 71.4286, 50.0000),
        (0.7, 1, 28.5714, 7.1429),
        (0.7, 2, 50.0000, 25.0000),
        (0.8, 1, 41.6667, 6.2500),
        (0.8, 2, 55.5556, 16.6667),
        (0.85, 1, 58.8235, 5.8824),
        (0.85, 2, 71.4286, 14.2857),
        (0.9, 1, 111.1111, 5.5556),
        (0.9, 2, 125.0000, 12.5000),
    ],
)
def test_the_closure_decides_what_five_points_bring(
    retention: float, cost: float, fixed_inflow: float, fixed_share: float
) -> None:
    """The same five points are worth up to twenty times more under a fixed inflow."""
    found = stock.uplift(retention, cost, "fixed inflow")
    assert found == pytest.approx(fixed_inflow / 100, abs=PERCENT)
    found = stock.uplift(retention, cost, "fixed share")
    assert found == pytest.approx(fixed_share / 100, abs=PERCENT)


def test_nonsense_is_refused() -> None:
    """A stock that explodes, a loss to compare with and an unknown closure are named."""
    with pytest.raises(ValueError, match=r"retention \+ talk is 1.1.*, but it must be below 1"):
        stock.steady_state(1, 0.8, 0.3)
    with pytest.raises(ValueError, match=r"retention \+ talk is 1.0, .*: the stock would never"):
        stock.steady_state(1, 0.75, 0.25)
    with pytest.raises(ValueError, match=r"profit before is .*: lower the acquisition cost"):
        stock.uplift(0.5, 3, "fixed inflow")
    with pytest.raises(ValueError, match=r"profit before is 0.0, but it must be above 0"):
        stock.uplift(0.5, 2, "fixed inflow")
    with pytest.raises(ValueError, match="closure is open"):
        stock.profit(0.5, 1, "open")  # type: ignore[arg-type]
