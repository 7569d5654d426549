"""Shifted-beta-geometric on two contract cohorts: row D07 of the docking table."""

import numpy as np
import pytest
from scipy.optimize import minimize

from sim.theory import clv
from sim.theory.sbg import Sbg

SIX = 0.51e-6  # six printed decimals
HIGH_END = Sbg(0.668, 3.806)
REGULAR = Sbg(0.704, 1.182)
# Customers of a thousand left after 0 to 7 renewals (Fader & Hardie 2007, table 1).
HIGH_END_COHORT = (1000, 869, 743, 653, 593, 551, 517, 491)
REGULAR_COHORT = (1000, 631, 468, 382, 326, 289, 262, 241)
BOTH = pytest.mark.parametrize("cohort", [HIGH_END, REGULAR], ids=["high end", "regular"])


def best_fit(cohort: tuple[int, ...]) -> Sbg:
    def loss(log_parameters: np.ndarray) -> float:
        return -Sbg(*np.exp(log_parameters)).log_likelihood(cohort)

    exact = {"xatol": 1e-10, "fatol": 1e-12}
    found = minimize(loss, (0.0, 0.5), method="Nelder-Mead", options=exact)
    return Sbg(*np.exp(found.x))


def test_the_uniform_case_in_the_head() -> None:
    """alpha = beta = 1: 1/(t+1) are left, and t in t+1 of them renew."""
    cohort = Sbg(1, 1)
    assert cohort.survival([0, 1, 2, 3]) == pytest.approx([1, 1 / 2, 1 / 3, 1 / 4])
    assert [cohort.retention(renewal) for renewal in (1, 2, 3)] == [1 / 2, 2 / 3, 3 / 4]


def test_likelihood_in_the_head() -> None:
    """alpha = beta = 1: two leave at once (1/2 each), two stay for good (1/3) or leave (1/6)."""
    assert Sbg(1, 1).log_likelihood([4, 2, 2]) == pytest.approx(2 * np.log(1 / 2 / 3))
    assert Sbg(1, 1).log_likelihood([4, 2, 0]) == pytest.approx(2 * np.log(1 / 2 / 6))


@pytest.mark.parametrize(
    ("cohort", "years", "alpha", "beta"),
    [
        (REGULAR_COHORT, 7, 0.704077, 1.182043),
        (HIGH_END_COHORT, 7, 0.668088, 3.806095),
        (REGULAR_COHORT, 4, 0.763665, 1.295830),
        (HIGH_END_COHORT, 4, 1.280976, 7.790384),
    ],
)
def test_fit(cohort: tuple[int, ...], years: int, alpha: float, beta: float) -> None:
    """The likelihood is highest at the printed parameters, as near as so flat a top is found."""
    found = best_fit(cohort[: years + 1])
    assert (found.alpha, found.beta) == pytest.approx((alpha, beta), abs=2e-6)


@pytest.mark.parametrize(
    ("cohort", "parameters", "expected"),
    [
        (REGULAR_COHORT, (0.704077, 1.182043), -1680.265188),
        (HIGH_END_COHORT, (0.668088, 3.806095), -1611.158147),
    ],
)
def test_likelihood(
    cohort: tuple[int, ...], parameters: tuple[float, float], expected: float
) -> None:
    """The printed fits have the printed likelihoods."""
    assert Sbg(*parameters).log_likelihood(cohort) == pytest.approx(expected, abs=SIX)


def test_survival_over_twelve_years() -> None:
    """Fitted on seven years, the model forecasts years 8 to 12."""
    high_end = [0.850693, 0.746882, 0.669817, 0.609951, 0.561869, 0.522252]
    high_end += [0.488945, 0.460479, 0.435820, 0.414213, 0.395096, 0.378040]
    regular = [0.626723, 0.473843, 0.388000, 0.332095, 0.292374, 0.262483]
    regular += [0.239051, 0.220112, 0.204437, 0.191216, 0.179891, 0.170063]
    assert HIGH_END.survival(range(1, 13)) == pytest.approx(high_end, abs=SIX)
    assert REGULAR.survival(range(1, 13)) == pytest.approx(regular, abs=SIX)


