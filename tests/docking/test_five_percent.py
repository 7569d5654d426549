"""Five points of retention, as interventions, hit the closed forms of the limits: D01, D02, D17.

Here the market *is* the limit. Points are solved by runs where they are asked for; every tolerance
is four standard errors.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.experiments.arms import Future, design_of, live
from sim.experiments.solve import mean_retention, solved_in, warmed_up, without
from sim.market.run import run
from sim.scenario.loading import Case, load_scenario
from sim.theory import clv, markov, stock

Array = NDArray[np.float64]
GIFT = {"interventions": [{"firm": "acme", "hold": 0.25}]}
"""Of the fifth who would leave a quarter stays: .8 becomes .85."""


def uplift_within_four_errors(before: Array, after: Array, exact: float) -> None:
    """The relative gain is the exact one, its error estimated from independent pairs."""
    spread = (after - (1 + exact) * before) / before.mean()
    error = spread.std(ddof=1) / np.sqrt(len(spread))
    assert 0 < error < 0.05 * exact
    assert after.mean() / before.mean() - 1 == pytest.approx(exact, abs=4 * error)


def futures(case: Case, arms: Mapping[str, Case], worlds: int) -> list[list[Future]]:
    """What becomes of each arm in each world."""
    design = design_of(case, dict(arms), "acme")
    return [live(design, number) for number in range(worlds)]


# ── D01: lost for good ────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def asked() -> tuple[Case, Case]:
    """The limit, and the arm in which five points were asked for and found."""
    case = load_scenario("sim:theory/d01_five_points")
    worlds = [warmed_up(without(case), number) for number in range(5)]
    arm = solved_in(worlds, case.under_policy("five_points"), "acme")
    usual, won = mean_retention(worlds, case, "acme")
    assert won == 20_000
    assert usual == pytest.approx(0.8, abs=4 * np.sqrt(0.16 / 100_000))
    assert mean_retention(worlds, arm, "acme")[0] - usual == pytest.approx(0.05, abs=0.001)
    return case, arm


def test_five_points_are_a_quarter_of_the_leavers(asked: tuple[Case, Case]) -> None:
    """.05 / .2 = .25, of the 20,000 who would leave in five worlds, within .001 of retention."""
    (found,) = asked[1].spec.interventions
    assert found.points == 5
    assert found.chance == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / 20_000) + 0.001 / 0.2)


def test_the_gift_is_worth_its_closed_form(asked: tuple[Case, Case]) -> None:
    """Net present value rises by .05 / (1 + i - r - .05): 20 per cent at r = .8, i = .1."""
    case, arm = asked
    kept = case.override({"policies": {}, "interventions": [{"hold": 0.25}]})
    lived = futures(case, {"as_it_is": case, "five_points": arm, "quarter": kept}, 6)
    usual, found, exact = (np.array([w[n].outcomes["npv"] for w in lived]) for n in range(3))
    assert usual.mean() == pytest.approx(12 * 20_000 * clv.value(0.8, 0.1), rel=0.005)
    assert clv.uplift(0.8, 0.05, 0.1) == pytest.approx(0.2)
    uplift_within_four_errors(usual, exact, clv.uplift(0.8, 0.05, 0.1))
    points = 0.2 * arm.spec.interventions[0].chance
    uplift_within_four_errors(usual, found, clv.uplift(0.8, points, 0.1))
    assert found.mean() / usual.mean() - 1 == pytest.approx(0.2, abs=0.02)


@pytest.mark.parametrize(("retention", "discount"), [(0.6, 0.0), (0.9, 0.15)])
def test_other_retentions_over_ten_years(retention: float, discount: float) -> None:
    """Ten payments are worth (1 - q^10) / (1 - q), q = r / (1 + i): before the gift and after."""
    case = load_scenario("sim:theory/d01_five_points").override(
        {
            "firms.acme.appeal": float(np.log(retention / (1 - retention))),
            "discount_rate": (1 + discount) ** (1 / 12) - 1,
            "horizon": 120,
            "policies": {},
        }
    )
    gift = case.override({"interventions": [{"hold": 0.05 / (1 - retention)}]})
    lived = futures(case, {"as_it_is": case, "gift": gift}, 6)
    before, after = (np.array([w[n].outcomes["npv"] for w in lived]) for n in range(2))
    usual, more = (clv.finite_value(retention + p, 10, discount) for p in (0.0, 0.05))
    uplift_within_four_errors(before, after, more / usual - 1)


# ── D02: a fixed inflow ───────────────────────────────────────────────────────────────────────

INFLOW: Mapping[str, Any] = {
    "population": {
        "size": 0,
        "entry": {"closure": "poisson", "per_month": 100.0, "on_arrival": {"customer_of": "acme"}},
    },
    "start": {"customers": "none"},
    "warm_up": 60,
    "horizon": 120,
    "discount_rate": 0.0,
}


def test_under_a_fixed_inflow_the_stock_grows() -> None:
    """100 come a month, .8 stay: 500 customers; with the gift 667, a third more profit."""
    case = load_scenario("sim:theory/d01_retention_value_immediate").override(INFLOW)
    gift = case.override(GIFT)
    lived = futures(case, {"as_it_is": case, "gift": gift}, 8)
    before, after = (
        np.array([np.diff(w[n].cash)[60:].mean() for w in lived]) for n in range(2)
    )  # a margin of 1 a head: profit counts customers
    exact = stock.steady_state(100, 0.85) / stock.steady_state(100, 0.8) - 1
    assert exact == pytest.approx(stock.uplift(0.8, 0, "fixed inflow"))
    assert before.mean() == pytest.approx(500, abs=4 * before.std(ddof=1) / np.sqrt(8))
    uplift_within_four_errors(before, after, exact)


def test_on_the_way_it_is_the_power_of_retention() -> None:
    """After t months N* + (N - N*) .85^t: 554, 592, 619 customers a year and a half on."""
    case = load_scenario("sim:theory/d01_retention_value_immediate").override(INFLOW)
    lived = futures(case, {"as_it_is": case, "gift": case.override(GIFT)}, 12)
    more = np.array([np.diff(w[1].cash - w[0].cash, prepend=0.0) for w in lived])
    for month in (0, 1, 3, 6, 12):
        exact = stock.customers_after(month + 1, 100, 0.85, 500) - 500
        error = more[:, month].std(ddof=1) / np.sqrt(12)
        assert more[:, month].mean() == pytest.approx(exact, abs=4 * error)


# ── D17: switching ────────────────────────────────────────────────────────────────────────────

LOYAL = np.array([[0.85, 0.075, 0.075], [0.15, 0.75, 0.10], [0.20, 0.20, 0.60]])
USUAL = np.array([[0.80, 0.10, 0.10], [0.15, 0.75, 0.10], [0.20, 0.20, 0.60]])


def held(overrides: Mapping[str, Any]) -> Array:
    """(months,) acme's customers in the market of three firms."""
    table = run("sim:theory/d17_switching", overrides={"precision": "double", **overrides}).firms
    return table.loc[table["firm"] == "acme", "customers"].to_numpy(np.float64)


