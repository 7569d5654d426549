"""Basket: purchases that vary as gamma around a person's own level."""

import numpy as np
import pytest
from scipy import stats

from sim import draws
from sim.behaviour.basket import gamma_amount
from sim.market import compile as compiled
from sim.market.run import run

RUN = draws.key(7)


def amounts(shape: float, count: int = 4000) -> list[float]:
    """Amounts of ``count`` people at one purchase."""
    return [gamma_amount(RUN, person, 17, 3, 0, shape) for person in range(count)]


@pytest.mark.parametrize("shape", [0.4, 1.0, 6.25])
def test_amounts_are_gamma(shape: float) -> None:
    """The whole distribution, by the distance of Kolmogorov and Smirnov."""
    found = stats.kstest(amounts(shape), stats.gamma(shape).cdf)
    assert found.pvalue > 6.3e-5  # four standard errors, two-sided


@pytest.mark.parametrize("shape", [0.4, 6.25])
def test_mean_and_variance_are_the_shape(shape: float) -> None:
    """A gamma of scale 1 has mean and variance equal to its shape, within 4 standard errors."""
    found = np.array(amounts(shape))
    assert found.mean() == pytest.approx(shape, abs=4 * np.sqrt(shape / len(found)))
    spread = shape * np.sqrt((2 + 6 / shape) / len(found))
    assert found.var() == pytest.approx(shape, abs=4 * spread)


def once(monkeypatch: pytest.MonkeyPatch, u_normal: float, u_accept: float, shape: float) -> float:
    """The amount of a try with these uniforms; ``shape`` where it was not accepted."""
    uniforms = (u_normal, u_accept, 0.5, 0.5)
    monkeypatch.setattr(draws, "four", lambda *address: uniforms)
    return gamma_amount(RUN, 1, 2, 3, 4, shape)


@pytest.mark.parametrize("shape", [1.0, 2.5, 6.25])
def test_what_is_tried_is_accepted_in_proportion(
    monkeypatch: pytest.MonkeyPatch, shape: float
) -> None:
    """Density of a try times the chance to accept it is the gamma density, times a constant.

    The chance is found by halving: it is the largest uniform that is still accepted.
    """
    weights = []
    for u in (0.02, 0.2, 0.45, 0.8, 0.97, 0.999):
        near = [once(monkeypatch, u + by, 1e-300, shape) for by in (-1e-6, 0.0, 1e-6)]
        low, high = 0.0, 1.0
        for _ in range(40):
            middle = (low + high) / 2
            accepted = once(monkeypatch, u, middle, shape) != shape
            low, high = (middle, high) if accepted else (low, middle)
        density = 2e-6 / (near[2] - near[0])
        weights.append(density * low / stats.gamma(shape).pdf(near[1]))
    assert weights == pytest.approx([weights[0]] * len(weights), rel=1e-5)


def test_larger_uniforms_are_larger_amounts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The largest uniform of the normal draw is the largest basket."""
    amounts = [once(monkeypatch, u, 1e-300, 3.0) for u in (0.1, 0.5, 0.9)]
    assert amounts == sorted(amounts)
    assert amounts[1] == pytest.approx(3.0 - 1 / 3)


def test_every_purchase_is_drawn_anew() -> None:
    """Another occasion, step, firm or person is another amount; the same is the same."""
    first = gamma_amount(RUN, 1, 2, 3, 4, 2.0)
    others = [(0, 2, 3, 4), (1, 0, 3, 4), (1, 2, 0, 4), (1, 2, 3, 0)]
    assert first == gamma_amount(RUN, 1, 2, 3, 4, 2.0)
    assert all(gamma_amount(RUN, *address, 2.0) != first for address in others)


def test_gamma_gamma_in_a_market() -> None:
    """Mean p · scale / (q − 1), and each person's purchases vary by 1/√p around their own mean."""
    assert compiled.passes(dealings=False)
    basket = {"distribution": "gamma_gamma", "p": 4.0, "q": 6.0, "scale": 5.0}
    small = {
        "setting": "repertoire",
        "population.size": 3000,
        "population.entry": {"closure": "cohort"},
        "warm_up": 0,
        "horizon": 12,
        "customers.needs": 2,
        "customers.exit": 0,
        "customers.basket": basket,
        "record.transactions": True,
    }
    bought = run("sim:first_market", overrides=small).transactions
    own = bought.groupby("person")["units"].agg(["mean", "count", "var"]).query("count > 1")
    error = float(own["mean"].std() / np.sqrt(len(own)))
    assert own["mean"].mean() == pytest.approx(4.0, abs=4 * error)
    within = (own["var"] / own["mean"] ** 2).median()
    assert 0.15 < within < 0.27  # about 1/p = .25, less because a variance of few is skewed
