"""The market, reduced by scenario files alone, hits the closed forms: rows D01, D12, D17, D18.

Every tolerance is four standard errors, the error taken from the closed form where it has one.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.market.run import Run, run
from sim.theory import clv, logit, markov
from sim.theory.bass import Bass

Array = NDArray[np.float64]
FIRMS = ("acme", "bolt", "cora")


def of_firm(lived: Run, column: str, firm: str = "acme") -> Array:
    """(months,) one measure of one firm."""
    table = lived.firms
    return table.loc[table["firm"] == firm, column].to_numpy(np.float64)


def worth_to(lived: Run, firm: str = "acme") -> Array:
    """(people,) discounted margin of 1 from every purchase that a person made from the firm."""
    spec, bought = lived.market.spec, lived.transactions
    bought = bought[bought["firm"] == firm]
    now = (1 + spec.discount_rate) ** -bought["month"].to_numpy(np.float64)
    return np.bincount(bought["person"], weights=now, minlength=spec.population.size)


def standard_error(values: Array) -> float:
    """Of the mean of independent values."""
    return float(values.std(ddof=1) / np.sqrt(len(values)))


# ── D01: retention for good ───────────────────────────────────────────────────────────────────


def retained(timing: str, retention: float, discount: float) -> Run:
    """A cohort of 20,000 whose members renew with a fixed probability."""
    overrides = {
        "firms.acme.appeal": float(np.log(retention / (1 - retention))),
        "discount_rate": discount,
        "record.transactions": True,
    }
    return run(f"sim:theory/d01_retention_value_{timing}", overrides=overrides)


RANDOM = np.random.default_rng(1).uniform((0.5, 0.02), (0.95, 0.2), (2, 2)).round(4).tolist()
"""Two more pairs of retention and discount rate, drawn once."""


@pytest.mark.parametrize(("retention", "discount"), [(0.8, 0.1), (0.9, 0.1), (0.7, 0), *RANDOM])
@pytest.mark.parametrize("timing", ["immediate", "deferred"])
def test_value_of_a_customer(timing: clv.Timing, retention: float, discount: float) -> None:
    """Present value a head, and its spread between people, are the closed forms of each timing.

    Deferred, the form counts from one month before the first booked one.
    """
    lived = retained(timing, retention, discount)
    per_head = worth_to(lived) / (1 if timing == "immediate" else 1 + discount)
    sd, people = clv.value_sd(retention, discount), len(per_head)
    exact = clv.value(retention, discount, timing=timing)
    assert per_head.mean() == pytest.approx(exact, abs=4 * sd / np.sqrt(people))
    kurtosis = ((per_head - per_head.mean()) ** 4).mean() / sd**4
    assert per_head.std() == pytest.approx(sd, abs=2 * sd * np.sqrt((kurtosis - 1) / people))
    assert of_firm(lived, "npv")[-1] == pytest.approx(worth_to(lived).sum(), rel=1e-9)


def test_customers_who_stay_are_binomial() -> None:
    """Of last month's customers each stays with probability .8, independently of the others."""
    customers = of_firm(retained("immediate", 0.8, 0.1), "customers")
    assert customers[0] == 20_000
    before, after = customers[:25], customers[1:26]
    surprise = (after - 0.8 * before) / np.sqrt(before * 0.8 * 0.2)
    assert np.abs(surprise).max() < 4
    assert (surprise**2).mean() == pytest.approx(1, abs=4 * np.sqrt(2 / 25))


@pytest.mark.parametrize("timing", ["immediate", "deferred"])
def test_five_points_of_retention(timing: clv.Timing) -> None:
    """From .8 to .85 the value rises by 20 per cent (27.5 deferred), and nobody leaves earlier."""
    before, after = (worth_to(retained(timing, r, 0.1)) for r in (0.8, 0.85))
    assert (after >= before).all()
    exact = clv.uplift(0.8, 0.05, 0.1, timing)
    error = standard_error(after - (1 + exact) * before) / before.mean()
    assert after.mean() / before.mean() - 1 == pytest.approx(exact, abs=4 * error)


# ── D12: diffusion ────────────────────────────────────────────────────────────────────────────


def adopted(overrides: Mapping[str, Any], replication: int = 0) -> Array:
    """(months,) share of people who have bought by the end of each month."""
    lived = run("sim:theory/d12_bass", overrides=overrides, replication=replication)
    return of_firm(lived, "customers") / lived.market.spec.population.size


def test_diffusion_with_average_parameters() -> None:
    """F(5), F(10), F(15) of 10,000 people follow the discrete map, not the continuous curve."""
    found = adopted({})[[4, 9, 14]]
    exact = np.array([Bass(0.03, 0.38).adopted_in_steps(steps) for steps in (5, 10, 15)])
    assert (np.abs(found - exact) < 4 * np.array([0.0082, 0.0091, 0.0020])).all()


