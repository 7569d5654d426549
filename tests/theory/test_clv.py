"""What a customer is worth at constant retention: row D01 and D24 of the docking table."""

from math import inf

import pytest

from sim.theory import clv
from sim.theory.clv import Timing

SIX = 0.51e-6  # six printed decimals
PERCENT = 0.51e-6  # a percentage with four printed decimals
RETENTIONS = (0.6, 0.7, 0.75, 0.8, 0.85, 0.9)


def test_a_customer_kept_half_the_time_is_worth_two_margins() -> None:
    """With r = 1/2 the expected number of margins is 2 at once, 1 if the first must be earned."""
    assert clv.value(0.5) == 2
    assert clv.value(0.5, timing="deferred") == 1


@pytest.mark.parametrize(
    ("discount", "expected"),
    [
        (0.00, (2.5, 3.333333, 4, 5, 6.666667, 10)),
        (0.10, (2.2, 2.75, 3.142857, 3.666667, 4.4, 5.5)),
        (0.15, (2.090909, 2.555556, 2.875, 3.285714, 3.833333, 4.6)),
    ],
)
def test_immediate_values(discount: float, expected: tuple[float, ...]) -> None:
    """m(1+i)/(1+i-r) gives the printed multiples, and the deferred value is one margin less."""
    found = [clv.value(retention, discount) for retention in RETENTIONS]
    deferred = [clv.value(retention, discount, timing="deferred") for retention in RETENTIONS]
    assert found == pytest.approx(expected, abs=SIX)
    assert deferred == pytest.approx([value - 1 for value in found], abs=1e-12)


@pytest.mark.parametrize(
    ("discount", "timing", "per_cent"),
    [
        (0.00, "immediate", (14.2857, 20, 25, 33.3333, 50, 100)),
        (0.00, "deferred", (23.8095, 28.5714, 33.3333, 41.6667, 58.8235, 111.1111)),
        (0.10, "immediate", (11.1111, 14.2857, 16.6667, 20, 25, 33.3333)),
        (0.10, "deferred", (20.3704, 22.4490, 24.4444, 27.5, 32.3529, 40.7407)),
        (0.15, "immediate", (10, 12.5, 14.2857, 16.6667, 20, 25)),
    ],
)
def test_uplift_of_five_points(
    discount: float, timing: Timing, per_cent: tuple[float, ...]
) -> None:
    """Five points of retention raise the value by the printed percentages."""
    found = [clv.uplift(retention, 0.05, discount, timing) for retention in RETENTIONS]
    assert found == pytest.approx([number / 100 for number in per_cent], abs=PERCENT)


def test_uplift_of_five_per_cent_of_retention() -> None:
    """Multiplying retention by 1.05 at ten per cent discount gives the printed percentages."""
    per_cent = (6.3830, 9.5890, 12, 15.3846, 20.4819, 29.0323)
    found = [clv.uplift(retention, 0.05 * retention, 0.1) for retention in RETENTIONS]
    assert found == pytest.approx([number / 100 for number in per_cent], abs=PERCENT)


@pytest.mark.parametrize("timing", ["immediate", "deferred"])
@pytest.mark.parametrize("discount", [0.0, 0.1])
def test_elasticity_is_the_slope_of_the_logarithms(timing: Timing, discount: float) -> None:
    """r/(1+i-r) and (1+i)/(1+i-r) agree with a finite difference of the value."""
    step = 1e-6
    slope = clv.uplift(0.8, 0.8 * step, discount, timing) / step
    assert clv.elasticity(0.8, discount, timing) == pytest.approx(slope, rel=1e-4)


def test_elasticities_in_the_head() -> None:
    """At r = 0.8 undiscounted they are 4 and 5."""
    assert clv.elasticity(0.8) == pytest.approx(4)
    assert clv.elasticity(0.8, timing="deferred") == pytest.approx(5)


