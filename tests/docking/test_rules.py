"""What the rules of trust (D21) and satisfaction (D22) say beyond the figures of their rows.

Their weights and integrals agree to rounding, what is fed with addressed draws within 4 standard
errors, both on the published parameters and on two sets drawn at random. Standard errors are those
of correlated series.
"""

import math
from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from scipy import integrate, stats

from sim import draws
from sim.behaviour import expectation, satisfaction, trust
from sim.behaviour.satisfaction import Satisfaction
from sim.theory import updating

Series = npt.NDArray[np.float64]

RUN = draws.key(21)
EVENTS = 200_000  # a start away from the long run tells in a few of them only
BATCHES = 100

chance = np.random.default_rng(21)
TRUST = [
    (0.95, 0.05, 0.2),
    (0.90, 0.05, 0.2),
    (0.95, 0.1, 0.1),
    (0.99, 0.02, 0.3),
    *chance.uniform((0.6, 0.02, 0.1), (0.98, 0.2, 0.5), (2, 3)).round(3).tolist(),
]
KAPPA = [1.5, 1.955, 2.25, *chance.uniform(1.1, 4.0, 2).round(3).tolist()]
ADAPTATION = [0.2, *chance.uniform(0.05, 0.9, 2).round(3).tolist()]
WEIGHT = [0.1, 0.2, 0.3, 0.5, *chance.uniform(0.05, 0.9, 2).round(3).tolist()]


@cache
def luck(person: int, word: int) -> list[float]:
    """Uniforms of one person's events, one a step."""
    uniforms = draws.columns(RUN, person, draws.NOBODY, np.arange(EVENTS), draws.OCCASION)
    events: list[float] = uniforms[word].tolist()
    return events


@pytest.fixture(scope="module")
def normals() -> list[float]:
    return [draws.normal(u) for u in luck(person=1, word=2)]


def standard_error(series: Series) -> float:
    """Standard error of the mean of a correlated series, from the means of long batches."""
    means = series.reshape(BATCHES, -1).mean(axis=1)
    return float(means.std(ddof=1) / math.sqrt(BATCHES))


def agrees(series: Series, expected: float) -> bool:
    """Whether the mean of a series is the expected one within 4 standard errors."""
    return abs(float(series.mean()) - expected) < 4 * standard_error(series)


# ── D21: trust ────────────────────────────────────────────────────────────────────────────────


@cache
def trust_over_time(kept: float, gain: float, loss: float) -> Series:
    level = updating.trust_mean(kept, gain, loss)
    levels = np.empty(EVENTS)
    for event, u in enumerate(luck(person=0, word=3)):
        level = trust.updated(level, u < kept, gain, loss)
        levels[event] = level
    return levels


@pytest.mark.parametrize(("kept", "gain", "loss"), TRUST)
def test_successes_that_repair_a_failure(kept: float, gain: float, loss: float) -> None:
    """After one broken promise it takes the whole number above theory's of kept ones."""
    before = updating.trust_mean(kept, gain, loss)
    level = trust.updated(before, False, gain, loss)
    successes = 0
    while level < before:
        level = trust.updated(level, True, gain, loss)
        successes += 1
    assert successes == math.ceil(updating.successes_to_repair(before, gain, loss))


def test_thirteen_successes_all_but_repair_one_failure() -> None:
    """At 95 %, .05 and .2 it takes 13.02: thirteen leave .0002 of the way, fourteen pass it."""
    level = trust.updated(0.826087, False, 0.05, 0.2)
    levels = [level := trust.updated(level, True, 0.05, 0.2) for _ in range(14)]
    assert 0 < 0.826087 - levels[12] < 0.0002
    assert levels[13] > 0.826087


@pytest.mark.parametrize(("kept", "gain", "loss"), TRUST)
def test_trust_forgets_at_its_rate(kept: float, gain: float, loss: float) -> None:
    """The slope of trust on trust one event before is 1 − rate.

    Its standard error is White's (1980, Econometrica 48, 817-838), since how far trust may jump
    depends on where it stands.
    """
    levels = trust_over_time(kept, gain, loss)
    centred, following = levels[:-1] - levels[:-1].mean(), levels[1:] - levels[1:].mean()
    spread = centred @ centred
    slope = centred @ following / spread
    error = math.sqrt(np.sum((centred * (following - slope * centred)) ** 2)) / spread
    assert abs((1 - slope) - updating.trust_rate(kept, gain, loss)) < 4 * error


# ── D22: satisfaction ─────────────────────────────────────────────────────────────────────────


def disconfirmations(qualities: list[float], adaptation: float) -> Iterator[float]:
    """Quality minus an expectation that has followed all qualities before."""
    expected = qualities[0]
    for quality in qualities:
        yield quality - expected
        expected = expectation.after_experience(expected, quality, adaptation)


def surprises(gaps: list[float], loss_aversion: float) -> Series:
    return np.array([satisfaction.surprise(gap, 1.0, loss_aversion) for gap in gaps])


@pytest.mark.parametrize("loss_aversion", KAPPA)
def test_mean_surprise_by_integration(loss_aversion: float) -> None:
    """Integrated over a standard normal gap, surprise is what theory says to ten digits."""

    def weighed(gap: float) -> float:
        return float(satisfaction.surprise(gap, 1.0, loss_aversion) * stats.norm.pdf(gap))

    halves = (integrate.quad(weighed, low, low + 12, epsabs=1e-13)[0] for low in (-12, 0))
    expected = updating.mean_satisfaction(loss_aversion, 1.0)
    assert sum(halves) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("adaptation", ADAPTATION)
def test_an_expectation_that_follows_weighs_the_past_geometrically(adaptation: float) -> None:
    """The squares of its weights sum to the extra variance of a gap: 2/(2 − μ) in all."""
    gaps = np.array(list(disconfirmations([0.0, 1.0, *[0.0] * 999], adaptation)))
    widening = updating.disconfirmation_sd(1.0, adaptation) ** 2
    assert gaps @ gaps == pytest.approx(widening, rel=1e-12)


@pytest.mark.parametrize("weight", WEIGHT)
def test_satisfaction_weighs_the_past_geometrically(weight: float) -> None:
    """Without surprise it is an average: the squares of its weights sum to λ/(2 − λ)."""
    rule = Satisfaction(learning=weight, delight=0.0, disappointment=0.0)
    level, weights = 0.0, []
    for quality in [1.0, *[0.0] * 999]:
        level = satisfaction.after_experience(level, quality, quality - level, rule)
        weights.append(level)
    assert np.square(weights).sum() == pytest.approx(updating.averaging_variance(weight), rel=1e-12)


def test_variance_alone_costs_satisfaction(normals: list[float]) -> None:
    """At a quality of .6 ± .05 satisfaction settles below .6, by the mean surprise of the rule.

    The usual disappointment of 1 is twice the usual delight of .5, and expectation follows by .2.
    """
    usual = Satisfaction()
    qualities = [0.6 + 0.05 * z for z in normals]
    level, levels = 0.6, np.empty(EVENTS)
    for event, gap in enumerate(disconfirmations(qualities, 0.2)):
        level = satisfaction.after_experience(level, qualities[event], gap, usual)
        levels[event] = level
    cost = usual.delight * updating.mean_satisfaction(2.0, 0.05, 0.2)
    assert cost == pytest.approx(-0.0105, abs=5e-5)
    assert agrees(levels, 0.6 + cost)