@pytest.mark.parametrize(
    ("innovation", "imitation"),
    np.random.default_rng(2).uniform((0.01, 0.1), (0.1, 0.6), (2, 2)).round(4).tolist(),
)
def test_diffusion_with_other_parameters(innovation: float, imitation: float) -> None:
    """The same with parameters drawn once, the error estimated from 16 replications."""
    values = {"innovation": innovation, "imitation": imitation}
    found = np.array([adopted({"mechanisms.imitation": values}, k) for k in range(16)])
    for steps in (1, 5, 10, 15):
        shares = found[:, steps - 1]
        exact = Bass(innovation, imitation).adopted_in_steps(steps)
        assert shares.mean() == pytest.approx(exact, abs=4 * standard_error(shares))


def test_everybody_adopts_once() -> None:
    """Each person pays once and stays a customer: as many purchases as customers, none lost."""
    lived = run("sim:theory/d12_bass")
    bought, customers = of_firm(lived, "purchases"), of_firm(lived, "customers")
    assert (bought.cumsum() == customers).all()
    assert of_firm(lived, "lost").sum() == 0


# ── D17: going and coming back ────────────────────────────────────────────────────────────────

SWITCHING = np.array([[0.80, 0.10, 0.10], [0.15, 0.75, 0.10], [0.20, 0.20, 0.60]])
LOYAL = np.array([[0.85, 0.075, 0.075], [0.15, 0.75, 0.10], [0.20, 0.20, 0.60]])


def costs(switching: Array) -> dict[str, dict[str, float | str]]:
    """The matrix of probabilities as costs of switching."""
    words = [["never" if p == 0 else float(-np.log(p)) for p in row] for row in switching]
    return {a: dict(zip(FIRMS, row, strict=True)) for a, row in zip(FIRMS, words, strict=True)}


def switched(overrides: Mapping[str, Any], switching: Array = SWITCHING) -> Run:
    """A market of three firms whose customers switch by the matrix."""
    changes = {"switching_costs": costs(switching), "record.transactions": True}
    return run("sim:theory/d17_switching", overrides={**changes, **overrides})


def shares_of(lived: Run) -> Array:
    """(months, firms) shares of customers at the end of each month."""
    held = np.column_stack([of_firm(lived, "customers", firm) for firm in FIRMS])
    return held / held.sum(axis=1, keepdims=True)


def test_the_file_holds_the_matrix() -> None:
    """The costs written in the scenario are minus the logarithms of the probabilities."""
    spec = run("sim:theory/d17_switching", overrides={"horizon": 1}).market.spec
    written = np.array([[spec.switching_costs[a][b] for b in FIRMS] for a in FIRMS], np.float64)
    assert np.exp(-written) == pytest.approx(SWITCHING, abs=1e-15)


@pytest.mark.parametrize("first", range(3))
def test_shares_after_some_months(first: int) -> None:
    """Shares of those who began with one firm follow the powers of the matrix, month by month."""
    found = shares_of(switched({"start.customers": {FIRMS[first]: 1.0}, "horizon": 12}))
    for month, shares in enumerate(found):
        exact = np.linalg.matrix_power(SWITCHING, month + 1)[first]
        assert (np.abs(shares - exact) < 4 * np.sqrt(exact * (1 - exact) / 10_000)).all()


@pytest.mark.parametrize(("switching", "printed"), [(SWITCHING, 0.457143), (LOYAL, 0.528926)])
def test_shares_in_the_long_run(switching: Array, printed: float) -> None:
    """After 60 months nothing is left of the start; five points more raise .457 to .529."""
    exact = markov.stationary(switching)
    assert exact[0] == pytest.approx(printed, abs=0.51e-6)
    found = shares_of(switched({}, switching))[-1]
    assert (np.abs(found - exact) < 4 * np.sqrt(exact * (1 - exact) / 10_000)).all()


@pytest.mark.parametrize(("first", "printed"), [(0, 6.314815), (1, 3.870370), (2, 4.074074)])
def test_value_of_a_customer_who_may_come_back(first: int, printed: float) -> None:
    """Value to the first firm of a customer who is now with each of the three."""
    start = {"start.customers": {FIRMS[first]: 1.0}, "start.first_renewal": "immediate"}
    lived = switched({**start, "population.size": 5_000, "horizon": 120})
    worth = worth_to(lived)
    exact = markov.customer_value(SWITCHING, 0, 0.1)[first]
    assert exact == pytest.approx(printed, abs=0.51e-6)
    assert worth.mean() == pytest.approx(exact, abs=4 * standard_error(worth))
    assert of_firm(lived, "npv")[-1] == pytest.approx(worth.sum(), rel=1e-9)