def test_retention_rises() -> None:
    """At the fitted parameters retention in years 1 to 5 is printed.

    The docking table has 0.877958 for High End in year 2; forty digits give 0.8779565.
    """
    high_end, regular = Sbg(0.668088351, 3.806094964), Sbg(0.704077298, 1.182043026)
    printed = [0.850679, 0.877957, 0.896807, 0.910614, 0.921162]
    assert [high_end.retention(year) for year in range(1, 6)] == pytest.approx(printed, abs=SIX)
    printed = [0.626706, 0.756047, 0.818823, 0.855903, 0.880383]
    assert [regular.retention(year) for year in range(1, 6)] == pytest.approx(printed, abs=SIX)


@BOTH
def test_retention_is_the_ratio_of_survivals(cohort: Sbg) -> None:
    """r_t = S(t)/S(t-1)."""
    left = cohort.survival(range(6))
    found = [cohort.retention(year) for year in range(1, 6)]
    assert found == pytest.approx(list(left[1:] / left[:-1]))


def test_discounted_lives() -> None:
    """Values at ten per cent discount of newcomers and of those about to renew."""
    assert HIGH_END.expected_life(0.1) == pytest.approx(5.922596, abs=SIX)
    assert REGULAR.expected_life(0.1) == pytest.approx(3.695147, abs=SIX)
    assert HIGH_END.residual_life(0, 0.1) == pytest.approx(5.414856, abs=SIX)
    assert REGULAR.residual_life(0, 0.1) == pytest.approx(2.964662, abs=SIX)
    assert HIGH_END.residual_life(7, 0.1) == pytest.approx(7.529950, abs=SIX)


@BOTH
def test_discounted_life_is_a_sum(cohort: Sbg) -> None:
    """It is the sum of S(t) (1+d)^-t, and what is left before a renewal follows from it."""
    years = np.arange(3000)
    total = float((cohort.survival(years) * 1.1**-years).sum())
    assert cohort.expected_life(0.1) == pytest.approx(total)
    assert cohort.residual_life(0, 0.1) == pytest.approx((total - 1) * 1.1)


def test_life_without_discount() -> None:
    """Undiscounted, alpha = 2, beta = 1 expects (alpha + beta - 1)/(alpha - 1) = 2 margins."""
    assert Sbg(2, 1).expected_life() == pytest.approx(2)


@pytest.mark.parametrize(
    ("cohort", "naive", "gain"), [(HIGH_END, 4.412229, 0.34), (REGULAR, 2.324221, 0.59)]
)
def test_differences_raise_value(cohort: Sbg, naive: float, gain: float) -> None:
    """The mixed cohort is worth 34 or 59 per cent more than equals of the same mean retention."""
    equals = clv.value(cohort.retention(1), 0.1)
    assert equals == pytest.approx(naive, abs=SIX)
    assert cohort.expected_life(0.1) / equals - 1 == pytest.approx(gain, abs=0.0051)


@pytest.mark.parametrize(
    ("cohort", "mixed", "homogeneous"),
    [(HIGH_END, 0.212588, 0.250869), (REGULAR, 0.142806, 0.118126)],
)
def test_five_points_of_mean_retention(cohort: Sbg, mixed: float, homogeneous: float) -> None:
    """The same five points bring less to a mixed High End and more to a mixed Regular cohort."""
    moved = 0.05 * (cohort.alpha + cohort.beta)
    better = Sbg(cohort.alpha - moved, cohort.beta + moved)
    gain = better.expected_life(0.1) / cohort.expected_life(0.1) - 1
    assert gain == pytest.approx(mixed, abs=SIX)
    assert clv.uplift(cohort.retention(1), 0.05, 0.1) == pytest.approx(homogeneous, abs=SIX)


def test_nonsense_is_refused() -> None:
    """Endless lives, growing cohorts and renewal number 0 are named."""
    with pytest.raises(
        ValueError, match=r"discount is 0.*, but it must be above 0 if alpha is not"
    ):
        HIGH_END.expected_life()
    with pytest.raises(
        ValueError, match=r"discount is 0.*, but it must be above 0 if alpha is not"
    ):
        Sbg(1, 1).expected_life()
    with pytest.raises(ValueError, match=r"customers is .* never rise: count one cohort only"):
        HIGH_END.log_likelihood([100, 90, 95])
    with pytest.raises(ValueError, match="renewal is 0, but it must be a whole number, 1 or more"):
        HIGH_END.retention(0)
    with pytest.raises(ValueError, match="alpha is 0, but it must be above 0"):
        Sbg(0, 1)