def test_break_even_spend_needs_points_that_exist() -> None:
    """Five points on 98 per cent would be 103."""
    with pytest.raises(ValueError, match=r"retention is 1.03, but it must lie from 0 to 1"):
        clv.break_even_spend(0.98, 0.05, 0.1)


def test_uplift_from_nothing() -> None:
    """From r = 0 a half more doubles the immediate value; the deferred has nothing to grow from."""
    assert clv.uplift(0, 0.5) == pytest.approx(1)
    with pytest.raises(ValueError, match="retention is 0, but it must be above 0: nobody renews"):
        clv.uplift(0, 0.5, timing="deferred")


def test_break_even_spend_leaves_the_value_as_it_was() -> None:
    """A quarter of the margin buys five points at r = 0.8 undiscounted, and nothing is gained."""
    assert clv.break_even_spend(0.8) == pytest.approx(0.25)
    spend = clv.break_even_spend(0.8, 0.05, 0.1)
    assert clv.value(0.85, 0.1, margin=1 - spend) == pytest.approx(clv.value(0.8, 0.1))


@pytest.mark.parametrize(
    ("gain", "discount", "timing", "retention"),
    [
        (0.25, 0, "immediate", 0.75),
        (0.30, 0, "immediate", 0.783333),
        (0.35, 0, "immediate", 0.807143),
        (0.40, 0, "immediate", 0.825),
        (0.45, 0, "immediate", 0.838889),
        (0.50, 0, "immediate", 0.85),
        (0.75, 0, "immediate", 0.883333),
        (0.85, 0, "immediate", 0.891176),
        (0.95, 0, "immediate", 0.897368),
        (1.00, 0, "immediate", 0.9),
        (1.25, 0, "immediate", 0.91),
        (0.25, 0, "deferred", 0.635078),
        (0.50, 0, "deferred", 0.829436),
        (0.75, 0, "deferred", 0.873696),
        (0.95, 0, "deferred", 0.890925),
        (0.407407, 0.1, "deferred", 0.9),
        (0.25, 0.1, "immediate", 0.85),
        (0.50, 0.1, "immediate", 0.95),
    ],
)
def test_retention_for_a_quoted_uplift(
    gain: float, discount: float, timing: Timing, retention: float
) -> None:
    """The retention printed for a quoted uplift is found, and does give that uplift."""
    found = clv.retention_for_uplift(gain, 0.05, discount, timing)
    assert found == pytest.approx(retention, abs=SIX)
    assert clv.uplift(found, 0.05, discount, timing) == pytest.approx(gain)


@pytest.mark.parametrize(("gain", "retention"), [(0.75, 0.983333), (0.95, 0.997368)])
def test_the_top_of_the_quoted_range_is_out_of_reach(gain: float, retention: float) -> None:
    """At ten per cent discount 75 and 95 per cent would need retention above 95 per cent."""
    assert clv.retention_for_uplift(gain, 0.05, 0.1) == pytest.approx(retention, abs=SIX)


def test_halved_defection_needs_a_growing_margin() -> None:
    """90 to 95 per cent doubles the life; 125 per cent more needs g = 0.014085 a year."""
    assert clv.uplift(0.9) == pytest.approx(1)
    growth = clv.margin_growth_for_uplift(1.25, 0.9)
    assert growth == pytest.approx(0.014085, abs=SIX)
    before = clv.growing_margin_value(0.9, growth)
    assert clv.growing_margin_value(0.95, growth) == pytest.approx(2.25 * before)


def test_a_growing_margin_is_summed_year_by_year() -> None:
    """The closed form equals the sum of (m + g t) r^t (1+i)^-t over the years."""
    years = sum((1 + 0.1 * year) * (0.8 / 1.1) ** year for year in range(400))
    assert clv.growing_margin_value(0.8, 0.1, 0.1) == pytest.approx(years)


