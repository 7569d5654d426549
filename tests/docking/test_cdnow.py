"""The scenario sim:cdnow against the printed totals of BG/NBD, beyond the figures of row D09."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.market.run import run
from sim.scenario.loading import load_scenario
from sim.theory.bgnbd import BgNbd
from sim.views.cdnow import simulated_repeats, trial_weeks

FITTED = BgNbd(r=0.242593, alpha=4.413532, a=0.792886, b=2.425754)
WEEKS = [13, 26, 39, 52, 65, 78]
PRINTED = {39: (2493.969, 107.8), 78: (4160.638, 185.6)}
"""Week: expected repeat purchases of the 2,357 customers, and standard deviation of one cohort."""


def exposures(week: int) -> NDArray[np.int64]:
    """(2357,) weeks since the trial at the end of a week, as the market lives them."""
    return np.maximum(week - trial_weeks(), 0)


def repeats(replications: int) -> NDArray[np.float64]:
    """(replications, weeks) cumulative repeat purchases."""
    case = load_scenario("sim:cdnow")
    runs = (run(case, replication=k) for k in range(replications))
    return np.array([simulated_repeats(lived)[WEEKS] for lived in runs], np.float64)


@pytest.fixture(scope="module")
def hundred() -> NDArray[np.float64]:
    return repeats(100)


def check(found: NDArray[np.float64]) -> None:
    """Means agree with the exact expectation, and in weeks 39 and 78 with the printed totals."""
    root = np.sqrt(len(found))
    errors = 4 * found.std(axis=0, ddof=1) / root
    exact = np.array([FITTED.expected_total(exposures(week)) for week in WEEKS])
    assert (np.abs(found.mean(axis=0) - exact) < errors).all()
    for week, (total, sd) in PRINTED.items():
        mean = found[:, WEEKS.index(week)].mean()
        assert mean == pytest.approx(total, abs=4 * sd / root)


@pytest.mark.parametrize("week", PRINTED)
def test_rounding_trials_to_weeks_hardly_matters(week: int) -> None:
    """2,493.449 and 4,160.305 are expected with trials at ends of weeks: .02 per cent less."""
    expected, (printed, _) = FITTED.expected_total(exposures(week)), PRINTED[week]
    assert expected == pytest.approx({39: 2493.449, 78: 4160.305}[week], abs=0.51e-3)
    assert expected == pytest.approx(printed, rel=0.00025)


def test_the_file_holds_the_fit() -> None:
    """The scenario's mean rate of purchase is r / alpha, its other numbers are the fit's own."""
    customers = load_scenario("sim:cdnow").resolved()["customers"]
    needs, leaving = customers["needs"], customers["exit"]
    assert (needs["shape"], leaving["a"], leaving["b"]) == (FITTED.r, FITTED.a, FITTED.b)
    assert needs["mean"] == pytest.approx(FITTED.r / FITTED.alpha, rel=1e-8)


def test_customers_without_a_repeat() -> None:
    """1,408 of 2,357 customers are expected not to come back in 39 weeks."""
    assert FITTED.probability(0, exposures(39)).sum() == pytest.approx(1407.786, abs=0.51e-3)


@pytest.mark.slow
def test_repeat_purchases_closely() -> None:
    """The mean of 1,000 replications, within 14 purchases of 2,494 in week 39."""
    check(repeats(1000))


def test_spread_between_cohorts(hundred: NDArray[np.float64]) -> None:
    """One cohort of 2,357 strays from the mean by 107.8 in week 39 and by 185.6 in week 78."""
    for week, (_, sd) in PRINTED.items():
        spread = hundred[:, WEEKS.index(week)].std(ddof=1)
        assert spread == pytest.approx(sd, abs=4 * sd / np.sqrt(2 * 99))


def test_everybody_is_listed() -> None:
    """2,357 people come as customers in weeks 0 to 12, each with one trial; nobody else comes."""
    table = run("sim:cdnow").firms
    assert table["acquired"].sum() == 2357
    assert (table.loc[table["month"] > 12, "acquired"] == 0).all()
