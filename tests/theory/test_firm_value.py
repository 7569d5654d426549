"""Elasticities of the value of customers and firms: row D04 of the docking table."""

import pytest

from sim.theory import clv, firm_value

SIX = 0.51e-6  # six printed decimals


@pytest.mark.parametrize(
    ("retention", "multiple", "by_retention", "per_cent", "by_discount"),
    [
        (0.70, 1.666667, 2.666667, 2.711864, -0.285714),
        (0.75, 2.027027, 3.027027, 3.089655, -0.324324),
        (0.80, 2.500000, 3.500000, 3.589744, -0.375000),
        (0.85, 3.148148, 4.148148, 4.282983, -0.444444),
        (0.90, 4.090909, 5.090909, 5.308057, -0.545455),
    ],
)
def test_customer_at_twelve_per_cent(
    retention: float, multiple: float, by_retention: float, per_cent: float, by_discount: float
) -> None:
    """Multiple, elasticities and the exact effect of one per cent of retention are printed."""
    assert clv.value(retention, 0.12, timing="deferred") == pytest.approx(multiple, abs=SIX)
    found = firm_value.customer_elasticities(retention, 0.12)
    assert found == pytest.approx((by_retention, 1, 0, by_discount), abs=SIX)
    exact = firm_value.one_per_cent_better_retention(retention, 0.12)
    assert exact == pytest.approx(per_cent / 100, abs=0.51e-8)


def test_retention_for_an_elasticity_of_five() -> None:
    """An elasticity of five needs r = 0.8 (1+i) = 0.896."""
    assert firm_value.retention_for_elasticity(5, 0.12) == pytest.approx(0.896)
    assert firm_value.retention_for_elasticity(2, 1) == 1
    assert firm_value.retention_for_elasticity(1, 0.12) == 0


def test_elasticity_to_acquisition_cost() -> None:
    """If a fifth of gross value goes into acquisition, one per cent of it costs a quarter."""
    assert firm_value.acquisition_cost_elasticity(0.2) == pytest.approx(-0.25)


def test_constant_inflow_firm() -> None:
    """r = 0.8, i = 0.12, m = 1, c = 0.25: 3.888889, 1.111111, -0.111111 and about -1.3095."""
    found = firm_value.constant_firm_elasticities(0.8, 0.12, 0.25)
    assert found[:3] == pytest.approx((3.888889, 1.111111, -0.111111), abs=SIX)
    assert found.discount == pytest.approx(-1.3095, abs=0.51e-4)


def test_constant_firm_elasticities_are_slopes() -> None:
    """Each agrees with the value computed again after its lever moved by a millionth."""
    levers = [0.8, 0.12, 0.25, 1.0]  # retention, discount, acquisition cost, margin
    before = firm_value.constant_firm_value(*levers)

    def slope(place: int) -> float:
        moved = [lever * (1 + 1e-6 * (at == place)) for at, lever in enumerate(levers)]
        return (firm_value.constant_firm_value(*moved) / before - 1) / 1e-6

    found = firm_value.constant_firm_elasticities(*levers)
    slopes = (slope(0), slope(3), slope(2), slope(1))
    assert found == pytest.approx(slopes, rel=1e-4)


def test_a_firm_is_the_sum_of_its_cohorts() -> None:
    """Cohorts of 1 and 2 at i = 1, worth 1 each and paid 1/4, bring 3/4 + 2 (3/4)/2."""
    retention = 1.0  # of customers discounted at 100 per cent: worth one margin
    assert firm_value.firm_value([1, 2], retention, 1, 0.25) == pytest.approx(1.5)
    assert firm_value.firm_value([1, 2], retention, 1, [0.25, 0.75]) == pytest.approx(1)
    assert firm_value.constant_firm_value(retention, 1, 0.25) == pytest.approx(1.5)


def test_many_equal_cohorts_are_the_constant_firm() -> None:
    """Five hundred cohorts of one are worth what an endless row is."""
    summed = firm_value.firm_value([1] * 500, 0.8, 0.12, 0.25)
    assert summed == pytest.approx(firm_value.constant_firm_value(0.8, 0.12, 0.25))


def test_nonsense_is_refused() -> None:
    """Costs that do not fit, customers that cost more than they bring, free future."""
    with pytest.raises(ValueError, match="the number of acquisition costs is 1, but it must be 2"):
        firm_value.firm_value([1, 2], 0.8, 0.1, [0.25])
    with pytest.raises(ValueError, match="value of a customer less acquisition_cost is -"):
        firm_value.constant_firm_elasticities(0.5, 0.1, 3)
    with pytest.raises(ValueError, match="discount is 0, but it must be above 0"):
        firm_value.constant_firm_value(0.8, 0, 0.25)
    with pytest.raises(ValueError, match=r"size is 0.5, but it must be 1 or more"):
        firm_value.retention_for_elasticity(0.5, 0.1)
    with pytest.raises(ValueError, match="size is 20, but it must be reached at a retention of"):
        firm_value.retention_for_elasticity(20, 0.1)
