"""D22: a quality that merely varies costs satisfaction where losses weigh more than gains."""

import math
from itertools import accumulate

import numpy as np

from sim import draws
from sim.analysis.docking.estimates import Values, settled
from sim.analysis.docking.row import Figure, Parameters, Row
from sim.behaviour import expectation, satisfaction
from sim.behaviour.satisfaction import Satisfaction
from sim.theory import updating

EVENTS = 100_000
SPREADS = (0.02, 0.04, 0.06, 0.08, 0.10)
RUN = draws.key(22)


def dock(parameters: Parameters) -> list[Figure]:
    """Mean surprise by the spread of quality; then the same where expectation follows quality."""
    aversion, adaptation = parameters["loss_aversion"], parameters["adaptation"]
    figures = [
        known_mean(spread, normals(person), aversion)
        for person, spread in enumerate(SPREADS, start=1)
    ]
    gaps = disconfirmations(normals(0), adaptation)
    *_, evenly = draws.columns(RUN, 0, draws.NOBODY, np.arange(EVENTS), draws.OCCASION)
    exact = updating.mean_satisfaction(aversion, 1.0, adaptation)
    wider = updating.disconfirmation_sd(1.0, adaptation) ** 2
    left = updating.averaging_variance(parameters["learning"])
    return [
        *figures,
        settled("mean surprise, expectation following", surprises(gaps, aversion), exact),
        settled("variance of the gap, expectation following", gaps**2, wider),
        settled("variance left by averaging", averages(evenly, parameters["learning"]), left),
    ]


def normals(person: int) -> Values:
    """(events,) standard normal qualities that one person meets."""
    *_, u, _ = draws.columns(RUN, person, draws.NOBODY, np.arange(EVENTS), draws.OCCASION)
    return np.array([draws.normal(each) for each in u.tolist()])


def known_mean(spread: float, qualities: Values, aversion: float) -> Figure:
    """Mean surprise where quality varies about what is expected; events are independent."""
    mean = updating.mean_satisfaction(aversion, spread)
    variance = spread**2 * (1 + aversion**2) / 2 - mean**2
    found = float(surprises(spread * qualities, aversion).mean())
    words = f"mean surprise at a spread of {spread:g}"
    return Figure(words, found, mean, math.sqrt(variance / len(qualities)), at=spread)


def surprises(gaps: Values, aversion: float) -> Values:
    """What the rule makes of each gap between quality and expectation."""
    return np.array([satisfaction.surprise(gap, 1.0, aversion) for gap in gaps.tolist()])


def disconfirmations(qualities: Values, adaptation: float) -> Values:
    """Quality minus an expectation that has followed all qualities before."""

    def follow(expected: float, quality: float) -> float:
        return expectation.after_experience(expected, quality, adaptation)

    expected = list(accumulate(qualities.tolist(), follow, initial=0.0))
    return qualities - np.array(expected[:-1], np.float64)


def averages(evenly: Values, learning: float) -> Values:
    """Squared distance of satisfaction from its mean, as a share of that of quality."""
    rule = Satisfaction(learning=learning, delight=0.0, disappointment=0.0)

    def learn(level: float, quality: float) -> float:
        return satisfaction.after_experience(level, quality, quality - level, rule)

    levels = np.array(list(accumulate(evenly.tolist(), learn, initial=0.5)))
    return np.asarray(12 * (levels[1:] - 0.5) ** 2, np.float64)


ROW = Row(
    id="D22",
    name="satisfaction",
    title="A quality that merely varies costs satisfaction where losses weigh more than gains",
    kind="rule",
    form="mean surprise −(κ − 1) σ / √(2π), times √(2/(2 − μ)) where expectation follows quality "
    "by μ; an average with weight λ for the newest leaves λ/(2 − λ) of the variance: κ weight of a "
    "loss, σ spread of quality",
    source="Mean of a normal variable with two slopes; loss aversion: Tversky & Kahneman (1992), "
    "Anderson & Sullivan (1993)",
    limit="behaviour.satisfaction.surprise and after_experience and behaviour.expectation."
    "after_experience, experience by experience; quality is normal about what was expected first, "
    "with a spread of 1 where expectation follows; for the averaging it is even from 0 to 1.",
    parameters={"loss_aversion": 2.25, "adaptation": 0.2, "learning": 0.2},
    ranges={"loss_aversion": (1.4, 4), "adaptation": (0.05, 0.9), "learning": (0.1, 0.9)},
    dock=dock,
    axes=("spread of quality (standard deviation)", "mean surprise, in units of quality"),
)
