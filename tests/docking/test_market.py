"""What the limits D01, D12, D17 and D18 say beyond the figures of their rows.

Every tolerance is four standard errors, the error taken from the closed form where it has one.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.market.run import Run, run
from sim.theory import markov

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


@pytest.mark.parametrize("timing", ["immediate", "deferred"])
def test_the_books_are_the_purchases(timing: str) -> None:
    """The firm's net present value is the sum over its customers' purchases."""
    lived = retained(timing, 0.8, 0.1)
    assert of_firm(lived, "npv")[-1] == pytest.approx(worth_to(lived).sum(), rel=1e-9)


@pytest.mark.parametrize("timing", ["immediate", "deferred"])
def test_with_more_retention_nobody_leaves_earlier(timing: str) -> None:
    """Under common luck five points more keep everyone at least as long."""
    before, after = (worth_to(retained(timing, r, 0.1)) for r in (0.8, 0.85))
    assert (after >= before).all()
    assert after.sum() > before.sum()


def test_customers_who_stay_are_binomial() -> None:
    """Of last month's customers each stays with probability .8, independently of the others."""
    customers = of_firm(retained("immediate", 0.8, 0.1), "customers")
    assert customers[0] == 20_000
    before, after = customers[:25], customers[1:26]
    surprise = (after - 0.8 * before) / np.sqrt(before * 0.8 * 0.2)
    assert np.abs(surprise).max() < 4
    assert (surprise**2).mean() == pytest.approx(1, abs=4 * np.sqrt(2 / 25))


# ── D12: diffusion ────────────────────────────────────────────────────────────────────────────


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

PRICES = np.array([10.0, 9.0, 8.0])
CHOICES = 500_000


def chosen(overrides: Mapping[str, Any] | None = None) -> Array:
    """(firms,) how many of 500,000 choices fell on each firm."""
    lived = run("sim:theory/d18_logit", overrides=overrides)
    counts = np.array([of_firm(lived, "purchases", firm).sum() for firm in FIRMS])
    assert counts.sum() == CHOICES
    return counts


@pytest.mark.parametrize("firm", range(3))
def test_a_dearer_firm_only_loses(firm: int) -> None:
    """Under common luck its rivals win what it loses, and each of them wins."""
    usual, dearer = chosen(), chosen({f"firms.{FIRMS[firm]}.price": 1.1 * PRICES[firm]})
    assert np.sign(dearer - usual).tolist() == [-1 if f == firm else 1 for f in range(3)]


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