@pytest.mark.parametrize(
    ("retention", "periods", "expected"),
    [(0.8, 5, 2.920634), (0.8, 10, 3.514876), (0.85, 5, 3.187773), (0.85, 10, 4.066024)],
)
def test_finite_horizon(retention: float, periods: int, expected: float) -> None:
    """The first N margins at ten per cent discount are worth the printed multiples."""
    assert clv.finite_value(retention, periods, 0.1) == pytest.approx(expected, abs=SIX)


def test_a_long_horizon_is_the_infinite_one() -> None:
    """A thousand periods at r = 0.8 are worth as much as all of them."""
    assert clv.finite_value(0.8, 1000, 0.1, 3) == pytest.approx(clv.value(0.8, 0.1, 3))


@pytest.mark.parametrize(
    ("retention", "discount", "expected"),
    [(0.8, 0.1, 2.290549), (0.9, 0.1, 2.963487), (0.8, 0, 4.472136)],
)
def test_spread_between_customers(retention: float, discount: float, expected: float) -> None:
    """Customers with the same retention differ in value by the printed standard deviations."""
    assert clv.value_sd(retention, discount) == pytest.approx(expected, abs=SIX)


@pytest.mark.parametrize(("retention", "expected"), [(0.8, 0.007243), (0.9, 0.009371)])
def test_standard_error_of_the_mean_value(retention: float, expected: float) -> None:
    """A hundred thousand customers give the printed standard errors."""
    assert clv.value_sd(retention, 0.1) / 100_000**0.5 == pytest.approx(expected, abs=SIX)


@pytest.mark.parametrize(
    ("cost", "retention", "expected"),
    [(5, 0.95, 5.608571), (5, 0.9, 6.578813), (10, 0.95, 13.513407), (6, 0.9, 8.696718)],
)
def test_payback(cost: float, retention: float, expected: float) -> None:
    """Acquisition is repaid after the printed number of periods, in margins of any size."""
    assert clv.payback(cost, retention) == pytest.approx(expected, abs=SIX)
    assert clv.payback(8 * cost, retention, 8) == pytest.approx(expected, abs=SIX)


def test_discounted_payback() -> None:
    """At r = 0.8 and i = 1/4 margins shrink by 0.64 a period, so 1 + 0.64 takes two periods."""
    assert clv.payback(1.64, 0.8, discount=0.25) == pytest.approx(2)


def test_payback_in_the_head() -> None:
    """Cost 3 takes 3 periods if all stay; cost 1 + 1/2 takes 2 if half do; cost 2 never comes."""
    assert clv.payback(3, 1) == 3
    assert clv.payback(1.5, 0.5) == pytest.approx(2)
    assert clv.payback(2, 0.5) == inf
    assert clv.payback(11, 0.9) == inf


@pytest.mark.parametrize(
    ("retention", "expected"), [(0.9, 7.175705), (0.95, 9.192798), (0.98, 10.764164), (1, 12)]
)
def test_break_even_cost_of_a_year(retention: float, expected: float) -> None:
    """Twelve months repay the printed number of monthly margins, and no more."""
    cost = clv.break_even_cost(retention, 12)
    assert cost == pytest.approx(expected, abs=SIX)
    assert clv.payback(cost, retention) == pytest.approx(12)


def test_a_retention_of_120_per_cent_is_refused() -> None:
    """The error names the thing, its value, the rule and the remedy."""
    words = "retention is 1.2, but it must lie from 0 to 1: write 80 per cent as 0.8"
    with pytest.raises(ValueError, match=words):
        clv.value(1.2)


def test_a_value_without_end_is_refused() -> None:
    """Nobody leaves and the future counts in full: no finite value exists."""
    with pytest.raises(ValueError, match=r"retention is 1, but it must be below 1 \+ discount = 1"):
        clv.value(1, 0)
    assert clv.value(1, 0.25) == 5


@pytest.mark.parametrize("wrong", [-0.1, float("nan"), float("inf")])
def test_a_discount_that_is_no_rate_is_refused(wrong: float) -> None:
    """Negative, missing and infinite discounts are named."""
    with pytest.raises(ValueError, match="discount is"):
        clv.value(0.8, wrong)