def test_where_leavers_may_come_back_the_share_rises_less() -> None:
    """Holding a quarter of acme's leavers is the row .85 .075 .075: a share of .5289, not .4571."""
    usual, gift = (held(change)[30:].mean() / 10_000 for change in ({}, GIFT))
    error = 0.005 * np.sqrt((1 + 0.65) / (1 - 0.65) / 30)
    assert usual == pytest.approx(markov.stationary(USUAL)[0], abs=4 * error)
    assert gift == pytest.approx(markov.stationary(LOYAL)[0], abs=4 * error)


def test_and_the_equity_rises_by_12_per_cent_and_not_by_20() -> None:
    """Customers of three firms at their long-run shares are worth 11.9 per cent more to acme."""
    shares = markov.stationary(USUAL)
    exact = [markov.customer_equity(m, 0, 0.1, shares) for m in (USUAL, LOYAL)]
    assert exact[1] / exact[0] - 1 == pytest.approx(0.119171, abs=1e-6)
    start = dict(zip(("acme", "bolt", "cora"), (shares - 1e-12).tolist(), strict=True))
    case = load_scenario("sim:theory/d17_switching").override(
        {"start": {"customers": start, "first_renewal": "immediate"}}
    )
    lived = futures(case, {"as_it_is": case, "gift": case.override(GIFT)}, 8)
    before, after = (np.array([w[n].outcomes["npv"] for w in lived]) for n in range(2))
    uplift_within_four_errors(before, after, exact[1] / exact[0] - 1)