def test_five_points_are_worth_less_when_customers_come_back() -> None:
    """From the old market on, customer equity rises by 11.9171 per cent, not by 20."""
    shares = markov.stationary(SWITCHING)
    start = dict(zip(FIRMS, shares.tolist(), strict=True))
    now = {"start.customers": start, "start.first_renewal": "immediate", "horizon": 120}
    before, after = (worth_to(switched(now, matrix)) for matrix in (SWITCHING, LOYAL))
    old, new = (markov.customer_equity(m, 0, 0.1, shares) for m in (SWITCHING, LOYAL))
    assert new / old - 1 == pytest.approx(0.119171, abs=0.51e-6)
    error = standard_error(after - new / old * before) / before.mean()
    assert after.mean() / before.mean() == pytest.approx(new / old, abs=4 * error)


def test_what_never_happens() -> None:
    """A probability of 0 is written `never`; the moves that people make are the matrix."""
    matrix = np.array([[0.8, 0.2, 0.0], [0.0, 0.7, 0.3], [0.4, 0.0, 0.6]])
    bought = switched({"horizon": 30}, matrix).transactions.sort_values(["person", "month"])
    firm = bought["firm"].map(FIRMS.index).to_numpy().reshape(10_000, 30)
    moves = np.zeros((3, 3))
    np.add.at(moves, (firm[:, :-1], firm[:, 1:]), 1)
    assert (moves[matrix == 0] == 0).all()
    begun = moves.sum(axis=1, keepdims=True)
    error = np.sqrt(matrix * (1 - matrix) / begun)
    assert (np.abs(moves / begun - matrix) <= 4 * error).all()


# ── D18: logit choice ─────────────────────────────────────────────────────────────────────────

VALUES, PRICES, PRICE_WEIGHT = np.array([1, 0.5, 0]), np.array([10.0, 9.0, 8.0]), 0.2
SHARES = np.array([0.506480, 0.307196, 0.186324])
CHOICES = 500_000


def chosen(overrides: Mapping[str, Any] | None = None) -> Array:
    """(firms,) how many of 500,000 choices fell on each firm."""
    lived = run("sim:theory/d18_logit", overrides=overrides)
    counts = np.array([of_firm(lived, "purchases", firm).sum() for firm in FIRMS])
    assert counts.sum() == CHOICES
    return counts


def test_shares_of_choices() -> None:
    """Values 1, .5 and 0 give shares .506480, .307196 and .186324."""
    exact = logit.shares(VALUES)
    assert exact == pytest.approx(SHARES, abs=0.51e-6)
    errors = np.array([logit.share_se(float(part), CHOICES) for part in exact])
    assert (np.abs(chosen() / CHOICES - exact) < 4 * errors).all()


@pytest.mark.parametrize("rival", range(3))
def test_price_elasticities(rival: int) -> None:
    """Own elasticities -.987 -1.247 -1.302, cross 1.013 .553 .298, by five per cent up and down.

    Under common draws a dearer firm only loses choices and the others only win them, so the error
    of a difference comes from those who moved alone. The curve adds at most a quarter of it.
    """
    exact = logit.price_elasticities(logit.shares(VALUES), PRICES, PRICE_WEIGHT)[:, rival]
    step, price = 1.05, float(PRICES[rival])
    cheap, dear = (chosen({f"firms.{FIRMS[rival]}.price": price * s}) for s in (1 / step, step))
    moved = dear - cheap
    others = np.arange(3) != rival
    assert moved[rival] < 0
    assert (moved[others] > 0).all()
    found = np.log(dear / cheap) / np.log(step**2)
    errors = np.sqrt(np.abs(moved)) / np.sqrt(dear * cheap) / np.log(step**2)
    assert (np.abs(found - exact) < 4 * errors).all()


def test_rivals_lose_in_proportion() -> None:
    """Independence of irrelevant alternatives: without bolt, acme and cora keep their ratio e."""
    before, after = chosen(), chosen({"firms.bolt.appeal": -50.0})
    assert after[1] == 0
    assert (after >= before)[[0, 2]].all()
    for acme, _, cora in (before, after):
        assert np.log(acme / cora) == pytest.approx(1, abs=4 * np.sqrt(1 / acme + 1 / cora))


def test_only_differences_of_price_weigh() -> None:
    """Where nobody stays outside, 5 off every price changes nobody's choice."""
    cheaper = {f"firms.{f}.price": float(p - 5) for f, p in zip(FIRMS, PRICES, strict=True)}
    assert (chosen(cheaper) == chosen()).all()
